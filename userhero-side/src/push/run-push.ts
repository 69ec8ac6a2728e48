import type { Push } from '@userhero/shared/contracts/item.ts';
import type { PushWarningFact, Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { stateOf, waitsForResume } from '../adapters/adapter-state.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { toProblemText } from '../outcome.ts';
import { toNewReference, toPush } from '../store/views.ts';
import { rememberCreated } from '../sync/remember-created.ts';
import { carryOutSafely } from './broken-push.ts';
import { type ClaimedPush, claimPush } from './claim-push.ts';
import { type Created, createOnce } from './create-once.ts';
import { createMover } from './issue-mover.ts';
import type { PushPorts } from './push-ports.ts';
import {
  endNeedlessPush,
  failPush,
  finishPush,
  holdPush,
  type PushEnd,
  returnToBulk,
  type SavedReference,
  saveReference,
} from './push-record.ts';

const pausedSeconds = 60;
const movePauseSeconds = 2;

/**
 * Carries one push out: create, read back, move. Any process may call it at any time; who gets the lease works,
 * the others leave at once. Whatever is interrupted is taken up again from what is recorded:
 *
 * - before `createSentAt` nothing has been asked of Jira;
 * - after it, and without a reference, Jira may have created the issue: it is looked up by its property before
 *   anything is created again;
 * - with a reference, only the status is left to do.
 */
export async function runPush(ports: PushPorts, pushId: string): Promise<Push | null> {
  const claimed = await claimPush(ports, pushId);
  return claimed ? runClaimedPush(ports, claimed) : null;
}

/**
 * The same for a push that is claimed.
 *
 * @returns the push as it is shown, where this call brought the item to Jira; else the row says how it stands
 */
export function runClaimedPush(ports: PushPorts, claimed: ClaimedPush): Promise<Push | null> {
  return carryOutSafely(ports, claimed, () => carryOut(ports, claimed));
}

async function carryOut(ports: PushPorts, claimed: ClaimedPush): Promise<Push | null> {
  const { push, item, adapter } = claimed;
  const { reference } = item;
  // One that found the issue of an earlier push has sent no create itself, but its move may have been cut short.
  const begun = push.createSentAt !== null || reference?.movingBy === push.id;
  if (reference && (!begun || reference.cloudId !== adapter.cloudId)) {
    // The issue is there already; on a site that the adapter has left, another issue has its id here.
    return endNeedlessPush(ports, claimed);
  }

  if (waitsForResume(stateOf(adapter))) return holdPush(ports, claimed, pausedSeconds);
  const active = activeConnectionOf(adapter);
  if (!active.ok && push.bulkPushId) return returnToBulk(ports, claimed);
  if (!active.ok)
    return failPush(ports, claimed, active.problem, { doubtful: claimed.doubtfulSince !== null });
  const connection = active.value;
  const jira = await ports.openJira(connection.grantId, connection.cloudId);

  const created = await createOnce(ports, claimed, jira, connection);
  return created ? completePush(ports, claimed, jira, connection, created) : null;
}

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
