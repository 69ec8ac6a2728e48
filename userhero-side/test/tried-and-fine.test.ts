import type { AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import type { Push } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addAdapter,
  addItem,
  bodyOf,
  connectJira,
  consent,
  consentUrl,
  type Fault,
  issueInJira,
  issuesOf,
  newWorkflow,
  push,
  pushedItem,
  readAdapter,
  withFault,
} from './support/steps.ts';

// Situations that others met with Jira and that stand here; docs/jira-truth.md has the list.

let harness: Harness;
let workflow: Workflow;
let aheadMs = 0;
const pastAllDoubt = 120_000;

beforeAll(async () => {
  harness = await startHarness({ now: () => new Date(Date.now() + aheadMs) });
  ({ workflow } = await connectJira(harness));
  // The project is known from here on, so that a fault hits the call that it is meant for.
  await pushedItem(harness, workflow);
});
afterAll(() => harness.stop());

type Node = { type: string; text?: string; marks?: { type: string }[]; content?: Node[] };

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  for (const child of node.content ?? []) yield* nodesOf(child);
}

async function ended(answer: Answer<Push>): Promise<Push> {
  expect([200, 201, 202], JSON.stringify(answer.body)).toContain(answer.status);
  return until('the end of the push', async () => {
    const seen = bodyOf(await harness.robin<Push>('GET', answer.body.statusUrl));
    return seen.state !== 'pending' && seen.state !== 'running' && seen;
  });
}

/** Pushes an item and answers the issue that came of it. */
async function pushText(wanted: { title?: string; description?: string }) {
  const pushed = await ended(await push(harness.robin, await addItem(harness.robin, workflow, wanted)));
  expect(pushed, JSON.stringify(pushed)).toMatchObject({ state: 'succeeded' });
  const issue = await issueInJira(harness, pushed.reference?.key ?? '');
  return { pushed, issue, nodes: [...nodesOf(issue.description as Node)] };
}

describe('a title', () => {
  it.each([
    ['a\nb\r\nc', 'a b c'],
    ['a\tb', 'a b'],
    ['a\u2028b', 'a b'],
  ])('%j is one line in Jira', async (title, line) => {
    expect((await pushText({ title, description: 'x' })).issue.summary).toBe(line);
  });

  it('of 300 characters is cut to 255 with a warning, and one of blanks is refused with the field', async () => {
    const { issue, pushed } = await pushText({ title: 'x'.repeat(300), description: 'x' });
    expect(issue.summary).toMatch(/^x{254}…$/);
    expect(pushed.warnings).toMatchObject([{ code: 'summary_shortened' }]);
    const blank = await harness.robin('POST', `/api/workflows/${workflow.id}/items`, { title: '  \t ' });
    expect([blank.status, blank.body.errors?.[0]?.field]).toEqual([400, 'title']);
  });
});

describe('a description', () => {
  it.each([
    '**`a`**',
    '__`a`__',
    '**b `a`**',
    '***`a`***',
    '~~`a`~~',
  ])('with code inside of other marks, %s, has marks that go together', async (description) => {
    const { nodes } = await pushText({ description });
    const code = nodes.find((node) => node.marks?.some((mark) => mark.type === 'code'));
    expect(code).toMatchObject({ text: 'a', marks: [{ type: 'code' }] });
  });

  it.each([
    '- a\n  - b\n- c',
    '- a\n\n  - b\n\n- c',
    '1. a\n   - b\n2. c',
  ])('with a list in a list, %j, has one nested list', async (description) => {
    const { nodes } = await pushText({ description });
    const lists = nodes.filter((node) => /List$/.test(node.type));
    expect(lists).toHaveLength(2);
    expect(lists[0]?.content).toHaveLength(2);
  });

  it('with a table has a paragraph in each cell, an empty one too', async () => {
    const { nodes } = await pushText({ description: '| a | b |\n|---|---|\n| 1 |  |' });
    const cells = nodes.filter((node) => /^table(Cell|Header)$/.test(node.type));
    expect(cells.map((cell) => cell.content?.map((one) => one.type))).toEqual(
      Array.from({ length: 4 }, () => ['paragraph']),
    );
  });

  it.each([
    'word '.repeat(20_000),
    '😀'.repeat(50_000),
  ])('of 100,000 characters is shortened with a link to the whole, and no character is halved', async (description) => {
    const { pushed, issue } = await pushText({ description });
    expect(pushed.warnings).toMatchObject([{ code: 'description_shortened' }]);
    const text = JSON.stringify(issue.description);
    expect(text).toContain(`${harness.origin}/items/`);
    expect(text).not.toMatch(/\\ud[89a-f]/i);
  });

  it('in Hebrew or with emoji comes unchanged, and a lone half of a character does not stop the push', async () => {
    const title = 'שלום עולם 😀';
    const { issue, nodes } = await pushText({ title, description: title });
    expect([issue.summary, nodes.find((node) => node.text)?.text]).toEqual([title, title]);
    const halved = await addItem(harness.robin, workflow, { title: 'a\ud83d', description: 'b\ud83d' });
    const pushed = await ended(await push(harness.robin, halved));
    const seen = await issueInJira(harness, pushed.reference?.key ?? '');
    expect(seen.summary).toMatch(/^a\ufffd?$/);
  });
});

describe('Jira’s answers', () => {
  it('429 with Retry-After as a date is waited for', async () => {
    const limit: Fault = {
      kind: 'status',
      status: 429,
      match: { method: 'POST', pathEnds: '/rest/api/3/issue' },
      remaining: 1,
      headers: { 'retry-after': new Date(Date.now() + 2_000).toUTCString() },
    };
    const item = await addItem(harness.robin, workflow);
    const answer = await withFault(harness, limit, async () => ended(await push(harness.robin, item)));
    expect(answer.state).toBe('succeeded');
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it.each([
    ['a page in place of JSON', 200],
    ['a page that says 503', 503],
  ])('%s after the issue was created leads to that issue, and to no second one', async (_, status) => {
    const item = await addItem(harness.robin, workflow);
    const odd: Fault = {
      kind: 'status',
      status,
      match: { method: 'GET', pathIncludes: '/rest/api/3/search' },
      headers: { 'content-type': 'text/html' },
      body: '<html>Jira is being updated</html>',
      remaining: 1,
    };
    const cut: Fault = {
      kind: 'drop_after_commit',
      match: { method: 'POST', pathEnds: '/rest/api/3/issue' },
      remaining: 1,
    };
    bodyOf(await harness.jira('POST', '/sandbox/api/faults', odd), 201);
    await withFault(harness, cut, () => push(harness.robin, item));
    aheadMs += pastAllDoubt;
    await until('the push having ended well', async () => {
      const pushed = await ended(await push(harness.robin, item));
      aheadMs += pastAllDoubt;
      return pushed.state === 'succeeded';
    });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('403 on a transition leaves the issue where it is, and the activity says why', async () => {
    const refusal: Fault = {
      kind: 'status',
      status: 403,
      match: { method: 'POST', pathIncludes: '/transitions' },
      body: { errorMessages: ['You may not move this issue.'], errors: {} },
    };
    const item = await addItem(harness.robin, workflow, { status: 'resolved' });
    const pushed = await withFault(harness, refusal, async () => ended(await push(harness.robin, item)));
    expect(pushed.state).toBe('succeeded');
    const issue = await issueInJira(harness, pushed.reference?.key ?? '');
    expect(issue.changes.filter((one) => one.items.some(({ field }) => field === 'status'))).toEqual([]);
    expect(JSON.stringify([pushed.warnings, await activityOf(harness.robin, item.id)])).toContain(
      'You may not move this issue.',
    );
  });
});

describe('the connection', () => {
  /** A workflow of its own, whose token has run out. */
  async function expired() {
    const { adapter } = await connectJira(harness);
    const { prisma } = harness.database;
    await until('its webhook', async () => {
      const waiting = await prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE name = 'register-webhook' AND state IN ('created', 'retry', 'active')`;
      return waiting.length === 0;
    });
    const { grantId } = await prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } });
    await prisma.grant.update({ where: { id: grantId ?? '' }, data: { accessExpiresAt: new Date(0) } });
    return adapter;
  }
  const refreshing = { method: 'POST', pathIncludes: '/oauth/token' };

  it('needs a new consent at once when the token endpoint says 403 unauthorized_client', async () => {
    const adapter = await expired();
    const body = { error: 'unauthorized_client', error_description: 'refresh_token is invalid' };
    await withFault(harness, { kind: 'status', status: 403, match: refreshing, body }, () =>
      harness.robin('GET', `/api/adapters/${adapter.id}/jira-projects`),
    );
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('needs_reauth');
  });

  it('is not taken for revoked when a page says 403 in place of the token endpoint', async () => {
    const adapter = await expired();
    const headers = { 'content-type': 'text/html' };
    const page: Fault = { kind: 'status', status: 403, match: refreshing, headers, body: '<html></html>' };
    const ask = () => harness.robin('GET', `/api/adapters/${adapter.id}/jira-projects`);
    expect((await withFault(harness, page, ask)).body.code).toBe('jira_unavailable');
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
    expect((await ask()).status).toBe(200);
  });

  it('is made once when the callback is loaded twice, and an earlier link leads nowhere', async () => {
    const started = await addAdapter(harness.robin, await newWorkflow(harness.robin));
    const early = await consentUrl(harness, started.authorizeUrl);
    const again = bodyOf(
      await harness.robin<AdapterStarted>('POST', `/api/adapters/${started.id}/reconnect`),
    );
    const visit = (url: URL) => harness.robin('GET', `${url.pathname}${url.search}`);
    expect((await visit(early)).status).toBe(400);
    const url = await consentUrl(harness, again.authorizeUrl);
    const answers = await Promise.all([visit(url), visit(url)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400]);
    expect((await readAdapter(harness.robin, started.id)).account).not.toBeNull();
  });

  it('is started once by two people at once, and one of two confirmed projects wins whole', async () => {
    const own = await newWorkflow(harness.robin);
    const start = () =>
      harness.robin<AdapterStarted>('POST', `/api/projects/${own.projectId}/adapters`, {
        kind: 'jira',
        workflowId: own.id,
      });
    const starts = await Promise.all([start(), start()]);
    expect(starts.map(({ status }) => status).sort()).toEqual([201, 409]);
    const started = starts.find(({ status }) => status === 201)?.body;
    await consent(harness, started?.authorizeUrl ?? '');
    const acme = harness.sandbox.world.sites[0];
    bodyOf(await harness.robin('PUT', `/api/adapters/${started?.id}/site`, { cloudId: acme?.cloudId }));
    const projects = (acme?.projects ?? []).filter(({ key }) => key === 'SHOP' || key === 'OPS');
    await Promise.all(
      projects.map(({ id }) =>
        harness.robin('PUT', `/api/adapters/${started?.id}/jira-project`, { projectId: id }),
      ),
    );
    const adapter = await readAdapter(harness.robin, started?.id ?? '');
    expect(adapter.state).toBe('active');
    const chosen = projects.find(({ id }) => id === adapter.jiraProject?.id);
    expect(adapter.jiraProject).toMatchObject({ key: chosen?.key, name: chosen?.name });
  });
});
