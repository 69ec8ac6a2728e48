import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { activityOf, bodyOf, issueInJira, moveInJira, pushedItem, readItem } from './support/steps.ts';
import { calm, connectSynced, editInJira, editsOf, saveSync } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  const direction = 'both' as const;
  connected = await connectSynced(harness, {
    summary: { direction },
    description: { direction },
    priority: { direction },
  });
});
afterAll(() => harness.stop());

const edit = async (id: string, change: Partial<Item>) =>
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));

const itemWith = (id: string, fields: Partial<Item>) =>
  until(`the item having ${JSON.stringify(fields)}`, async () => {
    const item = await readItem(harness.robin, id);
    return Object.entries(fields).every(([name, value]) => item[name as keyof Item] === value) && item;
  });

describe('an edit in Jira', () => {
  it('comes to the item, by whom it was made, and is no echo', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await editInJira(harness, key, { summary: 'Clearer in Jira', priority: 'Low' });
    await itemWith(item.id, { title: 'Clearer in Jira', priority: 'low' });
    await calm(harness);
    const told = (await activityOf(harness.robin, item.id)).filter(({ code }) => code === 'fields_taken');
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: 'inbound_applied', values: { fields: ['title', 'priority'] } });
    expect(told[0]?.actor).not.toBe('UserHero');
    expect(editsOf(await issueInJira(harness, key), 'summary')).toBe(1);
  });

  it('and one here of another field both arrive', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await Promise.all([
      editInJira(harness, key, { description: 'From Jira' }),
      edit(item.id, { title: 'From here' }),
    ]);
    await itemWith(item.id, { title: 'From here', description: 'From Jira' });
    await calm(harness);
    expect((await issueInJira(harness, key)).summary).toBe('From here');
  });

  it('wins over one of the same field here, where the rule says so', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await calm(harness);
    for (const site of harness.sandbox.world.sites) site.dynamicWebhooks = [];
    await editInJira(harness, key, { summary: 'Jira’s title' });
    await edit(item.id, { title: 'Our title' });
    await itemWith(item.id, { title: 'Jira’s title' });
    await saveSync(harness, connected.adapter.id, { summary: { onConflict: 'userhero' } });
    await editInJira(harness, key, { summary: 'Jira’s second' });
    await edit(item.id, { title: 'Our second' });
    await until('our title in Jira', async () => (await issueInJira(harness, key)).summary === 'Our second');
    expect((await readItem(harness.robin, item.id)).title).toBe('Our second');
  });

  it('does not replace the longer title that was shortened for Jira', async () => {
    const long = `${'Long '.repeat(80)}end`;
    const { item, key } = await pushedItem(harness, connected.workflow, { title: long });
    await editInJira(harness, key, { summary: 'Short in Jira' });
    bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/reconcile`), 202);
    await until('the hold', async () =>
      (await activityOf(harness.robin, item.id)).some(({ code }) => code === 'field_held'),
    );
    const held = await readItem(harness.robin, item.id);
    expect(held.title).toBe(long);
    expect(held.externalReferences[0]?.holds).toMatchObject([
      { thing: 'summary', why: 'simplified', here: long, there: 'Short in Jira' },
    ]);
    const path = `/api/items/${item.id}/references/jira/resolve`;
    bodyOf(await harness.robin('POST', path, { thing: 'summary', take: 'jira' }));
    const settled = await itemWith(item.id, { title: 'Short in Jira' });
    expect(settled.externalReferences[0]?.holds).toEqual([]);
    expect((await harness.robin('POST', path, { thing: 'summary', take: 'jira' })).status).toBe(404);
  });
});

describe('a held field', () => {
  it('is held no more, and takes no answer, once it is switched off', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow, { title: 'Long '.repeat(80) });
    await calm(harness);
    await editInJira(harness, key, { summary: 'Short in Jira' });
    await edit(item.id, { priority: 'low' });
    const holds = async () => (await readItem(harness.robin, item.id)).externalReferences[0]?.holds;
    await until('the hold', async () => (await holds())?.length === 1);
    await saveSync(harness, connected.adapter.id, { summary: { direction: 'off' } });
    expect(await holds()).toEqual([]);
    const path = `/api/items/${item.id}/references/jira/resolve`;
    expect((await harness.robin('POST', path, { thing: 'summary', take: 'jira' })).status).toBe(404);
    await saveSync(harness, connected.adapter.id, { summary: { direction: 'both' } });
    await calm(harness);
    expect(await holds()).toMatchObject([{ thing: 'summary', chosen: null }]);
    expect((await readItem(harness.robin, item.id)).title).toBe('Long '.repeat(80).trim());
  });
});

describe('a status of Jira’s', () => {
  it('that the direction bars is told and does not come over', async () => {
    const only = await connectSynced(harness, { status: { direction: 'to-jira' } });
    const { item, key } = await pushedItem(harness, only.workflow);
    await moveInJira(harness, key, 'Done');
    bodyOf(await harness.robin('POST', `/api/adapters/${only.adapter.id}/reconcile`), 202);
    await until('it being told', async () =>
      (await activityOf(harness.robin, item.id)).some(({ reason }) => reason === 'not_taken'),
    );
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
  });
});
