import type { AdapterState, PauseReason } from '../contracts/adapter.ts';
import type { AdapterStateText, AdapterStateTexts } from './adapter-state-texts.ts';
import { germanAdapterStates } from './adapter-states-de.ts';
import { englishAdapterStates } from './adapter-states-en.ts';
import type { Language } from './language.ts';

const texts: Record<Language, AdapterStateTexts> = { en: englishAdapterStates, de: germanAdapterStates };

/** An adapter's state in words. */
export function adapterStateText(
  language: Language,
  { state, pauseReason }: { state: AdapterState; pauseReason: PauseReason | null },
): AdapterStateText {
  return texts[language][state === 'paused' && pauseReason === 'plan' ? 'paused_by_plan' : state];
}
