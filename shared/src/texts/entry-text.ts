import type { Activity } from '../contracts/activity.ts';
import { germanActivities } from './activities-de.ts';
import type { Language } from './language.ts';

/**
 * An entry of the API, which the service words in English, in a person's language. The service has checked the values
 * against the code; what has no code, or one of a newer service, stays in the service's words.
 */
export function entryText(
  language: Language,
  { code, values, summary }: Pick<Activity, 'code' | 'values' | 'summary'>,
): string {
  if (language === 'en' || code === null || values === null) return summary;
  const sentence = germanActivities[code] as ((values: unknown) => string) | undefined;
  return sentence ? sentence(values) : summary;
}
