import { resolve } from 'node:path';
import type { Item, Push } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../jira-sandbox/src/faults/seeded-random.ts';
import { caller, until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  type Fault,
  issuesOf,
  pushedItem,
  readItem,
} from '../support/steps.ts';
import { pick, shuffled } from './support/random.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const items = 50;
const pushes = 200;
const seed = 4_711;
const killsEach = 2;
const service = resolve(import.meta.dirname, 'support/service.ts');

let harness: Harness;
const replicas: Replica[] = [];
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  // The harness's own process stays: a third one, which takes over what the killed ones leave.
  harness = await startHarness(shortWaits);
  connected = await connectJira(harness);
  await pushedItem(harness, connected.workflow);
  for (const name of ['one', 'two']) {
    const config = { ...harness.config, port: await freePort() };
    replicas.push(replica(name, config, {}, service));
  }
  await Promise.all(replicas.map((one) => one.start()));
});
afterAll(async () => {
  await Promise.all(replicas.map((one) => one.kill()));
  await harness.stop();
});

const creating = { method: 'POST', pathIncludes: '/rest/api/3/issue' };
const faults: (Fault & { probability: number })[] = [
  // Longer than a replica waits, and before the issue is there: Jira commits what nobody waits for any more.
  { kind: 'slow', delayMs: 4_500, match: creating, probability: 0.08 },
  { kind: 'drop_after_commit', match: creating, probability: 0.15 },
  { kind: 'drop_before', match: creating, probability: 0.05 },
  { kind: 'status', status: 503, match: { pathIncludes: '/search/jql' }, probability: 0.1 },
];

/** Push to Jira through whichever replica takes it; a replica that dies meanwhile is what the test is about. */
async function pushThrough(origin: string, itemId: string): Promise<number> {
  const call = caller(origin, harness.robinHeaders);
  return call<Push>('POST', `/api/items/${itemId}/push/jira`).then(
    (answer) => answer.status,
    () => 0,
  );
}

/** As a person does who sees that a push failed: again, until the item has its issue. */
async function pushUntilDone(item: Item): Promise<void> {
  await until(`the issue of ${item.title} (${item.id})`, async () => {
    const { externalReferences, latestPush } = await readItem(harness.robin, item.id);
    if (externalReferences.length > 0 && latestPush?.state === 'succeeded') return true;
    // Cut off before it was recorded, or failed.
    if (!latestPush || latestPush.state === 'failed') await pushThrough(harness.origin, item.id);
    return false;
  }).catch(async (error: Error) => {
    const left = await harness.database.prisma.push.findMany({ where: { itemId: item.id } });
    throw new Error(`${error.message}: ${JSON.stringify(left)}`);
  });
}

describe('200 pushes of the same 50 items through two replicas, with time-outs, cut connections and kills', () => {
  it('come to exactly one issue an item', async () => {
    const random = seededRandom(seed);
    const all: Item[] = [];
    for (let at = 0; at < items; at += 1)
      all.push(
        await addItem(harness.robin, connected.workflow, { title: `Item ${at}`, status: 'in-progress' }),
      );
    for (const fault of faults) bodyOf(await harness.jira('POST', '/sandbox/api/faults', fault), 201);

    const [first, ...others] = replicas as [Replica, ...Replica[]];
    const mostKills = killsEach * replicas.length;
    const answers: Promise<number>[] = [];
    /** The pushes of some items, several of each, so that every kill finds creates on their way. */
    const pushRound = (round: number): void => {
      const some = all.filter((_, at) => at % (mostKills + 1) === round);
      const order = shuffled(random, Array.from({ length: pushes / items }, () => some).flat());
      for (const item of order) answers.push(pushThrough(pick(random, [first, ...others]).origin, item.id));
    };
    let kills = 0;
    for (; kills < mostKills; kills += 1) {
      pushRound(kills);
      const sent = () => harness.database.prisma.push.count({ where: { createSentAt: { not: null } } });
      await until('creates that are on their way', async () => (await sent()) > 0);
      const victim = replicas[kills % replicas.length] as Replica;
      await victim.kill();
      await victim.start();
    }
    pushRound(mostKills);
    const statuses = await Promise.all(answers);
    for (const item of all) await pushUntilDone(item);
    const hits = harness.sandbox.world.faults.reduce((sum, fault) => sum + fault.hits, 0);
    await harness.jira('DELETE', '/sandbox/api/faults');

    const found = await Promise.all(all.map((item) => issuesOf(harness, item)));
    expect(found.map((issues) => issues.length)).toEqual(all.map(() => 1));
    const keys = await Promise.all(
      all.map(async ({ id }) => (await readItem(harness.robin, id)).externalReferences),
    );
    expect(keys.map((references) => references.map(({ key }) => key))).toEqual(
      found.map((issues) => issues.map(({ key }) => key)),
    );
    const told = await harness.database.prisma.activity.groupBy({
      by: ['itemId'],
      where: { kind: 'pushed', itemId: { in: all.map(({ id }) => id) } },
      _count: true,
    });
    expect(told.map(({ _count }) => _count)).toEqual(all.map(() => 1));
    console.log(
      `one issue: ${pushes} pushes of ${items} items, ${statuses.filter((status) => status === 0).length} cut off, ${hits} faults in Jira, ${kills} kills, ${found.flat().length} issues`,
    );
  });
});
