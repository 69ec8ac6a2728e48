import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  itemBecomes,
  type List,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;
let adapter: Adapter;

/** A run of the app's function, as the local Jira's Forge host recorded it. */
type Invocation = {
  kind: string;
  call: string;
  outcome: string;
  requests: { method: string; target: string; status: number }[];
};

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  ({ workflow, adapter } = await connectJira(harness));
});
afterAll(() => harness.stop());
beforeEach(() => harness.jira('DELETE', '/sandbox/api/forge/invocations'));

async function triggerRuns(): Promise<Invocation[]> {
  const path = '/sandbox/api/forge/invocations';
  const { invocations } = bodyOf(await harness.jira<{ invocations: Invocation[] }>('GET', path));
  return invocations.filter(({ kind }) => kind === 'trigger');
}

/** What Jira itself sent of an issue, once there is that much and each is decided. */
function decided(key: string, count: number): Promise<DeliveryEvent[]> {
  return until(`${count} decided deliveries of ${key}`, async () => {
    const path = `/api/adapters/${adapter.id}/events`;
    const { items } = bodyOf(await harness.robin<List<DeliveryEvent>>('GET', path));
    const own = items.filter(({ issueKey, sender }) => issueKey === key && sender !== 'reconciliation');
    return own.length >= count && own.every(({ state }) => state !== 'pending') && own;
  });
}

async function appliedChanges(itemId: string): Promise<number> {
  const activity = await activityOf(harness.robin, itemId);
  return activity.filter(({ kind }) => kind === 'inbound_applied').length;
}

it('the same change arriving by trigger and by webhook is applied once', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await until('a registered webhook', async () =>
    harness.sandbox.world.sites.some((site) => site.dynamicWebhooks.length > 0),
  );
  await moveInJira(harness, key, 'In Progress');
  await decided(key, 2);
  await moveInJira(harness, key, 'Done');
  const deliveries = await decided(key, 4);
  expect(deliveries.map(({ sender }) => sender).sort()).toEqual([
    'forge',
    'forge',
    'registered',
    'registered',
  ]);
  const after = await readItem(harness.robin, item.id);
  expect([after.status, after.version]).toEqual(['resolved', item.version + 2]);
  expect(await appliedChanges(item.id)).toBe(2);
});

it('a trigger call does one outgoing request, and a change that syncing does not need does none', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await withoutRegisteredWebhooks(harness);
  await harness.jira('DELETE', '/sandbox/api/forge/invocations');
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/edit`, { site: 'acme', summary: 'Other' }));
  await moveInJira(harness, key, 'Done');
  await itemBecomes(harness.robin, item.id, 'resolved');
  const runs = await until('the runs of the trigger', async () => {
    const seen = await triggerRuns();
    return seen.length >= 2 && seen.every(({ outcome }) => outcome !== 'running') && seen;
  });
  expect(runs.map(({ outcome, requests }) => [outcome, requests.map(inWords)])).toEqual([
    ['filtered', []],
    ['ok', ['POST userhero:/api/webhooks/jira 200']],
  ]);
});

it('a deleted issue is reported in one request too, and its reference says so', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await harness.jira('DELETE', '/sandbox/api/forge/invocations');
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
  await until('the reference of a deleted issue', async () => {
    const { externalReferences } = await readItem(harness.robin, item.id);
    return externalReferences[0]?.state === 'issue_deleted';
  });
  const runs = await triggerRuns();
  expect(runs.flatMap(({ requests }) => requests.map(inWords))).toEqual([
    'POST userhero:/api/webhooks/jira 200',
  ]);
});

function inWords({ method, target, status }: Invocation['requests'][number]): string {
  return `${method} ${target} ${status}`;
}
