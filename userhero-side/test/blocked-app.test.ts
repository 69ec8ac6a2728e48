import type { AdapterHealth, AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ada } from '../../jira-sandbox/src/seed/accounts.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody } from './support/jira-bodies.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  consent,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readAdapter,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function control(path: string, wish: unknown): Promise<void> {
  bodyOf(await harness.jira('POST', `/sandbox/api${path}`, wish));
}

const reasonsOf = async (adapterId: string): Promise<string[]> => {
  const health = await harness.robin<AdapterHealth>('GET', `/api/adapters/${adapterId}/health`);
  return bodyOf(health).reasons.map(({ code }) => code);
};

it('tells once of an app that an admin blocked, loses nothing, and is well again once Jira answers', async () => {
  const { workflow, adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const { item, key, issue } = await pushedItem(harness, workflow);
  const waiting = await addItem(harness.robin, workflow, { title: 'Pushed while refused' });
  await control('/app-access', { blocked: true });

  const failed = await push(harness.robin, waiting);
  expect(failed.status).toBe(403);
  await until('the refusal in the health', async () =>
    (await reasonsOf(adapter.id)).includes('jira_refuses'),
  );
  // What Jira tells goes on being taken; what must be read waits.
  await moveInJira(harness, key, 'In Progress');
  const body = movedBody(issue, 'In Progress', { id: '99000001', at: Date.now() });
  const headers = { authorization: `Bearer ${webhookSecret}` };
  bodyOf(await harness.nobody('POST', '/api/webhooks/jira', body, headers));
  await itemBecomes(harness.robin, item.id, 'in-progress');
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');
  expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');

  await control('/app-access', { blocked: false });
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  await until(
    'the connection being fine again',
    async () => !(await reasonsOf(adapter.id)).includes('jira_refuses'),
  );
  const told = (await activityOf(harness.robin, adapter.id, 'adapters')).map(({ kind }) => kind);
  expect(told.filter((kind) => kind === 'connection_refused')).toHaveLength(1);
  expect(told.filter((kind) => kind === 'connection_restored')).toHaveLength(1);
  bodyOf(await push(harness.robin, waiting), 201);
  await moveInJira(harness, key, 'Done');
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
  await itemBecomes(harness.robin, item.id, 'resolved');
});

it('asks for a new consent where the account was deactivated, and catches up with it', async () => {
  const { workflow, adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const { item, key } = await pushedItem(harness, workflow);
  const waiting = await addItem(harness.robin, workflow, { title: 'Pushed while deactivated' });
  await control(`/accounts/${ada.accountId}`, { active: false });
  const failed = await push(harness.robin, waiting);
  expect(failed.body).toMatchObject({ code: 'needs_reauth', remedy: expect.stringMatching(/econnect/) });
  await until(
    'the adapter asking for consent',
    async () => (await readAdapter(harness.robin, adapter.id)).state === 'needs_reauth',
  );
  await moveInJira(harness, key, 'Done');
  expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');

  await control(`/accounts/${ada.accountId}`, { active: true });
  const path = `/api/adapters/${adapter.id}/reconnect`;
  const { authorizeUrl } = bodyOf(await harness.robin<AdapterStarted>('POST', path));
  await consent(harness, authorizeUrl);
  await itemBecomes(harness.robin, item.id, 'resolved');
  expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
  bodyOf(await push(harness.robin, waiting), 201);
});
