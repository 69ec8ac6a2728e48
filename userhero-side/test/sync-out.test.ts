import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  bodyOf,
  issueInJira,
  type JiraIssue,
  pushedItem,
  readItem,
  withFault,
} from './support/steps.ts';
import { calm, connectSynced, editInJira, editsOf } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  const direction = 'to-jira' as const;
  connected = await connectSynced(harness, {
    status: { direction: 'both' },
    summary: { direction },
    description: { direction },
    priority: { direction },
  });
});
afterAll(() => harness.stop());

const edit = async (id: string, change: Partial<Item>) =>
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));

describe('an edit here', () => {
  it('sends what was edited, and leaves alone what somebody wrote in Jira', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await editInJira(harness, key, { summary: 'Better in Jira' });
    await edit(item.id, { priority: 'urgent' });
    const issue = await until('the priority in Jira', async () => {
      const seen = await issueInJira(harness, key);
      return seen.priority === 'Highest' && seen;
    });
    expect(issue.summary).toBe('Better in Jira');
  });

  it('is sent once, however often its visit is asked for', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await Promise.all(['One', 'Two', 'Three'].map((title) => edit(item.id, { title })));
    await edit(item.id, { title: 'The last' });
    await calm(harness);
    const issue = await issueInJira(harness, key);
    expect(issue.summary).toBe('The last');
    await edit(item.id, { priority: 'low' });
    await calm(harness);
    const later = await issueInJira(harness, key);
    expect([later.priority, editsOf(later, 'summary')]).toEqual(['Low', editsOf(issue, 'summary')]);
  });
});

describe('an edited status', () => {
  it('that Jira could not carry out at the moment is sent again', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await calm(harness);
    const match = { method: 'POST', pathIncludes: '/transitions' };
    await withFault(harness, { kind: 'status', status: 503, match, remaining: 1 }, async () => {
      await edit(item.id, { status: 'closed' });
      await until('Done', async () => (await issueInJira(harness, key)).status.name === 'Done');
    });
    await calm(harness);
    const told = (await activityOf(harness.robin, item.id)).map(({ code }) => code);
    expect(told).not.toContain('issue_not_moved');
    expect(told.filter((code) => code === 'change_sent')).toHaveLength(1);
    expect((await readItem(harness.robin, item.id)).status).toBe('closed');
  });
});

describe('an issue that was moved to a project that is not connected', () => {
  it('gets what is edited here, fields and status, in its new project', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const path = `/sandbox/api/issues/${key}/move-project`;
    const { key: movedKey } = bodyOf(await harness.jira<JiraIssue>('POST', path, { project: 'HR' }));
    bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/reconcile`), 202);
    await until(
      'the move being known',
      async () => (await readItem(harness.robin, item.id)).externalReferences[0]?.state === 'issue_moved',
    );
    await edit(item.id, { title: 'After the issue moved', status: 'resolved' });
    await calm(harness);
    const issue = await issueInJira(harness, movedKey);
    expect([issue.project.key, issue.summary, issue.status.category]).toEqual([
      'HR',
      'After the issue moved',
      'done',
    ]);
  });
});

describe('a field that Jira refuses', () => {
  const refusal = {
    kind: 'status' as const,
    status: 400,
    match: { method: 'PUT', pathIncludes: '/rest/api/3/issue/' },
    remaining: 1,
    body: { errorMessages: [], errors: { summary: 'The summary is frozen.' } },
  };

  it('does not stop the other fields, and is told', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await withFault(harness, refusal, async () => {
      await edit(item.id, { title: 'Refused', priority: 'high' });
      await calm(harness);
    });
    const issue = await issueInJira(harness, key);
    expect([issue.summary, issue.priority]).toEqual(['Cart total is wrong', 'High']);
    const told = (await activityOf(harness.robin, item.id)).filter(({ kind }) => kind === 'change_failed');
    expect(told).toMatchObject([{ reason: 'jira_rejected', issueKey: key }]);
    expect(told[0]?.summary).toContain('The summary is frozen.');
  });

  it('because it is on no screen stops neither the other fields nor the status', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const screens = (edit: string) => harness.jira('POST', '/sandbox/api/screens', { project: 'SHOP', edit });
    bodyOf(await screens('description priority'));
    await edit(item.id, { title: 'On no screen', priority: 'high', status: 'closed' });
    await calm(harness);
    bodyOf(await screens('summary description priority labels'));
    const issue = await issueInJira(harness, key);
    expect([issue.summary, issue.priority, issue.status.name]).toEqual([
      'Cart total is wrong',
      'High',
      'Done',
    ]);
  });

  it('is not sent again until its value changes', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await withFault(harness, refusal, async () => {
      await edit(item.id, { title: 'Refused' });
      await calm(harness);
    });
    await edit(item.id, { priority: 'low' });
    await calm(harness);
    expect(await issueInJira(harness, key)).toMatchObject({
      summary: 'Cart total is wrong',
      priority: 'Low',
    });
    await edit(item.id, { title: 'Accepted' });
    await calm(harness);
    expect((await issueInJira(harness, key)).summary).toBe('Accepted');
  });

  it('is tried once more after the move to a status in which the issue may be edited', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const frozen = {
      kind: 'status' as const,
      status: 400,
      match: { method: 'PUT', pathIncludes: '/rest/api/3/issue/' },
      remaining: 1,
      body: { errorMessages: ['This issue is not editable.'], errors: {} },
    };
    await withFault(harness, frozen, async () => {
      await edit(item.id, { title: 'After the move', status: 'in-progress' });
      await calm(harness);
    });
    const issue = await issueInJira(harness, key);
    expect([issue.summary, issue.status.name]).toEqual(['After the move', 'In Progress']);
  });
});
