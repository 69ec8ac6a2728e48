import { randomUUID } from 'node:crypto';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item, Push } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { maintain } from '../src/jobs/maintenance.ts';
import { createConversionPool } from '../src/push/conversion-pool.ts';
import { createWriteDescription } from '../src/push/write-description.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  issueInJira,
  issuesOf,
  push,
  pushedItem,
  readItem,
  withFault,
} from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;
let adapterId: string;

const pool = createConversionPool({ threads: 2, deadlineMs: 20_000 });
const write = createWriteDescription(pool, (error) => {
  throw error;
});
const poison = 'POISON';

beforeAll(async () => {
  harness = await startHarness({
    pushWaits: { leaseMs: 60_000, searchLagMs: 500 },
    // Real conversion, but for one word.
    writeDescription: async (markdown, ...about) => {
      if (markdown.includes(poison)) throw new RangeError('Maximum call stack size exceeded');
      return write(markdown, ...about);
    },
  });
  const connected = await connectJira(harness);
  workflow = connected.workflow;
  adapterId = connected.adapter.id;
  await pushedItem(harness, workflow);
});
afterAll(async () => {
  await pool.stop();
  await harness.stop();
});
afterEach(() => settings({ adfLimitCounts: 'text', oddCharacters: 'taken' }));

const settings = (wanted: Record<string, string>) => harness.jira('POST', '/sandbox/api/settings', wanted);
const newItem = (wanted: { title?: string; description?: string } = {}): Promise<Item> =>
  addItem(harness.robin, workflow, wanted);

/** Pushes and waits for the end, however long a busy machine takes. */
async function pushToEnd(item: { id: string }): Promise<Push> {
  const answer = await push(harness.robin, item);
  expect([201, 202], JSON.stringify(answer.body)).toContain(answer.status);
  return until(
    'the end of the push',
    async () => {
      const seen = bodyOf(await harness.robin<Push>('GET', answer.body.statusUrl));
      return seen.state !== 'pending' && seen.state !== 'running' && seen;
    },
    40_000,
  );
}

async function descriptionOf(pushed: Push): Promise<string> {
  return JSON.stringify((await issueInJira(harness, pushed.reference?.key ?? '')).description);
}

const codesOf = (pushed: Push): string[] => pushed.warnings.map(({ code }) => code);

describe('a description', () => {
  it.each([
    ['[a](', '[a]('.repeat(2_500)],
    ['*a ', '*a '.repeat(20_000)],
    ['_a', '_a'.repeat(20_000)],
    ['3,000 quotes deep', `${'>'.repeat(3_000)} the end`],
    ['5,000 lists deep', `${'- '.repeat(5_000)}the end`],
    ['[![', '[!['.repeat(33_000)],
    ['an address in an address', '![x](http://a.b/'.repeat(6_000)],
    ['10,000 rows', `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(9_990)}`],
    ['emoji', '🎉'.repeat(50_000)],
    ['one line a word', 'a\n\n'.repeat(33_000)],
  ])('of %s comes to Jira', async (_, description) => {
    expect(await pushToEnd(await newItem({ description }))).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['> a\n>> b', 'description_simplified'],
    ['> # Title', 'description_simplified'],
    ['- a\n  > quoted', 'description_simplified'],
    ['- ', null],
    ['>', null],
    ['|  | b |\n|---|---|\n| 1 | 2 |', null],
    ['```\n```', null],
    ['- [ ] a\n  - [ ] b', null],
    ['- [x] a\n  - b', 'description_simplified'],
    ['- [ ] `code`', null],
    ['line one<br>line two\nline three', null],
    ['# [a](https://b.co) ![i](https://b.co/i.png)', null],
  ])('%j is taken by Jira, with the warning %s', async (description, warning) => {
    const pushed = await pushToEnd(await newItem({ description }));
    expect(pushed).toMatchObject({ state: 'succeeded', failure: null });
    expect(codesOf(pushed)).toEqual(warning ? [warning] : []);
  });

  it('is not said to be whole where it was shortened too', async () => {
    const pushed = await pushToEnd(
      await newItem({ description: `- a\n  > quoted\n\n${'word '.repeat(10_000)}` }),
    );
    expect(codesOf(pushed)).toEqual(['description_simplified', 'description_shortened']);
    expect(JSON.stringify(pushed.warnings)).not.toContain('every word');
  });

  it('keeps what stands in angle brackets, and line breaks', async () => {
    const description = 'Replace <your-token>, it returns a List<String>.\n<div>Monday</div><br>end';
    const text = await descriptionOf(await pushToEnd(await newItem({ description })));
    for (const part of ['<your-token>', 'List<String>', '<div>Monday</div>', '"hardBreak"', 'end'])
      expect(text).toContain(part);
  });

  it('leads nowhere but to the web and to mail', async () => {
    const description = '[x](javascript:alert(1)) [y](data:text/html,a) [z](/local) [w](https://b.co) a@b.co';
    const text = await descriptionOf(await pushToEnd(await newItem({ description })));
    expect(text.match(/"href":"[^"]*"/g)).toEqual(['"href":"https://b.co"', '"href":"mailto:a@b.co"']);
    expect(text).toContain('javascript:alert(1)');
  });

  it('holds no control characters when it comes to Jira, and neither does the title', async () => {
    await settings({ oddCharacters: 'refused' });
    const item = await newItem({ title: 'a\u0085b\u0001c\ud83d', description: 'd\u0001e\u0085f\ud83d' });
    const pushed = await pushToEnd(item);
    expect(pushed.state).toBe('succeeded');
    expect((await issueInJira(harness, pushed.reference?.key ?? '')).summary).toBe('a bc\ufffd');
  });

  it('goes as plain paragraphs where Jira refuses its looks, and says so', async () => {
    const description = '# Title\n\n- **one**\n- two';
    const item = await newItem({ description });
    const refusal = { status: 400, body: { errorMessages: [], errors: { description: 'INVALID_INPUT' } } };
    const match = { method: 'POST', pathEnds: '/rest/api/3/issue' };
    const fault = { kind: 'status' as const, match, remaining: 1, ...refusal };
    const pushed = await withFault(harness, fault, () => pushToEnd(item));
    expect(codesOf(pushed)).toEqual(['description_simplified']);
    const text = await descriptionOf(pushed);
    expect(text).toContain('**one**');
    expect(text).not.toContain('"bulletList"');
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('is shortened once more where Jira counts what it stores', async () => {
    await settings({ adfLimitCounts: 'markup' });
    const item = await newItem({ description: '[link](https://example.com/a) '.repeat(1_500) });
    const pushed = await pushToEnd(item);
    expect(codesOf(pushed)).toEqual(['description_shortened']);
    expect(await descriptionOf(pushed)).toContain(`${harness.origin}/items/${item.id}`);
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('cut inside of code ends the code before the link to the whole', async () => {
    const item = await newItem({ description: `\`\`\`\n${'code '.repeat(8_000)}` });
    const pushed = await pushToEnd(item);
    const { description } = await issueInJira(harness, pushed.reference?.key ?? '');
    const { content } = description as { content: { type: string; content: unknown }[] };
    expect(content.map(({ type }) => type)).toEqual(['codeBlock', 'paragraph']);
    expect(JSON.stringify(content[1])).toContain(`${harness.origin}/items/${item.id}`);
  });

  describe('that the create screen has no field for', () => {
    const screens = (wanted: { create?: string[]; edit?: string[] }) =>
      harness.jira('POST', '/sandbox/api/screens', { site: 'nordwind', project: 'VER', ...wanted });

    it('is sent by an edit afterwards, or left out with a warning where that has none either', async () => {
      bodyOf(
        await screens({ create: ['summary', 'priority'], edit: ['summary', 'priority', 'description'] }),
      );
      const { workflow: own } = await connectJira(harness, { site: 'nordwind', project: 'VER' });
      const text = { description: '**words** for Jira' };
      const sent = await pushToEnd(await addItem(harness.robin, own, text));
      expect(codesOf(sent)).not.toContain('description_left_out');
      const issue = await issueInJira(harness, sent.reference?.key ?? '', 'nordwind');
      expect(JSON.stringify(issue.description)).toContain('words');
      bodyOf(await screens({ edit: ['summary', 'priority'] }));
      const left = await pushToEnd(await addItem(harness.robin, own, text));
      expect(codesOf(left)).toContain('description_left_out');
    });
  });
});

describe('an item whose text breaks the conversion', () => {
  it('fails alone, with a sentence and what to do', async () => {
    const item = await newItem({ description: poison });
    const answer = await push(harness.robin, item);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'item_not_sendable',
      remedy: expect.stringContaining('push again'),
    });
    expect((await readItem(harness.robin, item.id)).latestPush).toMatchObject({ state: 'failed' });
    expect((await activityOf(harness.robin, item.id))[0]).toMatchObject({ kind: 'push_failed' });
    expect(await issuesOf(harness, item)).toEqual([]);
  });

  it('holds up neither its neighbours in a bulk push nor the bulk push', async () => {
    const items = await Promise.all(['one', poison, 'two'].map((description) => newItem({ description })));
    const path = `/api/workflows/${workflow.id}/push/jira`;
    const itemIds = items.map(({ id }) => id);
    const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { itemIds }), 202);
    const ended = await until('the bulk push ending', async () => {
      const now = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
      return now.state !== 'running' && now;
    });
    expect(ended).toMatchObject({ state: 'completed', succeeded: 2, failed: 1 });
    expect(ended.failures[0]).toMatchObject({ itemId: items[1]?.id, failure: { code: 'item_not_sendable' } });
  });

  it('does not stop a changed item’s neighbours, and the activity says what was not sent', async () => {
    const { item } = await pushedItem(harness, workflow);
    bodyOf(await harness.robin('PATCH', `/api/adapters/${adapterId}`, { sendChanges: true }));
    bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { description: poison }));
    const told = await until('the failed change in the activity', async () =>
      (await activityOf(harness.robin, item.id)).find(({ kind }) => kind === 'change_failed'),
    );
    expect(told).toMatchObject({ reason: 'item_not_sendable' });
    bodyOf(await harness.robin('PATCH', `/api/adapters/${adapterId}`, { sendChanges: false }));
  });
});

describe('a push that breaks off every time', () => {
  /** As a process leaves it that died over it so often. */
  async function brokenPush(unfinished: number, createSentAt: Date | null) {
    const item = await newItem();
    const { id: organizationId } = await harness.database.prisma.organization.findFirstOrThrow({
      where: { projects: { some: { id: item.projectId } } },
    });
    const id = randomUUID();
    await harness.database.prisma.push.create({
      data: {
        id,
        organizationId,
        itemId: item.id,
        adapterId,
        requestedBy: 'Robin Bright',
        state: 'running',
        leaseOwner: 'gone',
        leaseUntil: new Date(Date.now() - 1000),
        unfinished,
        createSentAt,
      },
    });
    return { item, id };
  }

  it('is given up, and keeps open whether Jira has the issue', async () => {
    const { item, id } = await brokenPush(5, new Date(Date.now() - 60_000));
    const answer = await push(harness.robin, item);
    expect(answer.body).toMatchObject({ code: 'internal', detail: expect.stringContaining('given up') });
    const row = await harness.database.prisma.push.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ state: 'failed', createSentAt: expect.any(Date) });
    expect(await pushToEnd(item)).toMatchObject({ state: 'succeeded' });
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('is taken up again before that', async () => {
    const { item } = await brokenPush(2, null);
    expect(await pushToEnd(item)).toMatchObject({ state: 'succeeded' });
  });

  it('does not keep maintenance from the other pushes', async () => {
    const broken = await brokenPush(0, null);
    const good = await brokenPush(0, null);
    const taken: string[] = [];
    const errors: unknown[] = [];
    await maintain({
      pool: harness.database.pool,
      retention: harness.config.retention,
      wakeDeliveries: () => {},
      logError: (error) => errors.push(error),
      wakeBulk: async () => {},
      wakePush: async ({ id }) => {
        if (id === broken.id) throw new Error('broken');
        taken.push(id);
      },
    });
    expect(taken).toContain(good.id);
    expect(errors).toHaveLength(1);
    await Promise.all([broken, good].map(({ item }) => pushToEnd(item)));
  });
});
