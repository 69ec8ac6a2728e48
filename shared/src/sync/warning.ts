import type { PushWarningFact } from '../contracts/push-warning.ts';

/** What a conversion left out, shortened or had no place for: a code with its values, without a sentence. */
export type SyncWarning =
  | Extract<
      PushWarningFact,
      {
        code:
          | 'summary_shortened'
          | 'description_shortened'
          | 'description_simplified'
          | 'priority_left_out'
          | 'not_on_screen';
      }
    >
  /** No UserHero priority is mapped to Jira's. */
  | { code: 'priority_unmapped'; values: { found: string } }
  /** Jira's value is none that an item can hold: too long, or nothing that a person could see. */
  | { code: 'not_for_items'; values: { field: string } };
