import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';
import { chooseTexts } from '../texts/choose-texts.ts';
import type { Texts } from '../texts/en.ts';

/** What the page takes from Jira's own settings of the person. */
export type ViewFacts = { texts: Texts; timeZone: string | undefined };

/** Reads language and time zone once; English while, and if, Jira does not tell. */
export function useViewFacts(): ViewFacts | null {
  const [facts, setFacts] = useState<ViewFacts | null>(null);
  useEffect(() => {
    view.getContext().then(
      ({ locale, timezone }) => setFacts({ texts: chooseTexts(locale), timeZone: timezone }),
      () => setFacts({ texts: chooseTexts(undefined), timeZone: undefined }),
    );
  }, []);
  return facts;
}
