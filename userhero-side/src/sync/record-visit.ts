import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { referenceStateSchema } from '@userhero/shared/contracts/item.ts';
import type { Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { HoldWhy } from '@userhero/shared/sync/decide-field.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { issueUrl } from '../store/views.ts';
import type { AnyField } from './prepare-things.ts';
import type { ReferenceRow } from './visited.ts';

/** A change that cannot reach its issue is recorded, each time: nobody else would say that Jira has not got it. */
export function recordNotSent(db: Db, reference: ReferenceRow): Promise<void> {
  const referenceState = referenceStateSchema.parse(reference.state);
  return record(db, reference, { code: 'change_not_sent', values: { referenceState } }, referenceState);
}

/** Something could not be sent for good. */
export function recordFailed(db: Db, reference: ReferenceRow, problem: Problem): Promise<void> {
  const fact = { code: 'change_failed', values: { problem: toProblemText(problem) } } as const;
  return record(db, reference, fact, problem.code);
}

/** What was edited here is in Jira. */
export function recordSent(
  db: Db,
  reference: ReferenceRow,
  things: readonly Pick<AnyField, 'itemField'>[],
  jiraStatus: string,
): Promise<void> {
  const fields = things.map(({ itemField }) => itemField);
  return record(db, reference, { code: 'change_sent', values: { jiraStatus, fields } }, null);
}

/** The issue could not be moved to the item's status. */
export function recordNotMoved(db: Db, reference: ReferenceRow, stuck: Stuck): Promise<void> {
  return record(db, reference, { code: 'issue_not_moved', values: stuck }, 'status_unreachable');
}

/** The item took fields from Jira. `actor` is the account that changed them there. */
export function recordTaken(
  db: Db,
  reference: ReferenceRow,
  things: readonly Pick<AnyField, 'itemField'>[],
  actor: string,
): Promise<void> {
  const fields = things.map(({ itemField }) => itemField);
  return record(db, reference, { code: 'fields_taken', values: { fields } }, 'taken', actor);
}

/** A field rests until somebody chooses. */
export async function recordHeld(
  db: Db,
  reference: ReferenceRow,
  { itemField: field }: Pick<AnyField, 'itemField'>,
  why: HoldWhy,
): Promise<void> {
  await record(db, reference, { code: 'field_held', values: { field } }, why);
}

function record(
  db: Db,
  reference: ReferenceRow,
  fact: ActivityFact,
  reason: string | null,
  actor = 'UserHero',
): Promise<void> {
  return recordActivity(db, {
    ...fact,
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    reason,
    actor,
    item: { id: reference.itemId, title: reference.item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
}
