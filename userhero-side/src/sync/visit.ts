import { visitPoints } from '@userhero/shared/limits/units.ts';
import { richForm } from '@userhero/shared/sync/description/to-description.ts';
import { fieldsOn, jiraFieldsOn } from '@userhero/shared/sync/settings.ts';
import type { Context } from '@userhero/shared/sync/thing.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import { changeItem } from '../items/change-item.ts';
import type { Jira, JiraAnswer, SyncedIssue } from '../jira/jira.ts';
import type { JiraFailure } from '../jira/jira-failure.ts';
import { withPoints } from '../limits/with-points.ts';
import type { Problem } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import { rank } from './ask-visit.ts';
import { replacedDescription } from './base-store.ts';
import { type Decided, lockAndDecide } from './lock-and-decide.ts';
import { type AnyField, prepareThings } from './prepare-things.ts';
import {
  recordFailed,
  recordHeld,
  recordNotMoved,
  recordNotSent,
  recordSent,
  recordTaken,
} from './record-visit.ts';
import { type SentFields, sendFields } from './send-fields.ts';
import { type SentStatus, sendStatus } from './send-status.ts';
import { holdRefused, rememberSend, settleSends } from './settle-sends.ts';
import type { VisitPorts } from './visit-ports.ts';
import { type Claim, endVisit, noteCompared, postponeVisit, renewClaim } from './visit-store.ts';
import { readVisited, type Visited } from './visited.ts';
import { ticketRank, waitForJira } from './wait-for-jira.ts';

type Here = Extract<Visited, { kind: 'here' }>;

/** A visit under way: what it is about, and what it knows of Jira. */
type Visit = Here & { claim: Claim; jira: Jira; itemUrl: string; began: Date; read: SyncedIssue };

const waitSeconds = 1;
const mostSeconds = 600;
const keptIds = 40;

/**
 * Looks at both sides of one reference and brings them together, whoever asked for it. The issue is read, every field is
 * decided with item and base locked, what differs is sent in one edit, and an edited status by a move. Each step is
 * remembered before it is taken, so that a visit that breaks off is made again from what both sides hold then.
 */
export async function visit(ports: VisitPorts, claim: Claim): Promise<void> {
  try {
    const found = await readVisited(ports.db, claim.referenceId);
    if (found.kind === 'lost' && claim.rank === rank.person) await recordNotSent(ports.db, found.reference);
    if (found.kind !== 'here' || !hasCause(found)) return await endVisit(ports.db, claim, null);
    await visitHere(ports, claim, found);
  } catch (error) {
    ports.logError(error, 'a visit broke off and will be made again');
    await postpone(ports, claim, error instanceof Error ? error.message : String(error));
  }
}

/** Something is synced, or a walk of ours was cut short and is to be gone on with. */
const hasCause = ({ reference, connection: { settings } }: Here): boolean =>
  fieldsOn(settings).length > 0 || settings.status.direction !== 'off' || reference.walk !== null;

async function visitHere(ports: VisitPorts, claim: Claim, here: Here): Promise<void> {
  const { reference, connection } = here;
  const { grantId, cloudId } = connection;
  const { id: subjectId, organizationId } = reference;
  const whose = { kind: 'visit', subjectId, organizationId, cloudId };
  await withPoints(
    ports,
    { ...whose, rank: ticketRank(claim.rank), points: visitPoints },
    async (allowance) => visitIn(ports, claim, here, await ports.openJira(grantId, cloudId, allowance)),
    (problem) => giveUp(ports, claim, here, { problem }),
  );
}

async function visitIn(ports: VisitPorts, claim: Claim, here: Here, jira: Jira): Promise<void> {
  const { reference, connection } = here;
  const { settings } = connection;
  const began = await readingBegins(ports.db);
  const names = jiraFieldsOn(settings);
  const read = await jira.readSynced(reference.issueId, names);
  // A reading is never in doubt: it changes nothing, whatever became of its answer.
  if (!read.ok) return giveUp(ports, claim, here, { problem: read.problem });
  const itemUrl = `${ports.publicUrl}/items/${reference.itemId}`;
  const visited: Visit = { ...here, claim, jira, itemUrl, began, read: read.value };

  const prepared = await prepareThings(ports, settings, reference.item.description, itemUrl, () =>
    replacedDescription(ports.db, reference.id),
  );
  const decided = await decide(ports, visited, prepared.things);
  if (!decided) return;
  if (prepared.unsendable && claim.rank === rank.person) {
    ports.logError(prepared.unsendable.cause, 'a change could not be composed');
    await recordFailed(ports.db, reference, prepared.unsendable);
  }
  await bringOver(ports, visited, decided);
}

/** Decides, and writes what is for this side; `null` where somebody else has the visit by now. */
async function decide(
  ports: VisitPorts,
  { claim, reference, connection, read, itemUrl, jira }: Visit,
  things: readonly AnyField[],
): Promise<Decided | null> {
  const metadata = read.editable === null ? await ports.metadata.get(jira, connection.place) : null;
  const context: Context = {
    mapping: connection.mapping,
    priorities: metadata?.ok ? metadata.value.priorities : read.priorities,
    fields: read.editable,
    itemUrl,
    descriptionForm: richForm,
  };
  const about = { claim, reference, settings: connection.settings, things, read, context, now: ports.now() };
  return inTransaction(ports.db, async (tx) => {
    const actor = authorOf(read, things) ?? 'Jira';
    const decided = await lockAndDecide(tx, about, async (fields) => {
      await changeItem(tx, {
        organizationId: reference.organizationId,
        itemId: reference.itemId,
        fields,
        actor,
        isTaken: true,
      });
    });
    if (!decided) return null;
    const { settled } = decided;
    if (settled.length > 0) await recordSent(tx, reference, settled, read.issue.status.name);
    if (decided.taken.length > 0) await recordTaken(tx, reference, decided.taken, actor);
    for (const { thing, hold } of decided.held) await recordHeld(tx, reference, thing, hold.why);
    return decided;
  });
}

/** Who changed one of the fields last, by the account id. */
function authorOf(read: SyncedIssue, things: readonly AnyField[]): string | null {
  const names = new Set(things.flatMap(({ jiraFields }) => jiraFields));
  return read.changes.find(({ fields }) => fields.some((field) => names.has(field)))?.authorId ?? null;
}

/** Sends what is to be sent, fields and status apart: what Jira refuses of one stops nothing else. */
async function bringOver(ports: VisitPorts, visited: Visit, decided: Decided): Promise<void> {
  const { claim, reference, connection, jira, read, began } = visited;
  const fields = await sendAndSettle(ports, visited, decided, decided.sends);
  if (!fields) return;
  if (fields.failure && !isOfTheEdit(fields.failure)) return giveUp(ports, claim, visited, fields.failure);
  const seen = fields.answer ?? read;
  const status = await sendStatus(ports, jira, {
    reference,
    connection,
    rule: connection.settings.status,
    issue: seen.issue,
    began,
    movingBy: claim.takenBy,
  });
  // An issue may not be edited in some statuses: where it has moved, what was refused is tried once more.
  const hasMoved = status.kind === 'moved' && status.moved.walk.taken.length > 0;
  const again =
    hasMoved && fields.refused.length > 0
      ? await sendAndSettle(
          ports,
          visited,
          decided,
          fields.refused.map(({ send }) => send),
        )
      : null;
  const refused = again && !again.failure ? again.refused : fields.refused;
  await holdRefused(ports.db, claim, refused, seen, ports.now());
  await recordOutcome(
    ports,
    visited,
    { arrived: [...fields.arrived, ...(again?.arrived ?? [])], refused },
    status,
  );
  if (fields.failure) return giveUp(ports, claim, visited, fields.failure);
  if (status.kind === 'waits') return postpone(ports, claim, 'the issue’s status waits', waitSeconds);
  if (status.kind === 'failed') return giveUp(ports, claim, visited, { problem: status.problem });
  const last = again?.answer ?? seen;
  await noteCompared(ports.db, claim, last.issue.updatedAtMs);
  await endVisit(ports.db, claim, newestIds(last));
}

/** Jira did not answer the edit, which says nothing of a transition: the status is sent all the same. */
const isOfTheEdit = ({ problem }: JiraFailure): boolean => problem.code === 'jira_unavailable';

async function sendAndSettle(
  ports: VisitPorts,
  { claim, reference, itemUrl, jira, read }: Visit,
  { values }: Decided,
  sends: Decided['sends'],
): Promise<SentFields | null> {
  const about = {
    issueId: reference.issueId,
    markdown: values.description,
    itemUrl,
    renew: () => renewClaim(ports.pool, claim, ports.waits.leaseMs),
    remember: (send: Decided['sends'][number]) => rememberSend(ports.db, claim, send),
  };
  const sent = await sendFields(ports, jira, about, sends);
  const isSettled = sent.arrived.length === 0 || (await settleSends(ports.db, claim, sent, read));
  return isSettled ? sent : null;
}

async function recordOutcome(
  { db }: VisitPorts,
  { reference, read }: Visit,
  { arrived, refused }: Pick<SentFields, 'arrived' | 'refused'>,
  status: SentStatus,
): Promise<void> {
  for (const problem of new Set(refused.map((one) => one.problem)))
    await recordFailed(db, reference, problem);
  const isStuck = status.kind === 'moved' && status.moved.end === 'stuck';
  if (status.kind === 'moved' && status.moved.end === 'stuck')
    await recordNotMoved(db, reference, status.moved.stuck);
  const now = status.kind === 'moved' ? status.moved.status : read.issue.status;
  const isSent = arrived.length > 0 || (status.kind === 'moved' && !isStuck);
  if (isSent)
    await recordSent(
      db,
      reference,
      arrived.map(({ thing }) => thing),
      now.name,
    );
}

/** What time mends is tried again with growing pauses; what failed for good is told to whoever edited, and rests. */
async function giveUp(
  ports: VisitPorts,
  claim: Claim,
  { reference }: Pick<Here, 'reference'>,
  failure: { problem: Problem; doubtful?: boolean } | Extract<JiraAnswer<never>, { ok: false }>,
): Promise<void> {
  const { problem, doubtful } = failure;
  if (doubtful) return postpone(ports, claim, problem.detail, ports.waits.doubtMs / 1000);
  if (problem.temporary) return waitForJira(ports, claim, problem, pauseSeconds(claim));
  // A grant that ended is told by the adapter's state, and the visit waits for the next one.
  if (problem.code === 'needs_reauth') return postpone(ports, claim, problem.detail);
  if (claim.rank === rank.person) await recordFailed(ports.db, reference, problem);
  await endVisit(ports.db, claim, null);
}

const pauseSeconds = ({ attempts }: Claim): number => Math.min(mostSeconds, 2 ** attempts);

/** @param restSeconds what Jira needs, however urgent the visit becomes meanwhile */
async function postpone(ports: VisitPorts, claim: Claim, error: string, restSeconds = 0): Promise<void> {
  const afterSeconds = pauseSeconds(claim);
  await postponeVisit(ports.db, claim, { error, afterSeconds, restSeconds, now: ports.now() });
}

function newestIds({ changes }: SyncedIssue): string[] {
  const ids = changes.map(({ id }) => id).filter((id) => /^\d+$/.test(id));
  return ids.sort((left, right) => (BigInt(left) > BigInt(right) ? -1 : 1)).slice(0, keptIds);
}
