import { resolve } from 'node:path';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { MappingApply, MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, until } from '../support/call.ts';
import { freePort, type Harness, startHarness } from '../support/harness.ts';
import { ownSecret } from '../support/jira-senders.ts';
import { manyLinked } from '../support/many-linked.ts';
import {
  activityOf,
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  connectJira,
  faultHits,
  issueInJira,
  issuesOf,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from '../support/steps.ts';
import { issuesByItem } from './support/jira-truth.ts';
import { type Replica, replica } from './support/replica.ts';
import { shortWaits } from './support/short-waits.ts';

const service = resolve(import.meta.dirname, 'support/service.ts');

let harness: Harness;
/** The only process that carries jobs out: what it leaves behind, nobody but itself takes up after its restart. */
let victim: Replica;
/** Long texts are not converted before anybody is killed, and go as plain paragraphs soon afterwards. */
const environment = { BUSY_CONVERSION_MS: '120000' };
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness(shortWaits, { role: 'web' });
  const config = { ...harness.config, role: 'all' as const, port: await freePort() };
  victim = replica('victim', config, environment, service);
  await victim.start();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
});
afterAll(async () => {
  await victim.kill();
  await harness.stop();
});

const call = () => caller(victim.origin, harness.robinHeaders);

async function killAndStart(): Promise<void> {
  await victim.kill();
  await victim.start();
}

async function itemsOf(count: number, wanted: Partial<Item> = {}): Promise<Item[]> {
  const items: Item[] = [];
  for (let at = 0; at < count; at += 1)
    items.push(await addItem(harness.robin, connected.workflow, { title: `Killed ${at}`, ...wanted }));
  return items;
}

/** Begins a bulk push in the process that will be killed. */
async function beginBulkPush(items: readonly Item[]): Promise<BulkPush> {
  const path = `/api/workflows/${connected.workflow.id}/push/jira`;
  return bodyOf(await call()<BulkPush>('POST', path, { itemIds: items.map(({ id }) => id) }), 202);
}

const ended = ({ statusUrl }: BulkPush) =>
  until('the bulk push ending', async () => {
    const now = bodyOf(await harness.robin<BulkPush>('GET', statusUrl));
    return now.state !== 'running' && now;
  });

/** Each item has the one issue that was made of it, and this was told once. */
async function expectOwnIssues(items: readonly Item[]): Promise<void> {
  for (const { id, title } of items) {
    const { externalReferences } = await readItem(harness.robin, id);
    const issues = await issuesOf(harness, { id });
    expect(issues.map(({ key, summary }) => [key, summary])).toEqual([[externalReferences[0]?.key, title]]);
    expect(issues[0]?.properties['userhero.item']).toMatchObject({ itemId: id });
    const told = (await activityOf(harness.robin, id)).filter(({ kind }) => kind === 'pushed');
    expect(told).toHaveLength(1);
  }
}

describe('a process that is killed', () => {
  it('over a text that keeps the conversion busy leaves neither that push nor its neighbours behind', async () => {
    const [alone, poisoned, ...others] = await itemsOf(7);
    if (!alone || !poisoned) throw new Error('no items');
    for (const { id } of [alone, poisoned])
      bodyOf(await harness.robin('PATCH', `/api/items/${id}`, { description: 'poison '.repeat(2_000) }));
    const bulk = await beginBulkPush([...others.slice(0, 2), poisoned, ...others.slice(2)]);
    const single = push(call(), alone).catch(() => null);
    await until('both texts being converted', async () => victim.output().split('converting').length > 2);
    environment.BUSY_CONVERSION_MS = '1000';
    await killAndStart();
    expect(await single).toBeNull();

    expect(await ended(bulk)).toMatchObject({ total: 6, succeeded: 6, failed: 0 });
    const { latestPush: alonePush } = await until('the end of the single push', async () => {
      const item = await readItem(harness.robin, alone.id);
      return ['succeeded', 'failed'].includes(item.latestPush?.state ?? '') && item;
    });
    expect(alonePush).toMatchObject({ state: 'succeeded', failure: null });
    await expectOwnIssues([alone, poisoned, ...others]);
    const { latestPush } = await readItem(harness.robin, poisoned.id);
    expect(latestPush?.warnings.map(({ code }) => code)).toEqual(['description_simplified']);
  });

  it('after Jira created a bulk push’s issues, and again when it had saved some, links each to its own', async () => {
    const { prisma } = harness.database;
    const items = await itemsOf(30, { status: 'in-progress' });
    await harness.jira('POST', '/sandbox/api/settings', { bulkCreateOrder: 'shuffled' });
    await addFault(harness, { kind: 'slow', delayMs: 2_500, match: { pathIncludes: '/issue/bulkfetch' } });
    const bulk = await beginBulkPush(items);
    const created = () => items.filter(({ id }) => issuesByItem(harness).has(id)).length;
    await until('Jira having the issues', async () => created() === items.length);
    const where = { itemId: { in: items.map(({ id }) => id) } };
    expect(await prisma.externalReference.count({ where })).toBe(0);
    await killAndStart();

    const saved = () => prisma.externalReference.count({ where });
    await until('some issues being linked', async () => (await saved()) >= 5);
    const savedAtKill = await saved();
    await killAndStart();
    await clearFaults(harness);
    expect(savedAtKill).toBeLessThan(items.length);

    expect(await ended(bulk)).toMatchObject({ total: items.length, succeeded: items.length, failed: 0 });
    await expectOwnIssues(items);
    for (const { id } of items) {
      const key = (await readItem(harness.robin, id)).externalReferences[0]?.key ?? '';
      expect((await issueInJira(harness, key)).status.category).toBe('indeterminate');
    }
  });

  it('while it reads an issue leaves the event waiting, and it is applied once', async () => {
    const { item, key } = await pushedItem({ ...harness, robin: call() }, connected.workflow);
    await moveInJira(harness, key, 'Done');
    const secret = await ownSecret(harness, connected.adapter.id);
    await addFault(harness, { kind: 'slow', delayMs: 2_900, match: { pathIncludes: '/issue/bulkfetch' } });
    const authorization = `Bearer ${secret}`;
    bodyOf(await harness.nobody('POST', '/api/webhooks/jira', { issue: key }, { authorization }));
    await until('the reading', async () => faultHits(harness) > 0);
    await killAndStart();
    await clearFaults(harness);

    await itemBecomes(harness.robin, item.id, 'resolved');
    const applied = (await activityOf(harness.robin, item.id)).filter(
      ({ kind }) => kind === 'inbound_applied',
    );
    expect(applied).toHaveLength(1);
    await until(
      'the event being settled',
      async () => (await harness.database.prisma.delivery.count({ where: { state: 'pending' } })) === 0,
    );
  });

  it('in the middle of applying a mapping leaves the rest to the job, which changes each item once', async () => {
    const { prisma, pool } = harness.database;
    const here = await connectJira(harness);
    const ids = await manyLinked(harness, here, 350, 'open', 'In Review');
    const path = `/api/adapters/${here.adapter.id}/mapping`;
    const { version } = bodyOf(await harness.robin<MappingDocument>('GET', path));
    const late = [...ids].sort().at(250);
    const holder = await pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM item WHERE id = $1 FOR UPDATE', [late]);
    const request = call()('POST', `${path}/apply`, { version }).catch(() => null);
    const apply = await until('the first batch', () =>
      prisma.mappingApply.findFirst({ where: { adapterId: here.adapter.id, done: 200, state: 'running' } }),
    );
    await victim.kill();
    await holder.query('ROLLBACK');
    holder.release();
    await victim.start();
    expect(await request).toBeNull();

    const over = await until('the apply being completed', async () => {
      const now = bodyOf(await harness.robin<MappingApply>('GET', `/api/mapping-applies/${apply.id}`));
      return now.state !== 'running' && now;
    });
    expect(over).toMatchObject({ state: 'completed', linked: 350, done: 350, changed: 350 });
    const where = { id: { in: ids }, status: 'in-progress', version: 2 };
    expect(await prisma.item.count({ where })).toBe(350);
    const told = { kind: 'mapping_applied', itemId: { in: ids } };
    expect(await prisma.activity.count({ where: told })).toBe(350);
  });
});
