/** The messages of `validateMapping` in another language, told by the field and what is in it. */
export type FaultTexts = {
  chooseCategory: (status: string) => string;
  statusGone: (status: string) => string;
  otherCategory: (jiraStatus: string, category: string) => string;
  chooseLanding: (category: string) => string;
  notMapped: (category: string) => string;
  overrideTwice: string;
  overrideGone: string;
  overrideContradicts: (status: string) => string;
  choosePriority: (priority: string) => string;
};
