import type { AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import { problemSchema } from '@userhero/shared/contracts/problem.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument, Operation } from '../src/http/openapi/document.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { robin } from './support/seeded.ts';
import { signIn } from './support/sign-in.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  moveInJira,
  pushedItem,
  readItem,
} from './support/steps.ts';

type Route = { method: string; path: string; operation: Operation };

let harness: Harness;
let routes: Route[];
/** Robin's, by what the path says before the id. */
let own: Record<string, string>;

beforeAll(async () => {
  harness = await startHarness();
  const { paths } = bodyOf(await harness.nobody<OpenApiDocument>('GET', '/api/openapi.json'));
  routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  const { adapter, workflow } = await connectJira(harness);
  const { item, key } = await pushedItem(harness, workflow);
  const { prisma } = harness.database;
  await until(
    'a registered webhook',
    async () => harness.sandbox.world.sites[0]?.dynamicWebhooks.length !== 0,
  );
  await moveInJira(harness, key, 'In Progress');
  const event = await until('an event', () =>
    prisma.delivery.findFirst({ where: { adapterId: adapter.id } }),
  );
  own = {
    adapters: adapter.id,
    workflows: workflow.id,
    projects: workflow.projectId,
    items: item.id,
    pushes: (await prisma.push.findFirstOrThrow({ where: { itemId: item.id } })).id,
    events: String(event.id),
    'bulk-pushes': await bulkPush(workflow.id),
    'mapping-applies': await mappingApply(adapter.id),
  };
});
afterAll(() => harness.stop());

async function bulkPush(workflowId: string): Promise<string> {
  const path = `/api/workflows/${workflowId}/push/jira`;
  const answer = await harness.robin<{ id: string }>('POST', path, { filter: {} });
  return bodyOf(answer, answer.status === 202 ? 202 : 201).id;
}

async function mappingApply(adapterId: string): Promise<string> {
  const path = `/api/adapters/${adapterId}/mapping/apply`;
  return bodyOf(await harness.robin<{ id: string }>('POST', path, { version: 1 })).id;
}

/** The path of a route with a real id, and a body that has the right shape. */
function concrete(route: Route): { path: string; body: unknown } {
  const segment = route.path.split('/')[2] ?? '';
  const path = route.path
    .replace('{id}', own[segment] ?? 'unknown')
    .replace('{accountId}', '5b10a2844c20165700ede21f')
    .replace(/\{\w+\}/g, 'unknown');
  const query = route.operation.parameters.filter((entry) => entry.in === 'query' && entry.required);
  const search = query.length === 0 ? '' : `?${query.map(({ name }) => `${name}=10000`).join('&')}`;
  return { path: path + search, body: bodies[`${route.method} ${route.path}`] };
}

const mapping = {
  outbound: { open: { category: 'new', jiraStatusId: null } },
  inbound: {
    new: { status: 'open', byName: false },
    indeterminate: { status: null, byName: true },
    done: { status: null, byName: true },
  },
  overrides: [],
  priorities: { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Highest' },
};
const bodies: Record<string, unknown> = {
  'POST /api/projects/{id}/workflows': { name: 'Theirs', kind: 'issues' },
  'POST /api/workflows/{id}/items': { title: 'Theirs' },
  'PATCH /api/items/{id}': { title: 'Theirs' },
  'PUT /api/items/{id}/references/jira': { issue: 'SHOP-1' },
  'POST /api/items/{id}/references/jira/preview': { issue: 'SHOP-1' },
  'POST /api/workflows/{id}/push/jira': { filter: {} },
  'POST /api/projects/{id}/adapters': { kind: 'jira', workflowId: 'any' },
  'PATCH /api/adapters/{id}': { sendChanges: true },
  'POST /api/items/{id}/references/jira/resolve': { thing: 'summary', take: 'jira' },
  'PUT /api/adapters/{id}/sync': { summary: { direction: 'both' } },
  'PUT /api/adapters/{id}/site': { cloudId: 'any' },
  'PUT /api/adapters/{id}/jira-project': { projectId: '10000' },
  'PUT /api/adapters/{id}/mapping': { mapping },
  'POST /api/adapters/{id}/mapping/preview': { mapping },
  'POST /api/adapters/{id}/mapping/apply': { version: 1 },
};

/** Those that take an API key. Forge's are for the app's own token, and have tests of their own. */
const forPeople = () => routes.filter(({ operation }) => operation.security.some((one) => 'apiKey' in one));

describe('the API', () => {
  it('describes every route of the design in its OpenAPI document', () => {
    const described = routes.map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(expect.arrayContaining(designed));
  });

  it('answers 401 on every route without a key, with a wrong one, or with a stranger’s cookie', async () => {
    const strangers: Record<string, string>[] = [
      {},
      { authorization: 'Bearer uh_wrong' },
      { authorization: robin.apiKey },
      { cookie: 'userhero.session_token=forged.c2lnbmF0dXJl' },
    ];
    for (const route of forPeople()) {
      const { path, body } = concrete(route);
      for (const headers of strangers) {
        const answer = await harness.nobody(route.method, path, body, headers);
        expect([answer.status, answer.body.code], `${route.method} ${path}`).toEqual([
          401,
          'unauthenticated',
        ]);
      }
    }
  });

  it('answers 404 to another customer on every route that names something of ours, and changes nothing', async () => {
    const before = await readItem(harness.robin, own.items ?? '');
    const told = (await activityOf(harness.robin, own.adapters ?? '', 'adapters')).length;
    const ours = forPeople().filter(({ path }) => path.includes('{'));
    expect(ours.length).toBeGreaterThan(25);
    for (const route of ours) {
      const { path, body } = concrete(route);
      expect(path, 'every id is known').not.toContain('unknown');
      const headers = { 'if-match': '"1"' };
      const theirs = await harness.casey(route.method, path, body, headers);
      expect([theirs.status, theirs.body.code], `${route.method} ${path}`).toEqual([404, 'not_found']);
      const lost = await harness.robin(
        route.method,
        path.replace(/\/[\w-]{36}|(?<=events)\/\d+/, '/0'),
        body,
        headers,
      );
      expect([lost.status, lost.body.code], `${route.method} ${path}`).toEqual([404, 'not_found']);
      expect(Object.keys(theirs.body).sort()).toEqual(Object.keys(lost.body).sort());
    }
    expect(await readItem(harness.robin, own.items ?? '')).toEqual(before);
    expect(await activityOf(harness.robin, own.adapters ?? '', 'adapters')).toHaveLength(told);
  });

  it('answers 400 with the field that has the wrong shape', async () => {
    const wrong: [string, string, unknown, string][] = [
      ['POST', `/api/projects/${own.projects}/adapters`, { kind: 'trello', workflowId: 'x' }, 'kind'],
      ['POST', `/api/projects/${own.projects}/adapters`, { kind: 'jira' }, 'workflowId'],
      ['PUT', `/api/adapters/${own.adapters}/site`, {}, 'cloudId'],
      ['PUT', `/api/adapters/${own.adapters}/jira-project`, { projectId: 7 }, 'projectId'],
      ['GET', `/api/adapters/${own.adapters}/jira-projects?limit=1000`, undefined, 'query.limit'],
      [
        'PUT',
        `/api/adapters/${own.adapters}/mapping`,
        { mapping: { ...mapping, inbound: 1 } },
        'mapping.inbound',
      ],
      ['POST', `/api/workflows/${own.workflows}/items`, { title: ' ' }, 'title'],
      ['POST', `/api/workflows/${own.workflows}/items`, { title: 'x', status: 'lost' }, 'status'],
      ['PATCH', `/api/items/${own.items}`, { priority: 'now' }, 'priority'],
      ['POST', `/api/workflows/${own.workflows}/push/jira`, {}, 'itemIds'],
    ];
    for (const [method, path, body, field] of wrong) {
      const answer = await harness.robin(method, path, body);
      expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([400, 'validation_failed']);
      expect(answer.body.errors?.map((entry) => entry.field)).toContain(field);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(problemSchema.safeParse(answer.body).success).toBe(true);
      expect(answer.body.requestId).toBeTruthy();
    }
    const cut = await harness.robin('POST', `/api/workflows/${own.workflows}/items`, '{"title": ');
    expect([cut.status, cut.body.code]).toEqual([400, 'not_json']);
    expect((await harness.robin('GET', '/api/no-such-route')).body.code).toBe('not_found');
  });

  it('takes writes with a session’s cookie from its own pages only', async () => {
    const call = await signIn(harness, robin);
    const path = `/api/workflows/${own.workflows}/items`;
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await call('POST', path, { title: 'Forged' }, foreign)).status).toBe(401);
    expect((await call('POST', path, { title: 'Forged' }, { origin: 'https://evil.example' })).status).toBe(
      401,
    );
    expect((await call('POST', path, { title: 'Own' })).status).toBe(201);
  });

  it('refuses a change of an item that somebody else changed since, and a mapping’s too', async () => {
    const item = await addItem(harness.robin, { id: own.workflows ?? '' });
    const first = await harness.robin('PATCH', `/api/items/${item.id}`, { status: 'closed', version: 1 });
    expect(first.status).toBe(200);
    const second = await harness.robin('PATCH', `/api/items/${item.id}`, { status: 'open', version: 1 });
    expect([second.status, second.body.code]).toEqual([409, 'version_conflict']);

    const path = `/api/adapters/${own.adapters}/mapping`;
    const read = await harness.robin<{ mapping: unknown; version: number }>('GET', path);
    const etag = { 'if-match': read.headers.get('etag') ?? '' };
    const save = (headers: Record<string, string>) =>
      harness.robin('PUT', path, { mapping: read.body.mapping }, headers);
    expect((await save({})).body.code).toBe('precondition_required');
    expect((await save(etag)).status).toBe(200);
    const late = await save(etag);
    expect([late.status, late.body.code]).toEqual([412, 'mapping_conflict']);
  });

  it('tells whether it is alive and ready, and its metrics', async () => {
    expect((await harness.nobody('GET', '/healthz')).status).toBe(200);
    expect((await harness.nobody('GET', '/readyz')).status).toBe(200);
    expect((await harness.nobody<string>('GET', '/metrics')).body).toContain('process_cpu');
  });

  it('starts a consent only for adapters that are ours', async () => {
    const path = `/api/adapters/${own.adapters}/reconnect`;
    const { authorizeUrl } = bodyOf(await harness.robin<AdapterStarted>('POST', path));
    harness.keepSecret(new URL(authorizeUrl).searchParams.get('state') ?? '');
    expect((await harness.casey('POST', path)).status).toBe(404);
  });
});

/** The design's §10. */
const designed = [
  'GET /api/projects',
  'GET /api/projects/{id}',
  'GET /api/projects/{id}/workflows',
  'POST /api/projects/{id}/workflows',
  'GET /api/workflows/{id}/items',
  'POST /api/workflows/{id}/items',
  'GET /api/items/{id}',
  'PATCH /api/items/{id}',
  'POST /api/items/{id}/push/jira',
  'PUT /api/items/{id}/references/jira',
  'DELETE /api/items/{id}/references/jira',
  'GET /api/pushes/{id}',
  'POST /api/workflows/{id}/push/jira',
  'GET /api/bulk-pushes/{id}',
  'GET /api/projects/{id}/adapters',
  'POST /api/projects/{id}/adapters',
  'GET /api/adapters/{id}',
  'GET /api/adapters/{id}/sync',
  'PUT /api/adapters/{id}/sync',
  'GET /api/adapters/{id}/sites',
  'PUT /api/adapters/{id}/site',
  'GET /api/adapters/{id}/jira-projects',
  'PUT /api/adapters/{id}/jira-project',
  'GET /api/adapters/{id}/jira-statuses',
  'GET /api/adapters/{id}/mapping',
  'PUT /api/adapters/{id}/mapping',
  'POST /api/adapters/{id}/mapping/preview',
  ...['pause', 'resume', 'disconnect', 'reconnect', 'reconcile'].map(
    (step) => `POST /api/adapters/{id}/${step}`,
  ),
  'GET /api/adapters/{id}/activity',
  'GET /api/adapters/{id}/health',
  'GET /api/adapters/{id}/events',
  'POST /api/events/{id}/replay',
];
