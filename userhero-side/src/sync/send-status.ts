import type { Rule } from '@userhero/shared/sync/rule.ts';
import { decideStatus } from '@userhero/shared/sync/status/agreed-status.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import { createMover } from '../push/issue-mover.ts';
import type { Moved } from '../push/move-issue.ts';
import { beginMove, rememberStatus, settleMove } from '../push/move-lease.ts';
import { ownWorkflow } from '../push/own-workflow.ts';
import { toWalk } from '../push/walk-store.ts';
import { observedIssue } from '../reconcile/observe-issue.ts';
import { readChosenStatus } from '../store/chosen-status.ts';
import type { Db } from '../store/db.ts';
import type { VisitPorts } from './visit-ports.ts';

/**
 * What became of an edited status: there was none to send; the issue was moved, or could not be; it has to wait, since
 * Jira tells something new of the issue that counts first, or somebody else moves it; or Jira could not be asked.
 */
export type SentStatus =
  | { kind: 'none' }
  | { kind: 'moved'; moved: Moved }
  | { kind: 'waits' }
  | { kind: 'failed'; problem: Problem };

type StatusRow = {
  itemStatus: string;
  agreedStatus: string | null;
  statusApart: string | null;
  knownStatusId: string | null;
  walk: unknown;
  /** What is kept of a person's answer. */
  answer: unknown;
};

type About = {
  reference: { id: string; adapterId: string; issueId: string };
  connection: Connection;
  rule: Rule;
  /** The issue as Jira showed it last, with its transitions. */
  issue: JiraIssue;
  /** When that reading began, by the database's clock. */
  began: Date;
  movingBy: string;
};

/**
 * Sends an edited status by a move through the Jira workflow. One that Jira did not have yet when it was last known
 * goes into the inbox first: there alone is decided whose change counts.
 */
export async function sendStatus(ports: VisitPorts, jira: Jira, about: About): Promise<SentStatus> {
  const { reference, issue, movingBy, rule } = about;
  const row = await readStatus(ports.db, reference.id);
  if (!row || !isToMove(row, rule)) return { kind: 'none' };
  if (isChanged(row, issue)) {
    await ports.insertDeliveries([observedIssue(reference.adapterId, issue, about.began)]);
    return { kind: 'waits' };
  }
  const own = await ownWorkflow(ports.metadata, jira, about.connection, issue);
  if (!own.ok) return { kind: 'failed', problem: own.problem };
  if (!(await beginMove(ports.db, reference.id, movingBy, ports.now()))) return { kind: 'waits' };
  try {
    // Only from here on do events wait: one may have changed the item, or what is known of the issue.
    const now = await readStatus(ports.db, reference.id);
    if (!now || !isToMove(now, rule)) return { kind: 'none' };
    if (isChanged(now, issue)) return { kind: 'waits' };
    const { itemStatus } = now;
    const { id: issueId, status: at, transitions: offered } = issue;
    const { connection, statuses } = own.value;
    const moved = await createMover(
      ports,
      jira,
      connection,
    )(
      { issueId, at, offered, walk: toWalk(now.walk), isNew: false, itemStatus, statuses },
      { referenceId: reference.id, movingBy },
    );
    return await endOf(ports, about, moved, itemStatus);
  } finally {
    await settleMove(ports, jira, reference, movingBy);
  }
}

/** What a move leaves behind: what time mends goes on from the walk that is kept, all else is over. */
async function endOf(
  ports: VisitPorts,
  { reference }: About,
  moved: Moved,
  itemStatus: string,
): Promise<SentStatus> {
  if (moved.end === 'lost') return { kind: 'waits' };
  if (moved.end === 'interrupted') return { kind: 'failed', problem: moved.problem };
  await rememberStatus(ports.db, reference.id, moved.status);
  // The reading that ends the move shows what a person did, and the rules decide whose status counts.
  if (moved.end === 'overtaken') return { kind: 'waits' };
  // One that cannot be reached is told, and tried again with the next edit.
  await agree(ports.db, reference.id, itemStatus);
  return { kind: 'moved', moved };
}

/** Whether Jira has a status that the reference does not know. Of a walk of ours, the move itself sees it. */
function isChanged({ knownStatusId, walk }: StatusRow, { status }: JiraIssue): boolean {
  return toWalk(walk) === null && knownStatusId !== status.id;
}

/** Whether there is an edited status to send, or a walk to go on with. */
const isToMove = (row: StatusRow, rule: Rule): boolean => toWalk(row.walk) !== null || isToSend(row, rule);

function isToSend({ itemStatus, agreedStatus, statusApart, answer }: StatusRow, rule: Rule): boolean {
  const chosen = readChosenStatus(answer, { itemStatus, statusApart });
  return decideStatus(rule, { itemStatus, agreed: agreedStatus, apart: statusApart }, chosen).kind === 'send';
}

async function readStatus(db: Db, referenceId: string): Promise<StatusRow | null> {
  const [row] = await db.$queryRaw<StatusRow[]>`
    SELECT i.status AS "itemStatus", r.agreed_status AS "agreedStatus", r.status_apart AS "statusApart",
      r.known_status_id AS "knownStatusId", r.walk, b.hold AS answer
    FROM external_reference r JOIN item i ON i.id = r.item_id
    LEFT JOIN sync_base b ON b.reference_id = r.id AND b.thing = 'status'
    WHERE r.id = ${referenceId}`;
  return row ?? null;
}

async function agree(db: Db, referenceId: string, status: string): Promise<void> {
  await db.externalReference.update({
    where: { id: referenceId },
    data: { agreedStatus: status, statusApart: null },
  });
  await db.syncBase.deleteMany({ where: { referenceId, thing: 'status' } });
}
