import { setTimeout as sleep } from 'node:timers/promises';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { type RunningSandbox, startSandbox } from '../../jira-sandbox/src/start-sandbox.ts';
import type { Issue } from '../../jira-sandbox/src/world.ts';
import { caller } from '../../local/call.ts';
import { connectDatabase, type Database } from '../src/store/connect.ts';
import { migrate } from '../src/store/migrate.ts';
import type { BenchServer } from './bench-server.ts';
import { noLimits } from './connected-workflow.ts';
import type { Measurement } from './measurement.ts';
import { type Connected, connectCustomers } from './quota-customers.ts';
import { describeWindows, type QuotaRun, quotaMeasurements } from './quota-results.ts';
import { startTwoServices } from './quota-services.ts';
import { expectedMs, type QuotaShape } from './quota-shape.ts';

const pollMs = 100;
/** Within the first part of the expected time, so that the points are short for all of them. */
const changesWithin = 0.7;
const patience = 4;

type Limits = {
  pools: { used: number; former: { windowStart: number; used: number }[]; site: string | null }[];
  window: { start: number };
  refused: Record<string, number>;
};
type Bench = { database: Database; sandbox: RunningSandbox; pusher: Connected; others: Connected[] };

/**
 * How customers share Jira's points over two processes of the service: one pushes items in bulk, the others compare what
 * they have linked, and people change statuses meanwhile.
 */
export async function measureQuota(server: BenchServer, shape: QuotaShape): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  await migrate(databaseUrl);
  const sandbox = await startSandbox({ port: 0 });
  Object.assign(sandbox.world.limits, noLimits, { windowMs: shape.windowMs });
  const database = connectDatabase(databaseUrl, () => {});
  const services = await startTwoServices(databaseUrl, sandbox.url, shape);
  try {
    const customers = await connectCustomers(database, sandbox, services.origins[0], shape);
    const bench = { database, sandbox, ...customers };
    await becomeShort(bench, shape);
    const run = await runOnce(bench, shape);
    for (const line of describeWindows(run, shape)) console.log(line);
    return quotaMeasurements(run, shape);
  } finally {
    await services.stop();
    await database.close();
    await sandbox.close();
  }
}

const limitsOf = ({ url }: RunningSandbox) => caller(url, {})<Limits>('GET', '/sandbox/api/limits');

/** Waits until nothing is under way, makes points short, and lets the services hear of it in a window of its own. */
async function becomeShort(bench: Bench, shape: QuotaShape): Promise<void> {
  const { database, sandbox, pusher } = bench;
  const { points, priceFactor, windowMs } = shape;
  while (await isBusy(database)) await sleep(pollMs);
  // What is due by the clock alone is not what is measured.
  const later = new Date(Date.now() + 24 * 60 * 60_000);
  await database.prisma.adapter.updateMany({ data: { searchDueAt: later, readDueAt: later } });
  Object.assign(sandbox.world.limits, { points, priceFactor });
  for (;;) {
    await pusher.api('GET', `/api/adapters/${pusher.adapterId}/jira-statuses`);
    const pool = await database.prisma.quotaPool.findUnique({ where: { pool: 'app' } });
    if (pool?.quota === points) break;
    await sleep(pollMs);
  }
  await caller(sandbox.url, {})('DELETE', '/sandbox/api/limits');
  await sleep(windowMs - (Date.now() % windowMs));
}

async function isBusy({ prisma }: Database): Promise<boolean> {
  const busy = await prisma.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
      AND name IN ('push', 'bulk-push', 'push-follow-up', 'reconcile', 'compare', 'register-webhook')
    UNION ALL SELECT 1 FROM quota_ticket
    UNION ALL SELECT 1 FROM sync_visit WHERE due_at IS NOT NULL AND due_at <> 'infinity'
    UNION ALL SELECT 1 FROM push WHERE state IN ('pending', 'running')`;
  return busy.length > 0;
}

async function runOnce(bench: Bench, shape: QuotaShape): Promise<QuotaRun> {
  const { database, sandbox, pusher, others } = bench;
  // All that begins now lies in the window that has just begun.
  const beganMs = Math.floor(Date.now() / shape.windowMs) * shape.windowMs;
  const path = `/api/workflows/${pusher.workflowId}/push/jira`;
  const bulk = await pusher.api<BulkPush>('POST', path, { filter: {} });
  await Promise.all(others.map(({ api, adapterId }) => api('POST', `/api/adapters/${adapterId}/reconcile`)));
  const changes = startChanges(bench, shape);
  const waitedUntilMs = new Map<string, number>();
  const walls = new Set<number>();
  let denied: Record<string, number> = {};
  const endAtMs = beganMs + patience * expectedMs(shape) + shape.windowMs;
  for (;;) {
    const now = Date.now();
    const limits = await limitsOf(sandbox);
    if (quotaDenials(limits.refused) > quotaDenials(denied)) walls.add(limits.window.start);
    denied = limits.refused;
    const { state } = await pusher.api<BulkPush>('GET', bulk.statusUrl);
    if (state === 'running') waitedUntilMs.set(pusher.organizationId, now);
    for (const id of await comparing(bench)) waitedUntilMs.set(id, now);
    const isOver = state !== 'running' && changes.areOver() && !(await isBusy(database));
    if (isOver || now > endAtMs) break;
    await sleep(pollMs);
  }
  const endedMs = Date.now();
  return {
    ...{ beganMs, endedMs, waitedUntilMs, denied, walls: walls.size },
    changeMs: await changes.end(),
    issuesPerItem: await countIssues(bench),
    shares: await sharesOf(database, beganMs),
    usedByJira: usedByWindow(await limitsOf(sandbox), beganMs),
  };
}

const quotaDenials = (refused: Record<string, number>): number =>
  Object.entries(refused).reduce((sum, [reason, count]) => sum + (reason.includes('quota') ? count : 0), 0);

/** The customers whose comparison has not come to its end. */
async function comparing({ database, others }: Bench): Promise<string[]> {
  const ended = await database.prisma.activity.findMany({
    where: { code: 'reconciled', adapterId: { in: others.map(({ adapterId }) => adapterId) } },
    select: { organizationId: true },
  });
  const ids = new Set(ended.map(({ organizationId }) => organizationId));
  return others.map(({ organizationId }) => organizationId).filter((id) => !ids.has(id));
}

/** Changes statuses one after the other, each of another item, and watches Jira until each has arrived. */
function startChanges({ others, sandbox }: Bench, shape: QuotaShape) {
  const betweenMs = (expectedMs(shape) * changesWithin) / Math.max(1, shape.changes);
  const [site] = sandbox.world.sites;
  const isDone = ({ statusId }: Issue) =>
    site?.statuses.some(({ id, category }) => id === statusId && category === 'done') === true;
  const tookMs: (number | null)[] = [];
  const stopped = new AbortController();
  const change = async (n: number): Promise<void> => {
    await sleep(n * betweenMs);
    const customer = others[n % others.length];
    const link = customer?.linked[Math.floor(n / others.length)];
    if (!customer || !link) throw new Error('there are fewer linked items than changes');
    await customer.api('PATCH', `/api/items/${link.itemId}`, { status: 'closed' });
    const fromMs = Date.now();
    while (!isDone(link.issue) && !stopped.signal.aborted) await sleep(pollMs / 2);
    tookMs.push(isDone(link.issue) ? Date.now() - fromMs : null);
  };
  const all = Promise.all(Array.from({ length: shape.changes }, (_, n) => change(n)));
  return {
    areOver: () => tookMs.length === shape.changes,
    async end() {
      stopped.abort();
      await all;
      return tookMs;
    },
  };
}

/** How many issues there are for each of the pusher's items. */
async function countIssues({ database, sandbox, pusher }: Bench): Promise<number[]> {
  const { workflowId } = pusher;
  const items = await database.prisma.item.findMany({ where: { workflowId }, select: { id: true } });
  const counts = new Map(items.map(({ id }) => [id, 0]));
  for (const issue of sandbox.world.sites.flatMap(({ issues }) => Object.values(issues)))
    for (const id of itemsNamed(issue)) if (counts.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts.values()];
}

function itemsNamed({ properties }: Issue): string[] {
  const text = JSON.stringify(properties);
  return [...new Set(text.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g))];
}

async function sharesOf({ prisma }: Database, beganMs: number): Promise<QuotaRun['shares']> {
  const rows = await prisma.quotaShare.groupBy({
    by: ['windowStart', 'organizationId'],
    where: { pool: 'app', windowStart: { gte: new Date(beganMs) } },
    _sum: { spent: true },
  });
  return rows.map(({ windowStart, organizationId, _sum }) => ({
    ...{ startMs: windowStart.getTime(), organizationId, spent: _sum.spent ?? 0 },
  }));
}

function usedByWindow({ pools, window }: Limits, beganMs: number): Map<number, number> {
  const [pool] = pools;
  const all = [...(pool?.former ?? []), { windowStart: window.start, used: pool?.used ?? 0 }];
  return new Map(
    all.filter(({ windowStart }) => windowStart >= beganMs).map((one) => [one.windowStart, one.used]),
  );
}
