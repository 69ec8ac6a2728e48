import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  itemBecomes,
  moveInJira,
  pushedItem,
  readItem,
} from './support/steps.ts';
import { calm, connectSynced, editInJira } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectSynced(harness, { priority: { direction: 'from-jira' } });
});
afterAll(() => harness.stop());

const path = () => `/api/adapters/${connected.adapter.id}`;
const jiraSide = async () => bodyOf(await harness.robin<JiraStatuses>('GET', `${path()}/jira-statuses`));
const read = async (of = path()) => bodyOf(await harness.robin<MappingDocument>('GET', `${of}/mapping`));
const put = async (change: Partial<Mapping>, of = path()) => {
  const { mapping, version } = await read(of);
  const sent = { mapping: { ...mapping, ...change }, version };
  return harness.robin<MappingDocument>('PUT', `${of}/mapping`, sent);
};
const resolutionId = async (name: string): Promise<string> =>
  (await jiraSide()).resolutions?.find((one) => one.name === name)?.id ?? '';
/** A pushed item whose issue a person moved to Done, after which its resolution is "Done". */
async function doneItem() {
  const { item, key } = await pushedItem(harness, connected.workflow);
  await moveInJira(harness, key, 'Done');
  await itemBecomes(harness.robin, item.id, 'resolved');
  return { item, key };
}

it('a mapping of before reads as one without resolutions, and what Jira has is offered', async () => {
  expect((await read()).mapping).toMatchObject({
    resolutions: {},
    resolutionOverrides: [],
    inboundPriorities: [],
  });
  const { resolutions } = await jiraSide();
  expect(resolutions?.map(({ name }) => name)).toEqual(['Done', "Won't Do", 'Duplicate', 'Cannot Reproduce']);
});

it('a resolution with an override takes the item along, at the move and when it changes later', async () => {
  const { item, key } = await doneItem();
  const override = { resolutionId: await resolutionId("Won't Do"), status: 'closed' };
  bodyOf(await put({ resolutionOverrides: [override] }));
  await editInJira(harness, key, { resolution: "Won't Do" });
  await itemBecomes(harness.robin, item.id, 'closed');
  const [why] = await activityOf(harness.robin, item.id);
  expect(why).toMatchObject({ code: 'status_changed', reason: 'resolution' });
  expect(why?.summary).toBe(
    'Status changed from Resolved to Closed: the issue is in "Done" in Jira, with the resolution "Won\'t Do"',
  );

  await editInJira(harness, key, { resolution: 'Duplicate' });
  await calm(harness);
  expect((await readItem(harness.robin, item.id)).status).toBe('closed');
});

it('a comparison finds a resolution that no event told of', async () => {
  bodyOf(await put({ resolutionOverrides: [] }));
  const { item, key } = await doneItem();
  bodyOf(
    await put({ resolutionOverrides: [{ resolutionId: await resolutionId('Duplicate'), status: 'open' }] }),
  );
  await calm(harness);
  const { sites } = harness.sandbox.world;
  const registered = sites.map((site) => site.dynamicWebhooks);
  for (const site of sites) site.dynamicWebhooks = [];
  await editInJira(harness, key, { resolution: 'Duplicate' });
  sites.forEach((site, index) => {
    site.dynamicWebhooks = registered[index] ?? [];
  });
  bodyOf(await harness.robin('POST', `${path()}/reconcile`), 202);
  await itemBecomes(harness.robin, item.id, 'open');
});

it('the preview counts the items whose resolution has an override', async () => {
  bodyOf(await put({ resolutionOverrides: [] }));
  const { item, key } = await doneItem();
  await editInJira(harness, key, { resolution: 'Cannot Reproduce' });
  const { mapping } = await read();
  const resolutionOverrides = [{ resolutionId: await resolutionId('Cannot Reproduce'), status: 'open' }];
  const preview = async (wanted: Mapping) =>
    bodyOf(await harness.robin<MappingPreview>('POST', `${path()}/mapping/preview`, { mapping: wanted }));
  const before = await preview(mapping);
  const shown = await until('the resolution being known', async () => {
    const seen = await preview({ ...mapping, resolutionOverrides });
    return seen.rows.some(({ rule }) => rule === 'resolution') && seen;
  });
  expect(shown.wouldChange).toBe(before.wouldChange + 1);
  expect(shown.rows.find((row) => row.itemId === item.id)).toMatchObject({
    status: 'resolved',
    after: 'open',
    rule: 'resolution',
  });
});

it('a resolution that Jira does not have is refused by its field, with the code', async () => {
  const refused = await put({
    resolutions: { closed: '99999' },
    resolutionOverrides: [{ resolutionId: '99998', status: 'closed' }],
  });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    code: 'mapping_invalid',
    errors: [
      { field: 'resolutions.closed', code: 'resolution_gone', values: { status: 'Closed' } },
      { field: 'resolutionOverrides.0.resolutionId', code: 'resolution_override_gone' },
    ],
  });
});

it('a client that does not know the rows leaves them as they are saved, and an empty one takes them away', async () => {
  const duplicate = await resolutionId('Duplicate');
  const rows = {
    resolutions: { closed: duplicate },
    resolutionOverrides: [{ resolutionId: duplicate, status: 'closed' }],
    inboundPriorities: [{ jiraPriorityId: '1', priority: 'low' as const }],
  };
  bodyOf(await put(rows));
  const leftOut = {
    resolutions: undefined,
    resolutionOverrides: undefined,
    inboundPriorities: undefined,
  } as unknown as Partial<Mapping>;
  const { priorities } = (await read()).mapping;
  const changed = bodyOf(await put({ ...leftOut, priorities: { ...priorities, low: 'Lowest' } }));
  expect(changed.mapping).toMatchObject({ ...rows, priorities: { low: 'Lowest' } });
  const emptied = bodyOf(await put({ priorities, resolutions: {}, resolutionOverrides: [] }));
  expect(emptied.mapping).toMatchObject({
    resolutions: {},
    resolutionOverrides: [],
    inboundPriorities: rows.inboundPriorities,
  });
  bodyOf(await put({ inboundPriorities: [] }));
});

describe('what cannot be a row is refused by its field:', () => {
  const thousand = Array.from({ length: 1_000 }, (_, index) => `${index}`);
  const cases: [string, string, string][] = [
    ['a list for a table', 'mapping.resolutions', '{"resolutions":[]}'],
    ['a text for a table', 'mapping.resolutions', '{"resolutions":"10001"}'],
    ['null', 'mapping.resolutionOverrides', '{"resolutionOverrides":null}'],
    ['a table for a list', 'mapping.inboundPriorities', '{"inboundPriorities":{}}'],
    ['a number for an id', 'mapping.resolutions.closed', '{"resolutions":{"closed":10001}}'],
    ['an empty id', 'mapping.resolutions.closed', '{"resolutions":{"closed":""}}'],
    ['an id without end', 'mapping.resolutions.closed', `{"resolutions":{"closed":"${'9'.repeat(10_000)}"}}`],
    ['a NUL', 'mapping.resolutions.closed', '{"resolutions":{"closed":"1\\u0000"}}'],
    ['no object', 'mapping.resolutionOverrides.0', '{"resolutionOverrides":["10001"]}'],
    [
      'no UserHero priority',
      'mapping.inboundPriorities.0.priority',
      '{"inboundPriorities":[{"jiraPriorityId":"1","priority":"__proto__"}]}',
    ],
    ['__proto__', 'mapping.resolutions.__proto__', '{"resolutions":{"__proto__":"10001"}}'],
    ['__proto__', 'mapping.__proto__', '{"__proto__":{"resolutions":{}}}'],
    ['constructor', 'resolutions.constructor', '{"resolutions":{"constructor":"10001"}}'],
    [
      'a status that is inherited',
      'resolutionOverrides.0.status',
      '{"resolutionOverrides":[{"resolutionId":"10001","status":"toString"}]}',
    ],
    [
      'a resolution twice',
      'resolutionOverrides.1.resolutionId',
      JSON.stringify({
        resolutionOverrides: Array(2).fill({ resolutionId: '10001', status: 'closed' }),
      }),
    ],
    [
      '1,000 overrides',
      'mapping.resolutionOverrides',
      JSON.stringify({ resolutionOverrides: thousand.map((id) => ({ resolutionId: id, status: 'closed' })) }),
    ],
    [
      '1,000 priorities',
      'mapping.inboundPriorities',
      JSON.stringify({
        inboundPriorities: thousand.map((id) => ({ jiraPriorityId: id, priority: 'low' })),
      }),
    ],
    [
      '1,000 resolutions',
      'mapping.resolutions',
      JSON.stringify({ resolutions: Object.fromEntries(thousand.map((id) => [`s${id}`, id])) }),
    ],
    [
      'a priority that Jira does not have',
      'inboundPriorities.0',
      '{"inboundPriorities":[{"jiraPriorityId":"99999","priority":"low"}]}',
    ],
  ];
  it.each(cases)('%s', async (_what, field, rows) => {
    const { mapping, version } = await read();
    const { resolutions, resolutionOverrides, inboundPriorities, ...others } = mapping;
    const text = `{"version":${version},"mapping":${JSON.stringify(others).slice(0, -1)},${rows.slice(1)}}`;
    const refused = await harness.robin('PUT', `${path()}/mapping`, JSON.parse(text));
    expect(refused.status).toBe(400);
    const { errors } = refused.body as unknown as { errors: { field: string; message: string }[] };
    expect(errors.map((fault) => fault.field)).toContain(field);
    expect(errors.length).toBeLessThan(10);
    expect((await read()).version).toBe(version);
  });
});

it('a row for a priority that the project has no more is named before it is saved', async () => {
  const { adapter } = await connectJira(harness);
  const { priorities } = await jiraSide();
  const scheme = (names: string[]) =>
    harness.jira('POST', '/sandbox/api/priorities', { project: 'SHOP', priorities: names });
  const all = priorities?.map(({ name }) => name) ?? [];
  const lowest = priorities?.find(({ name }) => name === 'Lowest')?.id ?? '';
  const inboundPriorities = [{ jiraPriorityId: lowest, priority: 'low' as const }];
  bodyOf(await put({ inboundPriorities }));
  bodyOf(await scheme(all.filter((name) => name !== 'Lowest')));
  const refused = await put({ inboundPriorities }, `/api/adapters/${adapter.id}`);
  expect([refused.status, refused.body]).toMatchObject([
    400,
    { errors: [{ field: 'inboundPriorities.0', code: 'inbound_priority_gone', values: {} }] },
  ]);
  bodyOf(await scheme(all));
});

it('a row for a Jira priority decides what the item gets', async () => {
  const lowest = (await jiraSide()).priorities?.find(({ name }) => name === 'Lowest')?.id ?? '';
  bodyOf(await put({ inboundPriorities: [{ jiraPriorityId: lowest, priority: 'low' }] }));
  const { item, key } = await pushedItem(harness, connected.workflow, { priority: 'high' });
  await calm(harness);
  await editInJira(harness, key, { priority: 'Lowest' });
  await until('the item’s priority', async () => (await readItem(harness.robin, item.id)).priority === 'low');
});
