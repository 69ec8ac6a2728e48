import type { Push } from '@userhero/shared/contracts/item.ts';
import type { ProblemDocument } from '@userhero/shared/contracts/problem.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  consent,
  type Fault,
  issueInJira,
  issuesOf,
  push,
  pushedItem,
  readAdapter,
  readItem,
  withFault,
} from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;
let adapterId: string;

/** A doubtful create is repeated only after two searches; tests do not wait for them, the service's clock does. */
let aheadMs = 0;
const searchLagMs = 60_000;

beforeAll(async () => {
  harness = await startHarness({ now: () => new Date(Date.now() + aheadMs) });
  const connected = await connectJira(harness);
  workflow = connected.workflow;
  adapterId = connected.adapter.id;
  // The project is known from here on, so that a fault hits the call that it is meant for.
  await pushedItem(harness, workflow);
});
afterAll(() => harness.stop());

const newItem = (wanted = {}) => addItem(harness.robin, workflow, wanted);
const creating = { method: 'POST', pathEnds: '/rest/api/3/issue' };

/** Pushes while Jira is broken, and answers the problem. */
async function pushWith(fault: Fault, item: { id: string }): Promise<Answer<ProblemDocument>> {
  const answer = await withFault(harness, fault, () => push(harness.robin, item));
  return answer as unknown as Answer<ProblemDocument>;
}

/** Pushes once more after each of the waits that stand before a second create. */
async function pushPastAllDoubt(item: { id: string }): Promise<Push> {
  aheadMs += searchLagMs;
  const answer = await push(harness.robin, item);
  if (answer.status !== 201) aheadMs += searchLagMs;
  return ended(answer.status === 201 ? answer : await push(harness.robin, item));
}

/** Waits until a push that was answered with 202 has ended. */
async function ended(answer: Answer<Push>): Promise<Push> {
  expect([201, 202]).toContain(answer.status);
  return until('the end of the push', async () => {
    const seen = bodyOf(await harness.robin<Push>('GET', answer.body.statusUrl));
    return seen.state !== 'pending' && seen.state !== 'running' && seen;
  });
}

describe('a push that fails', () => {
  it.each([
    ['Jira down', { kind: 'status', status: 503 }, 502, 'jira_unavailable', 'Nothing is lost'],
    [
      'a connection cut before Jira heard',
      { kind: 'drop_before' },
      502,
      'jira_unavailable',
      'Nothing is lost',
    ],
    [
      'Push fails with "unauthorized"',
      { kind: 'status', status: 401, match: creating },
      409,
      'jira_unauthorized',
      'Reconnect the adapter — your OAuth token may have expired',
    ],
    [
      "Can't see my project",
      { kind: 'status', status: 403, match: creating },
      403,
      'jira_forbidden',
      'Ensure you have project admin access in Jira',
    ],
    [
      'Wrong issue type created',
      {
        kind: 'status',
        status: 400,
        match: creating,
        body: { errorMessages: [], errors: { issuetype: 'The issue type selected is invalid.' } },
      },
      422,
      'jira_rejected',
      "Check the Jira project's default issue type settings",
    ],
    [
      'a field that Jira refuses',
      {
        kind: 'status',
        status: 400,
        match: creating,
        body: { errorMessages: [], errors: { customfield_10070: 'Team is required.' } },
      },
      422,
      'jira_rejected',
      'fixed value in Settings → Sync Adapters',
    ],
  ] as const)('%s: says what to do, and works when it is tried again', async (_, fault, status, code, remedy) => {
    const item = await newItem();
    const answer = await pushWith(fault as Fault, item);
    expect([answer.status, answer.body]).toMatchObject([status, { code }]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.remedy).toContain(remedy);
    if ('body' in fault) {
      const [[field, message] = []] = Object.entries(fault.body.errors);
      expect(answer.body.errors).toEqual([{ field, message }]);
    }
    const failed = await readItem(harness.robin, item.id);
    expect(failed.externalReferences).toEqual([]);
    expect(failed.latestPush).toMatchObject({
      state: 'failed',
      failure: { code, remedy: answer.body.remedy },
    });
    expect((await activityOf(harness.robin, item.id))[0]).toMatchObject({
      kind: 'push_failed',
      reason: code,
    });

    expect(await pushPastAllDoubt(item)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('because Jira asks to slow down waits as long as Jira says, and then succeeds', async () => {
    const item = await newItem();
    const limited: Fault = { kind: 'status', status: 429, match: creating, remaining: 1 };
    const answer = await withFault(harness, limited, async () => ended(await push(harness.robin, item)));
    expect(answer.state).toBe('succeeded');
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('because the project has changed in Jira since it was read goes out as it is now', async () => {
    const project = harness.sandbox.world.sites[0]?.projects.find(({ key }) => key === 'SHOP');
    if (!project) throw new Error('no project');
    const own = await connectJira(harness);
    await pushedItem(harness, own.workflow);
    const screen = project.createScreen;
    project.createScreen = screen.filter((field) => field !== 'priority');
    aheadMs += 11 * 60_000;
    const item = await addItem(harness.robin, own.workflow, { priority: 'urgent' });
    const pushed = bodyOf(await push(harness.robin, item), 201);
    project.createScreen = screen;
    expect(pushed.warnings).toMatchObject([{ code: 'priority_left_out' }]);
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('to read or move the new issue still gives the item its reference, and says so', async () => {
    const item = await newItem({ status: 'resolved' });
    const stuck: Fault = { kind: 'status', status: 503, match: { pathIncludes: '/transitions' } };
    const pushed = bodyOf(await withFault(harness, stuck, () => push(harness.robin, item)), 201);
    expect(pushed.warnings).toMatchObject([{ code: 'status_unreachable' }]);
    expect((await issueInJira(harness, pushed.reference?.key ?? '')).status.name).toBe('To Do');
    expect(pushed.reference?.jiraStatus).toBe('To Do');
  });
});

describe('exactly one issue an item', () => {
  it('when the connection drops after Jira’s commit', async () => {
    const item = await newItem({ status: 'in-progress' });
    const dropped: Fault = { kind: 'drop_after_commit', match: creating, remaining: 1 };
    const answer = await withFault(harness, dropped, async () => ended(await push(harness.robin, item)));
    expect(answer.state).toBe('succeeded');
    const issues = await issuesOf(harness, item);
    expect(issues).toHaveLength(1);
    expect(answer.reference).toMatchObject({ key: issues[0]?.key, jiraStatus: 'In Progress' });
  });

  it('when moreover Jira’s search finds it only seconds later, and a person pushes again', async () => {
    await harness.jira('POST', '/sandbox/api/settings', { searchLagMs: 3_000 });
    const item = await newItem();
    const dropped: Fault = { kind: 'drop_after_commit', match: creating, remaining: 1 };
    const answers = await withFault(harness, dropped, () =>
      Promise.all([push(harness.robin, item), push(harness.robin, item)]),
    );
    for (const answer of answers) expect((await ended(answer)).state).toBe('succeeded');
    await harness.jira('POST', '/sandbox/api/settings', { searchLagMs: 0 });
    expect(await issuesOf(harness, item)).toHaveLength(1);
    expect((await push(harness.robin, item)).status).toBe(200);
  });

  it('when Jira takes the issue and answers 500, again and again', async () => {
    const item = await newItem();
    const dropped: Fault = { kind: 'drop_after_commit', match: creating, remaining: 1 };
    bodyOf(await harness.jira('POST', '/sandbox/api/faults', dropped), 201);
    const down: Fault = { kind: 'status', status: 500, match: { pathIncludes: '/search/jql' } };
    const answer = await pushWith(down, item);
    expect([answer.status, answer.body]).toMatchObject([502, { code: 'jira_unavailable' }]);
    expect(await issuesOf(harness, item)).toHaveLength(1);
    const again = await ended(await push(harness.robin, item));
    expect(again.state).toBe('succeeded');
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });
});

describe('a grant that was revoked', () => {
  it('makes the adapter say once that it needs a new consent, and works again after it', async () => {
    const items = await Promise.all([newItem(), newItem(), newItem()]);
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'ada' }));
    for (const item of items) {
      const answer = await push(harness.robin, item);
      expect([answer.status, answer.body]).toMatchObject([409, { code: 'needs_reauth' }]);
      expect(JSON.stringify(answer.body)).toContain('Reconnect the adapter');
    }
    const adapter = await readAdapter(harness.robin, adapterId);
    expect(adapter.state).toBe('needs_reauth');
    expect(adapter.remedy).toContain('your OAuth token may have expired');
    const told = await activityOf(harness.robin, adapterId, 'adapters');
    expect(told.filter(({ kind }) => kind === 'needs_reauth')).toHaveLength(1);

    const started = await harness.robin<{ authorizeUrl: string }>(
      'POST',
      `/api/adapters/${adapterId}/reconnect`,
    );
    await consent(harness, bodyOf(started).authorizeUrl);
    expect((await readAdapter(harness.robin, adapterId)).state).toBe('active');
    for (const item of items) expect((await push(harness.robin, item)).status).toBe(201);
  });
});
