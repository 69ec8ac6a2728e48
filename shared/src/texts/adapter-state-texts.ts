import type { AdapterState } from '../contracts/adapter.ts';

/** The states that people are told of: a pause by the plan is another one than a pause by hand. */
export type ToldState = AdapterState | 'paused_by_plan';

/** An adapter's state in words: a label, a title, a sentence, what it means, and what to do; `null`: nothing. */
export type AdapterStateText = {
  label: string;
  title: string;
  sentence: string;
  meaning: string;
  remedy: string | null;
};

/** A text for each state. */
export type AdapterStateTexts = Record<ToldState, AdapterStateText>;
