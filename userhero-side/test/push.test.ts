import { randomUUID } from 'node:crypto';
import type { Push } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
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
  newWorkflow,
  projectOn,
  push,
  pushedItem,
  readItem,
} from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;

beforeAll(async () => {
  harness = await startHarness();
  ({ workflow } = await connectJira(harness));
});
afterAll(() => harness.stop());

const itemIn = (where: Workflow, wanted = {}) => addItem(harness.robin, where, wanted);

describe('Push to Jira', () => {
  it('creates an issue and answers 201 with an External Reference that opens it', async () => {
    const item = await itemIn(workflow);
    const pushed = bodyOf(await push(harness.robin, item), 201);
    expect(pushed).toMatchObject({ itemId: item.id, state: 'succeeded', warnings: [], failure: null });
    const [reference] = (await readItem(harness.robin, item.id)).externalReferences;
    expect(reference).toEqual({
      provider: 'jira',
      key: pushed.reference?.key,
      url: `${harness.sandbox.url}/s/acme/browse/${pushed.reference?.key}`,
      jiraStatus: 'To Do',
      state: 'active',
      holds: [],
    });
    expect((await fetch(reference?.url ?? '')).status).toBe(200);
    expect(bodyOf(await harness.robin<Push>('GET', pushed.statusUrl))).toMatchObject({ state: 'succeeded' });
  });

  it('answers 200 with the same reference when the item was pushed before', async () => {
    const item = await itemIn(workflow);
    const first = bodyOf(await push(harness.robin, item), 201);
    const second = bodyOf(await push(harness.robin, item), 200);
    expect(second.reference).toEqual(first.reference);
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('leaves a link back to the item and the item’s id with the issue', async () => {
    const { item, issue } = await pushedItem(harness, workflow);
    const url = `${harness.origin}/items/${item.id}`;
    expect(issue.remoteLinks[0]?.object).toMatchObject({ url, title: item.title });
    expect(issue.properties).toEqual({ 'userhero.item': { itemId: item.id, url } });
    const [entry] = await activityOf(harness.robin, item.id);
    expect(entry).toMatchObject({ kind: 'pushed', actor: 'Robin Bright', issueKey: issue.key });
  });

  it('makes the title a summary of one line and at most 255 characters', async () => {
    const title = `First line\r\nsecond\tline ${'ä😀'.repeat(120)}`;
    const pushed = bodyOf(await push(harness.robin, await itemIn(workflow, { title })), 201);
    const { summary } = await issueInJira(harness, pushed.reference?.key ?? '');
    expect(summary).toMatch(/^First line second line ä😀.*…$/u);
    expect(summary.length).toBeLessThanOrEqual(255);
    expect(summary.isWellFormed()).toBe(true);
    expect(pushed.warnings).toMatchObject([{ code: 'summary_shortened' }]);
  });

  it('makes the Markdown description a formatted one', async () => {
    const description =
      '## Steps\n\n1. Open the **cart**\n2. Run `pay()`\n\n- [the log](https://example.com/log)\n\n```js\nlet a = 1;\n```\n\n<adf type="panel"></adf>';
    const { issue } = await pushedItem(harness, workflow, { description });
    expect(issue.description).toMatchObject({ type: 'doc', version: 1 });
    const text = JSON.stringify(issue.description);
    for (const part of ['"heading"', '"orderedList"', '"bulletList"', '"codeBlock"', '"strong"', '"code"'])
      expect(text).toContain(part);
    expect(text).toContain('https://example.com/log');
    expect(text).not.toContain('"panel"');
  });

  it('shortens a description to Jira’s limit, and says so', async () => {
    const item = await itemIn(workflow, { description: 'All *work* and no play. '.repeat(2_000) });
    const pushed = bodyOf(await push(harness.robin, item), 201);
    expect(pushed.warnings).toMatchObject([{ code: 'description_shortened' }]);
    const { description } = await issueInJira(harness, pushed.reference?.key ?? '');
    expect(JSON.stringify(description)).toContain(`${harness.origin}/items/${item.id}`);
  });

  it.each([
    ['issues', 'open', 'low', 'To Do', 'Low'],
    ['issues', 'in-progress', 'medium', 'In Progress', 'Medium'],
    ['issues', 'resolved', 'high', 'Done', 'High'],
    ['issues', 'closed', 'urgent', 'Done', 'Highest'],
    ['tickets', 'awaiting-response', 'urgent', 'To Do', 'Highest'],
    ['leads', 'proposal', 'high', 'In Progress', 'High'],
    ['leads', 'lost', 'low', 'Done', 'Low'],
  ] as const)('of %s maps %s and %s to Jira’s %s and %s', async (kind, status, priority, category, name) => {
    const { workflow: own } = await connectJira(harness, { kind });
    const { issue } = await pushedItem(harness, own, { status, priority });
    const categories: Record<string, string> = { new: 'To Do', indeterminate: 'In Progress', done: 'Done' };
    expect([categories[issue.status.category], issue.priority]).toEqual([category, name]);
  });

  it('creates the issue without a priority where the create screen has none, and warns', async () => {
    const { workflow: own } = await connectJira(harness, { project: 'FEED' });
    const pushed = bodyOf(await push(harness.robin, await itemIn(own, { priority: 'urgent' })), 201);
    expect(pushed.warnings).toMatchObject([{ code: 'priority_left_out' }]);
    expect((await issueInJira(harness, pushed.reference?.key ?? '')).priority).toBeNull();
  });

  it('understands a German site by its category keys, and warns that it has no priority "Highest"', async () => {
    const { workflow: own } = await connectJira(harness, { site: 'nordwind', project: 'VER' });
    const item = await itemIn(own, { status: 'in-progress', priority: 'urgent' });
    const pushed = bodyOf(await push(harness.robin, item), 201);
    expect(pushed.reference?.jiraStatus).toBe('In Arbeit');
    expect(pushed.warnings).toMatchObject([{ code: 'priority_left_out', message: /"Highest"/ }]);
    const issue = await issueInJira(harness, pushed.reference?.key ?? '', 'nordwind');
    expect(issue.status.name).toBe('In Arbeit');
  });

  it('reaches Done over several steps where the Jira workflow has no direct one', async () => {
    const { workflow: own } = await connectJira(harness, { project: 'OPS' });
    const { item, issue } = await pushedItem(harness, own, { status: 'resolved' });
    expect(issue.status.name).toBe('Done');
    const steps = issue.changes.flatMap(({ items }) => items.filter(({ field }) => field === 'status'));
    expect(steps.length).toBeGreaterThan(1);
    await until('the echoes of the steps being handled', async () => {
      const { prisma } = harness.database;
      return (await prisma.delivery.count({ where: { state: 'pending' } })) === 0;
    });
    expect(await readItem(harness.robin, item.id)).toMatchObject({ status: 'resolved', version: 1 });
  });

  it('fills required fields with the values that were fixed in set-up', async () => {
    const fixedFields = { customfield_10050: '10102', customfield_10051: 'ISO-27001' };
    const { workflow: own } = await connectJira(harness, { project: 'COMP', fixedFields });
    const { issue } = await pushedItem(harness, own);
    expect(issue.custom).toMatchObject({
      customfield_10050: expect.objectContaining({ id: '10102' }),
      customfield_10051: 'ISO-27001',
    });
  });

  it('gives a required field of several lines a rich text, as Jira wants it', async () => {
    const screens = (wanted: unknown) => harness.jira('POST', '/sandbox/api/screens', wanted);
    const create = ['summary', 'description', 'customfield_10052'];
    await screens({ project: 'FEED', create, required: ['customfield_10052'] });
    const text = 'Asked for by many.\nAlso on the phone.\n\nSee the board.';
    const fixedFields = { customfield_10052: text };
    const { workflow: own } = await connectJira(harness, { project: 'FEED', fixedFields });
    const { issue } = await pushedItem(harness, own);
    expect(issue.custom.customfield_10052).toMatchObject({
      type: 'doc',
      content: [
        { content: [{ text: 'Asked for by many.' }, { type: 'hardBreak' }, { text: 'Also on the phone.' }] },
        { content: [{ text: 'See the board.' }] },
      ],
    });
    await screens({
      project: 'FEED',
      create: ['summary', 'description', 'labels', 'reporter', 'parent'],
      required: [],
    });
  });

  it('asks Jira at most three times before it answers when the project is known already', async () => {
    await pushedItem(harness, workflow, { status: 'in-progress' });
    const item = await itemIn(workflow, { status: 'in-progress' });
    await harness.jira('DELETE', '/sandbox/api/calls');
    bodyOf(await push(harness.robin, item), 201);
    const { calls } = bodyOf(
      await harness.jira<{ calls: Record<string, number> }>('GET', '/sandbox/api/calls'),
    );
    expect(calls).toMatchObject({ createIssue: 1, doTransition: 1 });
    for (const reading of ['getIssue', 'getCreateIssueMetaIssueTypeId', 'getAllStatuses'])
      expect(calls[reading], reading).toBeUndefined();
  });
});

describe('exactly one issue an item', () => {
  it('after a double click', async () => {
    const item = await itemIn(workflow);
    const answers = await Promise.all([push(harness.robin, item), push(harness.robin, item)]);
    expect(new Set(answers.map(({ body }) => body.reference?.key)).size).toBe(1);
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('after twenty pushes at once through two replicas', async () => {
    const another = await harness.startAnother();
    const item = await itemIn(workflow, { status: 'in-progress' });
    const replica = `http://localhost:${another.port}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        if (at % 2 === 0) return (await push(harness.robin, item)).body.reference?.key;
        const path = `${replica}/api/items/${item.id}/push/jira`;
        const answer = await fetch(path, { method: 'POST', headers: harness.robinHeaders });
        return ((await answer.json()) as Push).reference?.key;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toBeTruthy();
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('when the same Idempotency-Key comes again; the key belongs to one item', async () => {
    const [item, other] = [await itemIn(workflow), await itemIn(workflow)];
    const headers = { 'idempotency-key': randomUUID() };
    const first = await push(harness.robin, item, headers);
    const second = await push(harness.robin, item, headers);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.id).toBe(first.body.id);
    const third = await push(harness.robin, other, headers);
    expect([third.status, third.body]).toMatchObject([409, { code: 'idempotency_key_reused' }]);
    expect((await push(harness.robin, other, { 'idempotency-key': 'x'.repeat(201) })).status).toBe(400);
  });
});

describe('nothing is pushed', () => {
  it('where no adapter is connected: 409 adapter_not_active', async () => {
    const item = await itemIn(await newWorkflow(harness.robin));
    const answer = await push(harness.robin, item);
    expect([answer.status, answer.body]).toMatchObject([409, { code: 'adapter_not_active' }]);
  });

  it('where the plan is too low: 403 plan_required, with what to do', async () => {
    const { workflows } = await projectOn(harness.robin, 'free');
    const [own] = workflows;
    if (!own) throw new Error('the project on Free has no workflow');
    const answer = await push(harness.robin, await itemIn(own));
    expect([answer.status, answer.body]).toMatchObject([403, { code: 'plan_required' }]);
    expect(JSON.stringify(answer.body)).toContain('Growth, Pro or Pro Max');
  });

  it('for an item that is not there or another customer’s: 404', async () => {
    const item = await itemIn(workflow);
    expect((await push(harness.casey, item)).status).toBe(404);
    expect((await push(harness.robin, { id: randomUUID() })).status).toBe(404);
    expect((await push(harness.nobody, item)).status).toBe(401);
  });
});
