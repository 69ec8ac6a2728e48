import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Push } from '@userhero/shared/contracts/item.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  issuesOf,
  push,
  pushedItem,
  readAdapter,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

/*
 * Where Atlassian does not say how Jira answers, the local Jira has a setting; UserHero does the same with each of its
 * values, or says why it cannot.
 */

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
afterEach(async () => {
  await control('/settings', { refusalStatus: 400, inactiveStatus: 401, bulkFetchErrors: 'omitted' });
  await control('/permissions', { project: 'SHOP', account: 'ada', create: null });
  await control('/accounts/ada', { active: true });
});

async function control(path: string, body: Record<string, unknown>): Promise<void> {
  const { status } = await harness.jira('POST', `/sandbox/api${path}`, body);
  expect(status).toBeLessThan(300);
}

async function checkNow({ id }: Adapter): Promise<void> {
  bodyOf(await harness.robin('POST', `/api/adapters/${id}/reconcile`), 202);
}

describe('without the permission to create issues', () => {
  it.each([
    400, 403,
  ] as const)('a push fails, says which, and creates its one issue later (%i)', async (code) => {
    const { workflow } = await connectJira(harness);
    const item = await addItem(harness.robin, workflow);
    await control('/settings', { refusalStatus: code });
    await control('/permissions', { project: 'SHOP', account: 'ada', create: false });
    const refused = await push(harness.robin, item);
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { code: 'jira_forbidden', remedy: expect.stringContaining('"Create Issues"') },
    ]);
    const { latestPush } = await readItem(harness.robin, item.id);
    expect(latestPush).toMatchObject({ state: 'failed', failure: { code: 'jira_forbidden' } });
    await control('/permissions', { project: 'SHOP', account: 'ada', create: null });
    expect(bodyOf<Push>(await push(harness.robin, item), 201)).toMatchObject({ state: 'succeeded' });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });
});

describe('the tokens of a deactivated account', () => {
  it.each([
    [401, 'needs_reauth'],
    [403, 'active'],
  ])('are answered with %i: the adapter is %s and says what helps', async (inactiveStatus, state) => {
    const { workflow, adapter } = await connectJira(harness);
    await withoutRegisteredWebhooks(harness);
    const { item } = await pushedItem(harness, workflow);
    await control('/settings', { inactiveStatus });
    await control('/accounts/ada', { active: false });
    await checkNow(adapter);
    const refused = await until('a remedy', async () => {
      const seen = await readAdapter(harness.robin, adapter.id);
      return seen.remedy !== null && seen;
    });
    expect(refused.state).toBe(state);
    expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');
  });
});

describe('an issue that is hidden from the account', () => {
  it.each([
    'omitted',
    'listed',
  ])('and %s by the bulk fetch is not visible until it is back', async (choice) => {
    const { workflow, adapter } = await connectJira(harness);
    await withoutRegisteredWebhooks(harness);
    const { item, key } = await pushedItem(harness, workflow);
    const neighbour = await pushedItem(harness, workflow);
    const stateOf = async (one: { id: string }) =>
      (await readItem(harness.robin, one.id)).externalReferences[0]?.state;
    await control('/settings', { bulkFetchErrors: choice });
    await control(`/issues/${key}/security`, { site: 'acme', visibleTo: ['max'] });
    await checkNow(adapter);
    await until('its issue being gone', async () => (await stateOf(item)) !== 'active');
    expect(await stateOf(neighbour.item)).toBe('active');
    await control(`/issues/${key}/security`, { site: 'acme', visibleTo: ['max', 'ada'] });
    await checkNow(adapter);
    await until('its issue being back', async () => (await stateOf(item)) === 'active');
  });
});
