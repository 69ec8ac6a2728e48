/** What a conversion left out, shortened or had no place for: a code with its values, without a sentence. */
export type SyncWarning =
  | { code: 'summary_shortened'; values: { limit: number } }
  | { code: 'description_shortened'; values: Record<never, never> }
  /** `complete`: formatting was lost, but no word. */
  | { code: 'description_simplified'; values: { complete: boolean } }
  /** `wanted`: the Jira priority that the project does not have; `null` where its screen has no priority at all. */
  | { code: 'priority_left_out'; values: { wanted: string | null } }
  /** No UserHero priority is mapped to Jira's. */
  | { code: 'priority_unmapped'; values: { found: string } }
  /** The screen has no such field. */
  | { code: 'not_on_screen'; values: { field: string } }
  /** Jira's value is none that an item can hold: too long, or nothing that a person could see. */
  | { code: 'not_for_items'; values: { field: string } };
