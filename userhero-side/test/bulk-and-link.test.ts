import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { AnsweredPush, Item, Push } from '@userhero/shared/contracts/item.ts';
import type { LinkPreview } from '@userhero/shared/contracts/link.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  issueInJira,
  issuesOf,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readItem,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const ended = (bulk: BulkPush) =>
  until('the bulk push ending', async () => {
    const now = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    return now.state === 'running' ? null : now;
  });

const adapterStep = async (adapterId: string, step: string) =>
  bodyOf(await harness.robin<Adapter>('POST', `/api/adapters/${adapterId}/${step}`));

describe('a bulk push', () => {
  it('pushes every item of a filter once, each to its mapped status, with few calls', async () => {
    const { workflow } = await connectJira(harness);
    const statuses = ['open', 'in-progress', 'resolved', 'closed'];
    for (let index = 0; index < 60; index += 1) {
      await addItem(harness.robin, workflow, { title: `Bulk ${index}`, status: statuses[index % 4] });
    }
    await harness.jira('DELETE', '/sandbox/api/calls');
    const path = `/api/workflows/${workflow.id}/push/jira`;
    const started = bodyOf(await harness.robin<BulkPush>('POST', path, { filter: {} }), 202);
    expect(started).toMatchObject({ total: 60, skipped: 0 });
    expect(await ended(started)).toMatchObject({ state: 'completed', succeeded: 60, failed: 0 });
    const { calls } = (await harness.jira<{ calls: Record<string, number> }>('GET', '/sandbox/api/calls'))
      .body;
    expect(calls.createIssues).toBe(2);
    expect(calls.createIssue).toBeUndefined();

    const { items } = bodyOf(
      await harness.robin<{ items: Item[] }>('GET', `/api/workflows/${workflow.id}/items?limit=200`),
    );
    const keys = items.map((item) => item.externalReferences[0]?.key);
    expect(new Set(keys).size).toBe(60);
    const category: Record<string, string> = {
      open: 'new',
      'in-progress': 'indeterminate',
      resolved: 'done',
      closed: 'done',
    };
    for (const item of items.slice(0, 8)) {
      const issue = await issueInJira(harness, item.externalReferences[0]?.key ?? '');
      expect([issue.summary, issue.status.category]).toEqual([item.title, category[item.status]]);
    }
    const again = bodyOf(await harness.robin<BulkPush>('POST', path, { filter: {} }), 202);
    expect(await ended(again)).toMatchObject({ total: 0, skipped: 60 });
  });

  it('tells which items failed and why, beside those that went well', async () => {
    const { workflow, adapter } = await connectJira(harness, { project: 'FEED' });
    const good = await addItem(harness.robin, workflow, { title: 'Good' });
    expect(adapter.state).toBe('active');
    const fault = {
      match: { method: 'POST', pathIncludes: '/issue/bulk' },
      kind: 'status',
      status: 400,
      body: {
        issues: [],
        errors: [
          {
            status: 400,
            failedElementNumber: 0,
            elementErrors: { errorMessages: [], errors: { summary: 'Not today.' } },
          },
        ],
      },
      remaining: 1,
    };
    await harness.jira('POST', '/sandbox/api/faults', fault);
    const body = { itemIds: [good.id] };
    const path = `/api/workflows/${workflow.id}/push/jira`;
    const first = await ended(bodyOf(await harness.robin<BulkPush>('POST', path, body), 202));
    expect(first).toMatchObject({ succeeded: 0, failed: 1 });
    expect(first.failures[0]).toMatchObject({
      itemId: good.id,
      failure: { code: 'jira_rejected', errors: [{ field: 'summary', message: 'Not today.' }] },
    });
    const second = await ended(bodyOf(await harness.robin<BulkPush>('POST', path, body), 202));
    expect(second).toMatchObject({ succeeded: 1, failed: 0 });
  });

  it('is refused while its adapter is paused, and goes once it is resumed', async () => {
    const { workflow, adapter } = await connectJira(harness);
    for (let index = 0; index < 5; index += 1)
      await addItem(harness.robin, workflow, { title: `Halt ${index}` });
    await adapterStep(adapter.id, 'pause');
    const path = `/api/workflows/${workflow.id}/push/jira`;
    expect((await harness.robin('POST', path, { filter: {} })).body.code).toBe('adapter_not_active');
    await adapterStep(adapter.id, 'resume');
    const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { filter: {} }), 202);
    expect(await ended(bulk)).toMatchObject({ state: 'completed', succeeded: 5 });
  });
});

it('a push while the adapter is paused waits, and is carried out on resume', async () => {
  const { workflow, adapter } = await connectJira(harness);
  const item = await addItem(harness.robin, workflow);
  await adapterStep(adapter.id, 'pause');
  expect(bodyOf(await push(harness.robin, item), 202)).toMatchObject({ state: 'pending' });
  await adapterStep(adapter.id, 'resume');
  await until('the push being carried out', async () => {
    const { externalReferences } = await readItem(harness.robin, item.id);
    return externalReferences.length === 1 || null;
  });
  expect(await issuesOf(harness, item)).toHaveLength(1);
});

describe('an existing issue', () => {
  it('is linked by key or address; the dialog says first which status would win', async () => {
    const { workflow } = await connectJira(harness);
    const { key } = await pushedItem(harness, workflow);
    const created = await harness.jira<{ key: string; url: string }>('POST', '/sandbox/api/issues', {
      site: 'acme',
      project: 'SHOP',
      summary: 'Was in Jira first',
    });
    await moveInJira(harness, created.body.key, 'In Progress');
    const item = await addItem(harness.robin, workflow, { title: 'Links to it', status: 'closed' });
    const path = `/api/items/${item.id}/references/jira`;
    const preview = bodyOf(
      await harness.robin<LinkPreview>('PUT', path, { issue: created.body.key, dryRun: true }),
    );
    const asked = await harness.robin<LinkPreview>('POST', `${path}/preview`, { issue: created.body.key });
    expect(bodyOf(asked)).toEqual(preview);
    expect(preview).toMatchObject({ itemStatusIfJiraWins: 'in-progress', jiraStatusIfUserHeroWins: 'Done' });
    expect((await readItem(harness.robin, item.id)).externalReferences).toEqual([]);

    const wrong = async (issue: string) => (await harness.robin('PUT', path, { issue })).body.code;
    expect(await wrong(key)).toBe('issue_already_linked');
    expect(await wrong('OPS-1')).toBe('issue_in_other_project');
    expect(await wrong('SHOP-99999')).toBe('issue_not_found');
    expect(await wrong('https://elsewhere.example/browse/SHOP-1')).toBe('validation_failed');

    bodyOf(await harness.robin<Item>('PUT', path, { issue: created.body.url }));
    await itemBecomes(harness.robin, item.id, 'in-progress');
    expect((await harness.robin('PUT', path, { issue: created.body.key })).body.code).toBe('already_linked');
    const pushed = await harness.robin<AnsweredPush>('POST', `/api/items/${item.id}/push/jira`);
    expect(bodyOf(pushed)).toMatchObject({
      id: null,
      state: 'succeeded',
      reference: { key: created.body.key },
    });

    expect(bodyOf(await harness.robin<Item>('DELETE', path)).externalReferences).toEqual([]);
    bodyOf(await harness.robin<Item>('PATCH', `/api/items/${item.id}`, { status: 'closed' }));
    bodyOf(await harness.robin<Item>('PUT', path, { issue: created.body.key, winner: 'userhero' }));
    expect((await issueInJira(harness, created.body.key)).status.name).toBe('Done');
    expect((await readItem(harness.robin, item.id)).status).toBe('closed');
  });
});

it('later changes are sent on when the adapter says so, and do not come back as echoes', async () => {
  const { workflow, adapter } = await connectJira(harness);
  bodyOf(await harness.robin<Adapter>('PATCH', `/api/adapters/${adapter.id}`, { sendChanges: true }));
  const { item, key } = await pushedItem(harness, workflow);
  const change = { status: 'closed', title: 'A better title', priority: 'urgent' };
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${item.id}`, change));
  await until('the change in Jira', async () => {
    const issue = await issueInJira(harness, key);
    return issue.status.name === 'Done' && issue.summary === 'A better title' && issue.priority === 'Highest';
  });
  await until('the change being recorded', async () => {
    const entries = await activityOf(harness.robin, item.id);
    return entries.some((entry) => entry.kind === 'change_sent') || null;
  });
  // A later change of the issue comes back, so every echo has been seen by then.
  await moveInJira(harness, key, 'In Review');
  await itemBecomes(harness.robin, item.id, 'in-progress');
  const inbound = (await activityOf(harness.robin, item.id)).filter(
    (entry) => entry.kind === 'inbound_applied',
  );
  expect(inbound).toHaveLength(1);
  expect((await harness.robin<Push>('POST', `/api/items/${item.id}/push/jira`)).status).toBe(200);
});

it('wrong keys from an address are told to wait, and good ones from it are not', async () => {
  const answers = await Promise.all(
    Array.from({ length: 320 }, () =>
      fetch(`${harness.origin}/api/me`, { headers: { authorization: 'Bearer wrong' } }).then(
        ({ status }) => status,
      ),
    ),
  );
  expect(new Set(answers)).toEqual(new Set([401, 429]));
  expect((await harness.robin('GET', '/api/me')).status).toBe(200);
});
