import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { bodyOf, issueInJira, moveInJira, pushedItem, readItem } from './support/steps.ts';
import { calm, connectSynced } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectSynced(harness, { status: { direction: 'from-jira', onConflict: 'ask' } });
});
afterAll(() => harness.stop());

const holdsOf = async (item: Item) => (await readItem(harness.robin, item.id)).externalReferences[0]?.holds;

const resolve = (item: Item, take: 'jira' | 'userhero') =>
  harness.robin<Item>('POST', `/api/items/${item.id}/references/jira/resolve`, { thing: 'status', take });

/** An item that was put in progress here while its issue was done in Jira. */
async function heldItem(): Promise<{ item: Item; key: string }> {
  const pushed = await pushedItem(harness, connected.workflow);
  await calm(harness);
  bodyOf(await harness.robin('PATCH', `/api/items/${pushed.item.id}`, { status: 'in-progress' }));
  await moveInJira(harness, pushed.key, 'Done');
  await until('the hold', async () => (await holdsOf(pushed.item))?.length === 1);
  return pushed;
}

describe('a status that was changed here and in Jira', () => {
  it('is held with both values where the rule asks, and nothing changes', async () => {
    const { item, key } = await heldItem();
    expect(await holdsOf(item)).toMatchObject([
      { thing: 'status', why: 'ask', here: 'In Progress', there: 'Done', chosen: null },
    ]);
    expect((await readItem(harness.robin, item.id)).status).toBe('in-progress');
    expect((await issueInJira(harness, key)).status.name).toBe('Done');
  });

  it('becomes Jira’s where a person chooses that, and is held no more', async () => {
    const { item } = await heldItem();
    const settled = bodyOf(await resolve(item, 'jira'));
    expect(settled.status).toBe('resolved');
    expect(settled.externalReferences[0]?.holds).toEqual([]);
    expect((await resolve(item, 'jira')).status).toBe(404);
  });

  it('goes to Jira where a person chooses that, whatever the direction', async () => {
    const { item, key } = await heldItem();
    bodyOf(await resolve(item, 'userhero'));
    await until('the issue’s status', async () => {
      const issue = await issueInJira(harness, key);
      return issue.status.name === 'In Progress';
    });
    await until('no hold', async () => (await holdsOf(item))?.length === 0);
    expect((await readItem(harness.robin, item.id)).status).toBe('in-progress');
  });

  it('is held anew where Jira has another one by now', async () => {
    const { item, key } = await heldItem();
    const adapter = `/api/adapters/${connected.adapter.id}`;
    bodyOf(await harness.robin('POST', `${adapter}/pause`));
    bodyOf(await resolve(item, 'userhero'));
    expect(await holdsOf(item)).toMatchObject([{ there: 'Done', chosen: 'userhero' }]);
    await moveInJira(harness, key, 'To Do');
    bodyOf(await harness.robin('POST', `${adapter}/resume`));
    await until('the new hold', async () => (await holdsOf(item))?.[0]?.there === 'To Do');
    await calm(harness);
    expect(await holdsOf(item)).toMatchObject([{ there: 'To Do', chosen: null }]);
    expect((await issueInJira(harness, key)).status.name).toBe('To Do');
  });
});
