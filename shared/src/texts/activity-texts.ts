import type { ActivityCode, ActivityValues } from '../activity/activity-facts.ts';

/** A sentence for each activity, made of its values. */
export type ActivityTexts = { [Code in ActivityCode]: (values: ActivityValues<Code>) => string };
