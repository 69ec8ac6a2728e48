import type { Item } from '@userhero/shared/contracts/item.ts';
import type { ProblemDocument } from '@userhero/shared/contracts/problem.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira, issueInJira, push } from './support/steps.ts';

let harness: Harness;
let workflow: Workflow;
let item: Item;
let adapterId: string;

beforeAll(async () => {
  harness = await startHarness();
  const connected = await connectJira(harness);
  workflow = connected.workflow;
  adapterId = connected.adapter.id;
  item = await addItem(harness.robin, workflow);
});
afterAll(() => harness.stop());

const nul = 'a\u0000b';
const half = 'a\ud83d';

function fieldsOf(answer: Answer<unknown>): string[] {
  expect(answer.status, JSON.stringify(answer.body)).toBe(400);
  const problem = answer.body as ProblemDocument;
  expect(problem.code).toBe('validation_failed');
  return (problem.errors ?? []).map(({ field }) => field);
}

const call = (method: string, path: string, body?: unknown) => harness.robin<unknown>(method, path, body);

describe('a text that cannot be stored', () => {
  it('is refused with its field in a title and a description, new or changed', async () => {
    const path = `/api/workflows/${workflow.id}/items`;
    expect(fieldsOf(await call('POST', path, { title: nul }))).toEqual(['title']);
    expect(fieldsOf(await call('POST', path, { title: 'a', description: nul }))).toEqual(['description']);
    expect(fieldsOf(await call('PATCH', `/api/items/${item.id}`, { title: nul }))).toEqual(['title']);
    expect(fieldsOf(await call('PATCH', `/api/items/${item.id}`, { description: nul }))).toEqual([
      'description',
    ]);
  });

  for (const odd of [nul, half]) {
    it(`is 400 with its field wherever else it comes in: ${JSON.stringify(odd)}`, async () => {
      const items = `/api/workflows/${workflow.id}/items`;
      const bodies: [string, string, unknown][] = [
        ['POST', items, { title: 'a', status: odd }],
        ['PATCH', `/api/items/${item.id}`, { status: odd }],
        ['POST', `/api/workflows/${workflow.id}/push/jira`, { filter: { search: odd } }],
        ['POST', `/api/workflows/${workflow.id}/push/jira`, { itemIds: [odd] }],
        ['POST', `/api/projects/${workflow.projectId}/workflows`, { name: odd, kind: 'issues' }],
        [
          'POST',
          `/api/projects/${workflow.projectId}/workflows`,
          { name: 'a', kind: 'custom', statuses: [{ slug: 'a', name: odd }] },
        ],
        ['POST', `/api/projects/${workflow.projectId}/adapters`, { kind: 'jira', workflowId: odd }],
        ['PUT', `/api/items/${item.id}/references/jira`, { issue: odd }],
        ['PUT', `/api/adapters/${adapterId}/site`, { cloudId: odd }],
        ['PUT', `/api/adapters/${adapterId}/jira-project`, { projectId: '1', fixedFields: { a: odd } }],
        ['PUT', `/api/adapters/${adapterId}/jira-project`, { projectId: '1', fixedFields: { [odd]: 'a' } }],
        ['PUT', `/api/adapters/${adapterId}/jira-project`, { projectId: odd }],
      ];
      for (const [method, path, body] of bodies)
        expect(fieldsOf(await call(method, path, body))).toHaveLength(1);
    });
  }

  it('is 400 in a query, and an address with it leads nowhere', async () => {
    const items = `/api/workflows/${workflow.id}/items`;
    for (const query of ['search', 'status', 'cursor'])
      expect(fieldsOf(await call('GET', `${items}?${query}=a%00b`))).toEqual([`query.${query}`]);
    expect(fieldsOf(await call('GET', `/api/adapters/${adapterId}/jira-projects?query=%00`))).toEqual([
      'query.query',
    ]);
    for (const id of ['%00', 'a%00b', '%ED%A0%80', '%'])
      for (const path of [`/api/items/${id}`, `/api/adapters/${id}/health`, `/api/pushes/${id}`])
        expect((await call('GET', path)).status, path).toBe(404);
  });

  it('never is an error of ours at the open doors', async () => {
    for (const path of [
      '/oauth/atlassian/callback?state=%00&code=%00',
      '/oauth/atlassian/callback?error=%00&error_description=%ED%A0%80',
      '/api/forge/projects/%00',
    ])
      expect((await call('GET', path)).status, path).toBeLessThan(500);
    const bodies = [
      {
        webhookEvent: 'jira:issue_updated',
        timestamp: 1,
        issue: { id: '1', key: nul, self: nul, fields: {} },
      },
      { webhookEvent: nul, issue: { id: half } },
    ];
    for (const body of bodies)
      expect((await harness.nobody('POST', '/api/webhooks/jira', body)).status).toBeLessThan(500);
  });
});

describe('a title', () => {
  it.each([
    '',
    '   ',
    '\u200b\u200d',
    '\ufeff',
    '\u00ad',
    '\u2060\u3164',
    '\u0001\u0085',
    '\u202e',
  ])('of nothing that a person can see is refused: %j', async (title) => {
    expect(fieldsOf(await call('POST', `/api/workflows/${workflow.id}/items`, { title }))).toEqual(['title']);
    expect(fieldsOf(await call('PATCH', `/api/items/${item.id}`, { title }))).toEqual(['title']);
  });

  it('with half a surrogate pair is kept with U+FFFD in its place, and pushed', async () => {
    const odd = await addItem(harness.robin, workflow, { title: half, description: half });
    expect([odd.title, odd.description]).toEqual(['a\ufffd', 'a\ufffd']);
    expect(bodyOf(await push(harness.robin, odd), 201).state).toBe('succeeded');
  });

  it('with an emoji at the limit is cut between characters in the link back, on one line', async () => {
    const title = `${'x'.repeat(100)}\n${'y'.repeat(153)}🎉${'z'.repeat(20)}`;
    const odd = await addItem(harness.robin, workflow, { title });
    const { reference } = bodyOf(await push(harness.robin, odd), 201);
    const link = await linkOf(reference?.key ?? '');
    expect(link).toBe(`${'x'.repeat(100)} ${'y'.repeat(153)}…`);
  });

  it('of right-to-left text and emoji is left as it is', async () => {
    const title = 'שלום 🎉 \u200fworld';
    const odd = await addItem(harness.robin, workflow, { title });
    const { reference } = bodyOf(await push(harness.robin, odd), 201);
    expect(await linkOf(reference?.key ?? '')).toBe(title);
  });
});

async function linkOf(key: string): Promise<string> {
  return until('the link back', async () => (await issueInJira(harness, key)).remoteLinks[0]?.object.title);
}
