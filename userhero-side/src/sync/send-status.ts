import type { Rule } from '@userhero/shared/sync/rule.ts';
import { decideStatus } from '@userhero/shared/sync/status/agreed-status.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import { createMover } from '../push/issue-mover.ts';
import type { Moved } from '../push/move-issue.ts';
import { beginMove, rememberStatus, settleMove } from '../push/move-lease.ts';
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
  if (!row || !isToSend(row, rule)) return { kind: 'none' };
  if (row.knownStatusId !== issue.status.id) {
    await ports.insertDeliveries([observedIssue(reference.adapterId, issue, about.began)]);
    return { kind: 'waits' };
  }
  const statuses = await readStatuses(ports, jira, about);
  if (!statuses.ok) return { kind: 'failed', problem: statuses.problem };
  if (!(await beginMove(ports.db, reference.id, movingBy, ports.now()))) return { kind: 'waits' };
  try {
    // Only from here on do events wait: one may have changed the item, or what is known of the issue.
    const now = await readStatus(ports.db, reference.id);
    if (!now || !isToSend(now, rule)) return { kind: 'none' };
    if (now.knownStatusId !== issue.status.id) return { kind: 'waits' };
    const move = createMover(ports.metadata, jira, at(about.connection, issue));
    const moved = await move(issue, now.itemStatus, statuses.value);
    await rememberStatus(ports.db, reference.id, moved.issue);
    // What time mends leaves the edit unsent: the next visit goes on from where the issue stands.
    if (!moved.arrived && moved.forNow) return { kind: 'failed', problem: moved.forNow };
    // One that cannot be reached is told, and tried again with the next edit.
    await agree(ports.db, reference.id, now.itemStatus);
    return { kind: 'moved', moved };
  } finally {
    await settleMove(ports, jira, reference, movingBy);
  }
}

function isToSend({ itemStatus, agreedStatus, statusApart, answer }: StatusRow, rule: Rule): boolean {
  const chosen = readChosenStatus(answer, { itemStatus, statusApart });
  return decideStatus(rule, { itemStatus, agreed: agreedStatus, apart: statusApart }, chosen).kind === 'send';
}

async function readStatus(db: Db, referenceId: string): Promise<StatusRow | null> {
  const [row] = await db.$queryRaw<StatusRow[]>`
    SELECT i.status AS "itemStatus", r.agreed_status AS "agreedStatus", r.status_apart AS "statusApart",
      r.known_status_id AS "knownStatusId", b.hold AS answer
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

/** The statuses of the issue's own project, in the order of its workflow where that is known. */
async function readStatuses(ports: VisitPorts, jira: Jira, { connection, issue }: About) {
  if (issue.projectId !== connection.place.projectId) return jira.projectStatuses(issue.projectId);
  const metadata = await ports.metadata.get(jira, connection.place);
  return metadata.ok ? ({ ok: true, value: metadata.value.statuses } as const) : metadata;
}

/** A moved issue has its new project's workflow. */
function at(connection: Connection, { projectId }: JiraIssue): Connection {
  return { ...connection, place: { ...connection.place, projectId } };
}
