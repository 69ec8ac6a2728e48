import type { PushWarningFact } from '../contracts/push-warning.ts';
import type { Language } from './language.ts';
import type { WarningTexts } from './warning-texts.ts';
import { germanWarnings } from './warnings-de.ts';
import { englishWarnings } from './warnings-en.ts';

const texts: Record<Language, WarningTexts> = { en: englishWarnings, de: germanWarnings };

/** A warning of a push as a sentence for people. */
export function warningText(language: Language, { code, values }: PushWarningFact): string {
  const sentence = texts[language][code] as (values: PushWarningFact['values']) => string;
  return sentence(values);
}
