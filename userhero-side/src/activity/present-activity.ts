import { type ActivityFact, readActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { activityText } from '@userhero/shared/texts/activities.ts';
import type { Language } from '@userhero/shared/texts/language.ts';

/** What a row of the activity says; `summary` is its sentence where it was stored before codes were. */
export type StoredActivity = { code: string | null; values: unknown; summary: string };

/** A stored activity in a sentence, with the code and the values that the sentence is made of. */
export function presentActivity(
  stored: StoredActivity,
  language: Language,
): { summary: string; code: ActivityFact['code'] | null; values: ActivityFact['values'] | null } {
  const fact = readActivityFact(stored);
  return fact
    ? { summary: activityText(language, fact), code: fact.code, values: fact.values }
    : { summary: stored.summary, code: null, values: null };
}
