import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { isLost } from '@userhero/shared/domain/reference-state.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { lossFact } from './lose-issue.ts';
import type { Decision, Standing } from './standing.ts';

/** What the activity says of a decision, with its reason. */
export type Told = { fact: ActivityFact; reason: string };

/** What the words are made of beside the decision itself. */
export type Names = {
  workflow: WorkflowShape;
  /** Jira's name of the status that the delivery tells of. */
  jiraStatus: string | null;
  /** Jira's name of the resolution that it tells of; missing or `null` where there is none. */
  resolution?: string | null;
  /** Jira itself told of the deletion; a reading alone cannot tell it from issue security. */
  isReported: boolean;
};

/** What a decision comes to for people: most come to nothing that anybody would read. */
export function factsOf(before: Standing, decision: Decision, names: Names): Told[] {
  return [...placeFacts(before, decision.after, names), ...statusFacts(before, decision, names)];
}

function placeFacts(before: Standing, after: Standing, { isReported }: Names): Told[] {
  const { issueKey, referenceState: state } = after;
  if (issueKey === before.issueKey && state === before.referenceState) return [];
  if (isLost(state) && state !== before.referenceState)
    return [{ fact: lossFact(state, issueKey, isReported), reason: state }];
  const isBack = isLost(before.referenceState) && !isLost(state);
  const outside = state === 'issue_moved';
  const values = { from: before.issueKey, to: issueKey, outside };
  const back: Told = { fact: { code: 'issue_back', values: { issueKey } }, reason: before.referenceState };
  const moved: Told = { fact: { code: 'issue_moved', values }, reason: 'issue_moved' };
  const isWhereItWas = isBack && !outside && before.issueKey === issueKey;
  return [...(isBack ? [back] : []), ...(isWhereItWas ? [] : [moved])];
}

/** An echo or an edit of something else would drown the activity; the delivery itself records its rule. */
const rulesWorthTelling: ReadonlySet<string> = new Set([
  'unmapped',
  'category',
  'own_target',
  'override',
  'resolution',
  'stale',
  'not_taken',
  'kept_here',
  'asked',
]);

/** Rules by which Jira's status does not come over: the direction, an edit here that counts more, or a person's choice. */
const rulesThatKeep: ReadonlySet<string> = new Set(['not_taken', 'kept_here', 'asked']);

function statusFacts(before: Standing, { state, rule, after }: Decision, names: Names): Told[] {
  const { workflow, jiraStatus, resolution } = names;
  const why = rule === 'resolution' && resolution ? { resolution } : {};
  const nameOf = (slug: string): string => workflow.statuses.find((one) => one.slug === slug)?.name ?? slug;
  const [was, is] = [before.position.itemStatus, after.position.itemStatus];
  const [from, to] = [nameOf(was), nameOf(is)];
  if (was !== is)
    return [{ fact: { code: 'status_changed', values: { from, to, jiraStatus, ...why } }, reason: rule }];
  if (state === 'pending' || !rulesWorthTelling.has(rule)) return [];
  return [{ fact: skipFact(rule, jiraStatus, from), reason: rule }];
}

/** Why an event that is worth telling changed nothing. */
function skipFact(rule: string, jiraStatus: string | null, status: string): ActivityFact {
  if (rule === 'stale') return { code: 'event_late', values: { jiraStatus } };
  if (rulesThatKeep.has(rule)) return { code: 'status_kept', values: { status, jiraStatus } };
  return { code: rule === 'unmapped' ? 'status_unmapped' : 'status_fits', values: { status, jiraStatus } };
}
