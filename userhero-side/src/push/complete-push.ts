import type { Push } from '@userhero/shared/contracts/item.ts';
import type { PushWarningFact, Stuck } from '@userhero/shared/contracts/push-warning.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Transition } from '@userhero/shared/jira/transition.ts';
import { stateOf } from '../adapters/adapter-state.ts';
import { type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { isPaused } from '../limits/wait-for.ts';
import { type Problem, toProblemText } from '../outcome.ts';
import { toNewReference, toPush } from '../store/views.ts';
import { rememberCreated } from '../sync/remember-created.ts';
import type { ClaimedPush } from './claim-push.ts';
import type { Created } from './create-once.ts';
import { createMover } from './issue-mover.ts';
import { ownWorkflow } from './own-workflow.ts';
import type { PushPorts } from './push-ports.ts';
import {
  endNeedlessPush,
  finishPush,
  holdPush,
  type PushEnd,
  returnToBulk,
  type SavedMove,
  type SavedReference,
  saveReference,
} from './push-record.ts';
import { waitForJira } from './wait-for-jira.ts';
import type { Holder } from './walk-store.ts';

const movePauseSeconds = 2;
/** How long a walk rests that Jira does not answer. */
const walkPauseSeconds = 10;

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
  const [saved, begins] = await Promise.all([
    saveReference(ports, claimed, {
      cloudId: connection.cloudId,
      siteUrl: connection.siteUrl,
      projectId: connection.place.projectId,
      issue: created.issue,
    }),
    // Of an issue that was linked before, others know: it is read once the move is this push's.
    claimed.item.reference ? null : whereItBegins(ports, jira, connection, created),
  ]);
  // A change of the item moves the issue at this moment.
  if (saved === 'busy') return holdPush(ports, claimed, movePauseSeconds);
  if (saved === 'needless') return endNeedlessPush(ports, claimed);
  if (saved === 'lost') return null;
  if (saved.isNew) await rememberCreated(ports, jira, connection, claimed.item, saved.reference.id);
  const added = await addDescription(jira, created);
  const first = begins && (saved.isNew || !begins.ok) ? begins : await readBeginning(jira, created.issue.id);
  const moved = await moveToStatus(ports, jira, connection, first, {
    ...saved,
    holder: {
      referenceId: saved.reference.id,
      movingBy: claimed.push.id,
      lease: { owner: claimed.owner, ms: ports.waits.leaseMs },
    },
  });
  // What Jira does not take now is no warning: the push goes on from here.
  const problems = [added.forNow, 'problem' in moved ? moved.problem : null].filter((one) => one != null);
  const paused = problems.find(isPaused);
  if (paused) return waitForJira(ports, claimed, paused, { clearCreateSent: false });
  // The walk is kept, and goes on from a reading.
  if ('goesOnInSeconds' in moved) return holdPush(ports, claimed, moved.goesOnInSeconds);
  const { status, warnings, isSettled } = moved;
  // A bulk push that halts in the middle of this one brings the issue to its status when it goes on.
  if (warnings.length > 0 && claimed.push.bulkPushId && !(await isActive(ports, claimed.adapter.id)))
    return returnToBulk(ports, claimed);
  const end = {
    status,
    warnings: [...added.warnings, ...warnings],
    isSettled: isSettled && saved.isNew && !created.isAdopted,
  };
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

/** Where an issue begins its move. `isAssumed`: no reading says so, but new issues of its workflow begin there. */
type Beginning = Pick<JiraIssue, 'id' | 'projectId' | 'issueTypeId'> & {
  at: JiraStatus;
  /** What Jira offers there; `null` where it was not asked. */
  offered: readonly Transition[] | null;
  isAssumed: boolean;
};

/** The status of the new issue: read with many others, learned from those before it, or read now. */
async function whereItBegins(
  ports: Pick<PushPorts, 'metadata'>,
  jira: Jira,
  { place }: Connection,
  { issue: { id }, status, isAdopted }: Created,
): Promise<JiraAnswer<Beginning>> {
  const { projectId, issueTypeId } = place;
  const known = { id, projectId, issueTypeId, offered: null };
  if (status) return { ok: true, value: { ...known, at: status, isAssumed: false } };
  const initial = isAdopted ? null : ports.metadata.initialStatus(place);
  if (initial) return { ok: true, value: { ...known, at: initial, isAssumed: true } };
  const read = await readBeginning(jira, id);
  if (read.ok && !isAdopted) ports.metadata.learnInitial(place, read.value.at);
  return read;
}

async function readBeginning(jira: Jira, issueId: string): Promise<JiraAnswer<Beginning>> {
  const read = await jira.readIssue(issueId, { history: false });
  if (!read.ok) return read;
  const { id, projectId, issueTypeId, status: at, transitions: offered } = read.value;
  return { ok: true, value: { id, projectId, issueTypeId, at, offered, isAssumed: false } };
}

/** Sends the description that the create screen had no field for; answers the warnings that the push ends with. */
async function addDescription(
  jira: Jira,
  { issue, warnings, unsent }: Created,
): Promise<{ warnings: PushWarningFact[]; forNow: Problem | null }> {
  if (!unsent) return { warnings, forNow: null };
  const edited = await jira.editIssue(issue.id, { description: unsent.adf });
  if (edited.ok) return { warnings, forNow: null };
  const others = warnings.filter(({ code }) => !code.startsWith('description_'));
  return { warnings: [...others, { code: 'description_left_out', values: {} }], forNow: edited.problem };
}

/** A move that cannot go on at the moment. */
type Held = { goesOnInSeconds: number; problem?: Problem };

/** Moves a new issue from where it begins to where the item's status belongs. */
async function moveToStatus(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  begins: JiraAnswer<Beginning>,
  { itemStatus, walk, holder }: Pick<SavedMove, 'itemStatus' | 'walk'> & { holder: Holder },
): Promise<PushEnd | Held> {
  const unreachable = (status: JiraStatus | null, stuck: Stuck): PushEnd => ({
    status,
    warnings: [{ code: 'status_unreachable', values: stuck }],
    isSettled: status !== null,
  });
  const isBegun = walk !== null && walk.taken.length > 0;
  const mayGoOn = (problem: Problem) => (isBegun && problem.temporary) || isPaused(problem);
  if (!begins.ok) {
    const { problem } = begins;
    if (mayGoOn(problem)) return held(problem);
    return unreachable(null, { why: 'status_not_read', problem: toProblemText(problem) });
  }
  const { id: issueId, at, offered, isAssumed } = begins.value;
  const own = await ownWorkflow(ports.metadata, jira, connection, begins.value);
  if (!own.ok) {
    const { problem } = own;
    if (mayGoOn(problem)) return held(problem);
    return unreachable(at, { why: 'workflow_not_read', at: at.name, problem: toProblemText(problem) });
  }
  const move = createMover(ports, jira, own.value.connection);
  const { statuses } = own.value;
  const moved = await move({ issueId, at, offered, walk, isNew: true, itemStatus, statuses }, holder);
  const { status } = moved;
  const steps = moved.walk.taken.length;
  if (moved.end === 'overtaken' && isAssumed && steps === 0) {
    // Nobody has moved it: new issues begin in another status by now.
    const read = await readBeginning(jira, issueId);
    if (read.ok) ports.metadata.learnInitial(connection.place, read.value.at);
    return moveToStatus(ports, jira, connection, read, { itemStatus, walk: null, holder });
  }
  const isSettled = steps < 2;
  switch (moved.end) {
    case 'arrived':
      return { status, warnings: [], isSettled };
    // The reading that follows the push shows what a person did meanwhile, and the item follows.
    case 'overtaken':
      return { status, warnings: [], isSettled: false };
    case 'lost':
      return { goesOnInSeconds: movePauseSeconds };
    case 'stuck':
      return { ...unreachable(status, moved.stuck), isSettled };
    case 'interrupted':
      return moved.walk.taken.length > 0 || isPaused(moved.problem)
        ? held(moved.problem)
        : { ...unreachable(status, moved.stuck), isSettled: false };
  }
}

const held = (problem: Problem): Held => ({
  goesOnInSeconds: problem.retryAfterSeconds ?? walkPauseSeconds,
  problem,
});

async function isActive(ports: PushPorts, adapterId: string): Promise<boolean> {
  const adapter = await ports.db.adapter.findUnique({
    where: { id: adapterId },
    include: connectionInclude,
  });
  // A revoked grant is known a moment before its adapters say so.
  return adapter?.grant?.state === 'active' && stateOf(adapter).state === 'active';
}
