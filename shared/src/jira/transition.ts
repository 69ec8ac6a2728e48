import type { RequiredField } from '../contracts/required-field.ts';
import type { JiraStatus } from './status-category.ts';

/** A field of a transition's screen. `allowed`: what it may be set to; `null` where it has no choices. */
export type TransitionField = {
  fieldId: string;
  name: string;
  kind: RequiredField['kind'];
  allowed: readonly { id: string; name: string }[] | null;
};

/**
 * A transition that Jira offers from an issue's status.
 *
 * `global`: it leads there from every status. `conditional`: who may take it depends on the issue or the account, so
 * another issue may not be offered it. Both as Jira's `IssueTransition` says.
 */
export type Transition = {
  id: string;
  name: string;
  to: JiraStatus;
  global: boolean;
  conditional: boolean;
  /** What has to be filled in before Jira takes it. */
  requires: readonly TransitionField[];
  /** Of what may be filled in besides, that for which UserHero has values: the resolution. */
  optional: readonly TransitionField[];
};

/** What has been seen of a Jira workflow so far: the transitions offered in a status, by its id. */
export type LearnedSteps = Readonly<Record<string, readonly Transition[]>>;
