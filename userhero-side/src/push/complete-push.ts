import type { Push } from '@userhero/shared/contracts/item.ts';
import type { PushWarningFact, Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { stateOf } from '../adapters/adapter-state.ts';
import { type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { toProblemText } from '../outcome.ts';
import { toNewReference, toPush } from '../store/views.ts';
import { rememberCreated } from '../sync/remember-created.ts';
import type { ClaimedPush } from './claim-push.ts';
import type { Created } from './create-once.ts';
import { createMover } from './issue-mover.ts';
import type { PushPorts } from './push-ports.ts';
import {
  finishPush,
  holdPush,
  type PushEnd,
  returnToBulk,
  type SavedReference,
  saveReference,
} from './push-record.ts';

const movePauseSeconds = 2;

/**
 * What follows the creation: the reference is saved, the issue moved to its status, the push ended.
 */
export async function completePush(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
  created: Created,
): Promise<Push | null> {
  // Reading changes nothing, so it need not wait for the reference.
  const [saved, read] = await Promise.all([
    saveReference(ports, claimed, {
      cloudId: connection.cloudId,
      siteUrl: connection.siteUrl,
      projectId: connection.place.projectId,
      issue: created.issue,
    }),
    readIssue(jira, created),
  ]);
  // A change of the item moves the issue at this moment.
  if (!saved) return holdPush(ports, claimed, movePauseSeconds);
  if (saved.isNew) await rememberCreated(ports, jira, connection, claimed.item, saved.reference.id);
  const added = await addDescription(jira, created);
  const { status, warnings } = await moveToStatus(ports, jira, connection, read, saved.itemStatus);
  // A bulk push that halts in the middle of this one brings the issue to its status when it goes on.
  if (warnings.length > 0 && claimed.push.bulkPushId && !(await isActive(ports, claimed.adapter.id)))
    return returnToBulk(ports, claimed);
  const end = { status, warnings: [...added, ...warnings] };
  const ended = await finishPush(ports, claimed, saved.reference, end);
  return ended && saved.isNew ? toEndedPush(claimed, saved.reference, end) : null;
}

/** A push that has just ended as it is shown, without reading it again. */
function toEndedPush({ push, item }: ClaimedPush, reference: SavedReference, end: PushEnd): Push {
  const row = {
    ...push,
    itemId: item.id,
    state: 'succeeded',
    warnings: [...end.warnings],
    failure: null,
  };
  return toPush(row, toNewReference({ ...reference, jiraStatus: end.status?.name ?? null }));
}

/** The new issue with its status, where that has not been read with many others. */
async function readIssue(jira: Jira, { issue, read }: Created): Promise<JiraAnswer<JiraIssue>> {
  return read ? { ok: true, value: read } : jira.readIssue(issue.id, { history: false });
}

/** Sends the description that the create screen had no field for; answers the warnings that the push ends with. */
async function addDescription(jira: Jira, { issue, warnings, unsent }: Created): Promise<PushWarningFact[]> {
  if (!unsent) return warnings;
  const edited = await jira.editIssue(issue.id, { description: unsent.adf });
  if (edited.ok) return warnings;
  const others = warnings.filter(({ code }) => !code.startsWith('description_'));
  return [...others, { code: 'description_left_out', values: {} }];
}

/** Moves a new issue from the status that was read — never an invented one — to where the item's status belongs. */
async function moveToStatus(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  issue: JiraAnswer<JiraIssue>,
  itemStatus: string,
): Promise<PushEnd> {
  const unreachable = (status: JiraStatus | null, stuck: Stuck): PushEnd => ({
    status,
    warnings: [{ code: 'status_unreachable', values: stuck }],
  });
  if (!issue.ok) return unreachable(null, { why: 'status_not_read', problem: toProblemText(issue.problem) });
  const metadata = await ports.metadata.get(jira, connection.place);
  if (!metadata.ok) {
    const { status } = issue.value;
    const problem = toProblemText(metadata.problem);
    return unreachable(status, { why: 'workflow_not_read', at: status.name, problem });
  }
  const move = createMover(ports.metadata, jira, connection);
  const moved = await move(issue.value, itemStatus, metadata.value.statuses);
  const { status } = moved.issue;
  return moved.arrived ? { status, warnings: [] } : unreachable(status, moved.stuck);
}

async function isActive(ports: PushPorts, adapterId: string): Promise<boolean> {
  const adapter = await ports.db.adapter.findUnique({
    where: { id: adapterId },
    include: connectionInclude,
  });
  // A revoked grant is known a moment before its adapters say so.
  return adapter?.grant?.state === 'active' && stateOf(adapter).state === 'active';
}
