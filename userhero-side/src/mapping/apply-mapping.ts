import type { MappingApply } from '@userhero/shared/contracts/mapping-api.ts';
import { problemTextSchema } from '@userhero/shared/contracts/problem.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { activeConnectionOf, type Connection } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import type { OpenJira } from '../jira/jira.ts';
import { failure, notFound, type Outcome, type Problem, toProblemText } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { findAdapter } from '../store/ownership.ts';
import type { AdapterRow } from '../store/views.ts';
import { applyNext } from './apply-batch-of-items.ts';
import { followingReferences, readPresentStatuses } from './linked-items.ts';

export type ApplyMappingPorts = {
  db: PrismaClient;
  openJira: OpenJira;
  now(): Date;
  /** Queues the apply's job, to be looked at after some seconds. */
  scheduleApply(db: Db, applyId: string, afterSeconds: number): Promise<void>;
  takeOverSeconds: number;
};

/** Up to so many linked items the request itself waits; more are a job with progress. */
const mostAtOnce = 400;

/** By then a request that waited is over; should its process have died, the job carries the rest out. */
export const takeOverSeconds = 30;

/**
 * Applies the saved mapping to the items that are linked already. It takes the version that the preview was of, and
 * Jira's statuses as they are at this moment. Nothing is sent to Jira: the issues are where they are.
 *
 * Errors: `adapter_not_active`, `plan_required`, `needs_reauth`, `mapping_conflict`, `jira_…`.
 */
export async function applyMapping(
  ports: ApplyMappingPorts,
  principal: Principal,
  adapter: AdapterRow,
  version: number,
): Promise<Outcome<MappingApply>> {
  const active = activeConnectionOf(adapter);
  if (!active.ok) return active;
  if (adapter.mappingVersion !== version) return failure(otherVersion);
  const found = await readPresentStatuses(ports, adapter);
  if (!found.ok) return found;
  const { connection, statuses } = found.value;

  const applyId = newId();
  const linked = await inTransaction(ports.db, async (tx) => {
    const count = await tx.externalReference.count({ where: followingReferences(connection) });
    await tx.mappingApply.create({
      data: {
        id: applyId,
        organizationId: principal.organizationId,
        adapterId: adapter.id,
        mappingVersion: version,
        statuses,
        linked: count,
        requestedBy: principal.userName,
      },
    });
    await ports.scheduleApply(tx, applyId, count > mostAtOnce ? 0 : ports.takeOverSeconds);
    return count;
  });
  if (linked <= mostAtOnce) await runApply(ports, applyId);
  const applied = await readApply(ports.db, { id: applyId });
  return applied.ok && applied.value.problem ? failure(applied.value.problem) : applied;
}

/** Carries an apply on, batch by batch, until it is through, cancelled, or stopped by what has changed meanwhile. */
export async function runApply(ports: Pick<ApplyMappingPorts, 'db' | 'now'>, applyId: string): Promise<void> {
  while ((await inTransaction(ports.db, (tx) => takeStep(ports, tx, applyId))) === 'more');
}

/** Reads how far it is. */
export async function readApply(db: Db, { id }: { id: string }): Promise<Outcome<MappingApply>> {
  const row = await db.mappingApply.findUnique({ where: { id } });
  if (!row) return notFound('application of a mapping');
  const isRunning = row.state === 'running';
  const problem = problemTextSchema.safeParse(row.problem);
  return {
    ok: true,
    value: {
      id: row.id,
      adapterId: row.adapterId,
      state: row.state as MappingApply['state'],
      linked: row.linked,
      done: row.done,
      changed: row.changed,
      jobId: isRunning ? row.id : null,
      statusUrl: `/api/mapping-applies/${row.id}`,
      problem: problem.success ? problem.data : null,
      createdAt: row.createdAt.toISOString(),
    },
  };
}

/** Cancels what is not done yet; items that were changed stay changed, and the activity lists them. */
export async function cancelApply(
  ports: Pick<ApplyMappingPorts, 'db' | 'now'>,
  principal: Principal,
  { id: applyId }: { id: string },
): Promise<Outcome<MappingApply>> {
  await inTransaction(ports.db, async (tx) => {
    const [row] = await tx.$queryRaw<{ state: string }[]>`
      SELECT "state" FROM "mapping_apply" WHERE "id" = ${applyId} FOR UPDATE`;
    if (row?.state === 'running') await finish(ports, tx, applyId, 'cancelled', principal.userName);
  });
  return readApply(ports.db, { id: applyId });
}

/** One batch in one transaction: its items, its activity and its progress are kept together or not at all. */
async function takeStep(ports: { now(): Date }, tx: Db, applyId: string): Promise<'more' | 'over'> {
  await tx.$queryRaw`SELECT 1 FROM "mapping_apply" WHERE "id" = ${applyId} FOR UPDATE`;
  const apply = await tx.mappingApply.findUnique({ where: { id: applyId } });
  if (apply?.state !== 'running') return 'over';
  // A save of the mapping waits for this batch, so that one batch goes by one mapping.
  await tx.$queryRaw`SELECT 1 FROM "adapter" WHERE "id" = ${apply.adapterId} FOR SHARE`;
  const adapter = await findAdapter(tx, apply.organizationId, apply.adapterId);
  const going = mayGoOn(adapter, apply.mappingVersion);
  if (!going.ok) {
    await finish(ports, tx, applyId, 'stopped', 'UserHero', going.problem);
    return 'over';
  }
  const step = await applyNext(tx, going.value, apply);
  await tx.mappingApply.update({
    where: { id: applyId },
    data: {
      cursor: step.cursor ?? apply.cursor,
      done: { increment: step.done },
      changed: { increment: step.changed },
    },
  });
  if (step.cursor !== null) return 'more';
  await finish(ports, tx, applyId, 'completed', apply.requestedBy);
  return 'over';
}

function mayGoOn(adapter: AdapterRow | null, version: number): Outcome<Connection> {
  const active = activeConnectionOf(adapter);
  return active.ok && adapter?.mappingVersion !== version ? failure(otherVersion) : active;
}

async function finish(
  ports: { now(): Date },
  tx: Db,
  applyId: string,
  state: 'completed' | 'cancelled' | 'stopped',
  actor: string,
  problem: Problem | null = null,
): Promise<void> {
  const told = problem && toProblemText(problem);
  const row = await tx.mappingApply.update({
    where: { id: applyId },
    data: {
      state,
      finishedAt: ports.now(),
      ...(told ? { problem: told } : {}),
    },
  });
  await recordActivity(tx, {
    organizationId: row.organizationId,
    adapterId: row.adapterId,
    code: 'mapping_apply_ended',
    values: { state, problem: told, changed: row.changed, linked: row.linked },
    reason: told?.code ?? null,
    actor,
  });
}

const otherVersion: Problem = {
  code: 'mapping_conflict',
  detail: 'The mapping was saved again since this preview.',
  remedy: 'Read the mapping again, look at its preview, and apply that version.',
};
