import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../jira-sandbox/src/faults/seeded-random.ts';
import { connectDatabase, type Database } from '../../src/store/connect.ts';
import { until } from '../support/call.ts';
import { freePort } from '../support/harness.ts';
import { movedBody, type StatusName } from '../support/jira-bodies.ts';
import { testConfig, webhookSecret } from '../support/settings.ts';
import { copyTemplate, makeTemplate } from '../support/template-database.ts';
import { type LinkedItem, writeLinkedItems } from './support/linked-items.ts';
import { type OwnPostgres, startOwnPostgres } from './support/own-postgres.ts';
import { pick, shuffled } from './support/random.ts';
import { type Replica, replica } from './support/replica.ts';
import { type Sent, sendStorm } from './support/storm-sender.ts';

/** Every `npm test` has a smaller storm; the whole one is STORM_DELIVERIES=20000 STORM_KILLS=5. */
const deliveries = Number(process.env.STORM_DELIVERIES ?? 5_000);
const killsEach = Number(process.env.STORM_KILLS ?? 2);
const references = 400;
const duplicatesShare = 0.1;
const seed = 20_261_124;

/** Each ends in one status of the item, whatever came before it. */
const landsOn = {
  'To Do': 'open',
  'In Progress': 'in-progress',
  'In Review': 'in-progress',
  Done: 'resolved',
};
const movesTo: [StatusName, ...StatusName[]] = ['To Do', 'In Progress', 'In Review', 'Done'];

let postgres: OwnPostgres;
let database: Database;
const replicas: Replica[] = [];

beforeAll(async () => {
  postgres = await startOwnPostgres();
  await makeTemplate(postgres.url);
  const databaseUrl = await copyTemplate(postgres.url, 'storm');
  database = connectDatabase(databaseUrl, () => {});
  const roles = ['web', 'worker', 'web', 'worker'] as const;
  for (const [at, role] of roles.entries()) {
    const config = testConfig({ port: await freePort(), jiraUrl: 'http://127.0.0.1:1', databaseUrl });
    replicas.push(replica(`${role} ${at}`, { ...config, role }));
  }
  await Promise.all(replicas.map((one) => one.start()));
});
afterAll(async () => {
  await Promise.all(replicas.map((one) => one.stop()));
  await database.close();
  await postgres.stop();
});

/** Every change of every issue, a tenth of them twice, in random order; and where each issue ends. */
function makeStorm(items: readonly LinkedItem[]): {
  storm: Sent[];
  distinct: number;
  newest: Map<string, StatusName>;
} {
  const random = seededRandom(seed);
  const distinct = Math.round(deliveries * (1 - duplicatesShare));
  const newest = new Map<string, StatusName>();
  const changes = Array.from({ length: distinct }, (_, at): Sent => {
    const { itemId, issue } = items[at % items.length] as LinkedItem;
    const to = pick(random, movesTo);
    newest.set(itemId, to);
    const body = movedBody(issue, to, { id: String(100_000 + at), at: 1_700_000_000_000 + at });
    return { body: JSON.stringify(body), identifier: `storm-${at}` };
  });
  const twice = shuffled(random, changes).slice(0, deliveries - distinct);
  return { storm: shuffled(random, [...changes, ...twice]), distinct, newest };
}

/** Kills the replicas in turn, and the database once, as the storm goes on; each comes back at once. */
function disasters() {
  const steps = killsEach * replicas.length;
  const every = deliveries / (steps + 1);
  const returning = new Map<Replica, Promise<void>>();
  let done = 0;
  let crashes = 0;
  let underWay: Promise<void> = Promise.resolve();
  const step = async (at: number): Promise<void> => {
    const victim = replicas[at % replicas.length] as Replica;
    await returning.get(victim);
    await victim.kill();
    const returns = victim.start();
    returns.catch(() => {});
    returning.set(victim, returns);
    if (at !== Math.floor(steps / 2)) return;
    await postgres.crash();
    crashes += 1;
  };
  return {
    onAnswered(count: number): void {
      if (done < steps && count >= (done + 1) * every) {
        const at = done++;
        underWay = underWay.then(() => step(at));
        // Told at the end; until then the storm goes on.
        underWay.catch(() => {});
      }
    },
    async over(): Promise<{ kills: number; crashes: number }> {
      await underWay;
      await Promise.all(returning.values());
      return { kills: done, crashes };
    },
  };
}

describe('a storm of deliveries while processes are killed and PostgreSQL crashes', () => {
  it('loses nothing, and applies every change once', async () => {
    const { adapterId, items } = await writeLinkedItems(database, references);
    const { storm, distinct, newest } = makeStorm(items);
    const startedAt = Date.now();
    const trouble = disasters();
    const origins = replicas.filter(({ name }) => name.startsWith('web')).map(({ origin }) => origin);
    const tally = await sendStorm(origins, webhookSecret, storm, trouble.onAnswered);
    const { kills, crashes } = await trouble.over();
    const { prisma } = database;
    await until(
      'every delivery being handled',
      async () => (await prisma.delivery.count({ where: { adapterId, state: 'pending' } })) === 0,
    );
    const seconds = (Date.now() - startedAt) / 1000;

    expect([kills, crashes]).toEqual([killsEach * replicas.length, 1]);
    expect([...tally.refused]).toEqual([]);
    // A kill between the commit and its answer makes the retry a duplicate: never more accepted than there are.
    expect(tally.accepted).toBeLessThanOrEqual(distinct);
    expect(tally.accepted + tally.duplicate).toBe(deliveries);

    const rows = await prisma.delivery.groupBy({ by: ['state'], where: { adapterId }, _count: true });
    expect(rows.map(({ state }) => state).sort()).toEqual(['applied', 'skipped']);
    expect(rows.reduce((sum, { _count }) => sum + _count, 0)).toBe(distinct);

    await expectNewest(items, newest);
    const changes = await expectAppliedOnce(adapterId);
    console.log(
      `storm: ${deliveries} deliveries, ${distinct} distinct, ${tally.accepted} answered accepted, ${tally.retries} tries again, ${kills} kills, ${crashes} database crash, ${changes} changes applied once, ${references} items in their newest status, ${seconds.toFixed(0)} s`,
    );
  });
});

async function expectNewest(items: readonly LinkedItem[], newest: Map<string, StatusName>): Promise<void> {
  const seen = await database.prisma.item.findMany({
    where: { id: { in: items.map(({ itemId }) => itemId) } },
    select: { id: true, status: true, reference: { select: { knownStatusName: true } } },
  });
  const wanted = items.map(({ itemId }) => {
    const name = newest.get(itemId) as keyof typeof landsOn;
    return { id: itemId, status: landsOn[name], reference: { knownStatusName: name } };
  });
  const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
  expect(seen.sort(byId)).toEqual(wanted.sort(byId));
}

/** Each applied delivery has one activity and moved the item's version by one; answers their number. */
async function expectAppliedOnce(adapterId: string): Promise<number> {
  const { prisma } = database;
  const applied = await prisma.delivery.findMany({
    where: { adapterId, state: 'applied' },
    select: { id: true },
  });
  const told = await prisma.activity.findMany({
    where: { adapterId, kind: 'inbound_applied' },
    select: { deliveryId: true, itemId: true },
  });
  expect(told.map(({ deliveryId }) => String(deliveryId)).sort()).toEqual(
    applied.map(({ id }) => String(id)).sort(),
  );
  const changes = Map.groupBy(told, ({ itemId }) => itemId);
  const items = await prisma.item.findMany({ where: { reference: { adapterId } } });
  const versions = items.map(({ id, version }) => [id, version]);
  expect(versions).toEqual(items.map(({ id }) => [id, 1 + (changes.get(id)?.length ?? 0)]));
  return applied.length;
}
