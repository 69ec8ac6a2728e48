import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addFault,
  bodyOf,
  clearFaults,
  type Fault,
  issueInJira,
  moveInJira,
  pushedItem,
} from './support/steps.ts';
import { calm, connectSynced } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  const direction = 'to-jira' as const;
  connected = await connectSynced(harness, {
    ...{ status: { direction: 'both' }, summary: { direction } },
    ...{ description: { direction }, priority: { direction } },
  });
});
afterAll(() => harness.stop());
afterEach(() => clearFaults(harness));

/** The answers to an edit of an issue (reality: a field that is on no screen, a closed issue, no permission to edit). */
function refusing(status: number, body: unknown): Fault {
  return { kind: 'status', status, match: { method: 'PUT', pathIncludes: '/rest/api/3/issue/' }, body };
}

const edit = async (id: string, change: Partial<Item>) =>
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));

const failuresOf = async (item: Item) =>
  (await activityOf(harness.robin, item.id)).filter(({ kind }) => kind === 'change_failed');

describe('the status is sent whatever the edit came to', () => {
  it('where Jira refuses one field by name: it is left out, and tried once more after the move', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const refusal = refusing(400, {
      errorMessages: [],
      errors: { priority: "Field 'priority' cannot be set." },
    });
    await addFault(harness, { ...refusal, remaining: 1 });
    await edit(item.id, { status: 'resolved', title: 'A better title', priority: 'urgent' });
    await calm(harness);
    const issue = await issueInJira(harness, key);
    expect([issue.status.name, issue.summary, issue.priority]).toEqual(['Done', 'A better title', 'Highest']);
  });

  it('where a closed issue may not be edited: it is reopened, and the fields go then', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await moveInJira(harness, key, 'Done');
    await until('the item following', async () => {
      const { status } = bodyOf(await harness.robin<Item>('GET', `/api/items/${item.id}`));
      return status === 'resolved';
    });
    await calm(harness);
    const said = 'The issue is not editable in its current workflow state.';
    await addFault(harness, { ...refusing(400, { errorMessages: [said], errors: {} }), remaining: 1 });
    await edit(item.id, { status: 'open', title: 'Open again' });
    await calm(harness);
    const issue = await issueInJira(harness, key);
    expect([issue.status.category, issue.summary]).toEqual(['new', 'Open again']);
  });

  it('where the account may move issues and not edit them: 403', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const account = 'ada';
    const permit = (permission: boolean | null) =>
      harness.jira('POST', '/sandbox/api/permissions', { project: 'SHOP', account, edit: permission });
    await addFault(harness, refusing(403, { errorMessages: ['You may not edit issues.'], errors: {} }));
    bodyOf(await permit(false));
    await edit(item.id, { status: 'resolved', title: 'Not sent' });
    await calm(harness);
    bodyOf(await permit(null));
    const issue = await issueInJira(harness, key);
    expect([issue.status.name, issue.summary]).toEqual(['Done', 'Cart total is wrong']);
    expect((await failuresOf(item)).length).toBeGreaterThan(0);
  });

  it('where the description is refused', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await addFault(harness, refusing(400, { errorMessages: [], errors: { description: 'Not so.' } }));
    await edit(item.id, { status: 'in-progress', description: 'Refused.' });
    await calm(harness);
    expect((await issueInJira(harness, key)).status.name).toBe('In Progress');
    expect((await failuresOf(item))[0]?.summary).toContain('Not so.');
  });

  it('where Jira does not answer the edit', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await addFault(harness, refusing(500, '<html>An app of the site failed</html>'));
    await edit(item.id, { status: 'in-progress', title: 'Later' });
    await until('the status', async () => (await issueInJira(harness, key)).status.name === 'In Progress');
    await clearFaults(harness);
  });
});
