import type { ActivityFact } from '../activity/activity-facts.ts';
import { germanActivities } from './activities-de.ts';
import { englishActivities } from './activities-en.ts';
import type { ActivityTexts } from './activity-texts.ts';
import type { Language } from './language.ts';

const texts: Record<Language, ActivityTexts> = { en: englishActivities, de: germanActivities };

/** An activity as a sentence for people. */
export function activityText(language: Language, { code, values }: ActivityFact): string {
  const sentence = texts[language][code] as (values: ActivityFact['values']) => string;
  return sentence(values);
}
