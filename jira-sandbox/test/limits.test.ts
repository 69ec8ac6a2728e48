import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultLimits } from '../src/limits/limit-settings.ts';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, signIn, startForTest } from './connect.ts';

const minute = 60_000;
/** A time at which a minute has 40 s left. */
const start = Date.UTC(2026, 10, 28, 9, 30, 20);
let now = start;
let sandbox: RunningSandbox;
let token: string;

const api = (path: string) => `${sandbox.url}/sandbox/api${path}`;
const report = async () => (await send(api('/limits'))).body;
/** Some limits, and all others as they are at first, counted anew. */
async function limit(wanted: Record<string, unknown>) {
  await send(api('/limits'), 'DELETE');
  const answer = await send(api('/limits'), 'POST', { ...defaultLimits, windowMs: minute, ...wanted });
  expect(answer.status).toBe(200);
}
const cloudIdOf = (slug: string) => sandbox.world.sites.find((one) => one.slug === slug)?.cloudId;
function jira(method: string, path: string, body?: unknown, slug = 'acme') {
  const url = `${sandbox.url}/ex/jira/${cloudIdOf(slug)}/rest/api/3${path}`;
  return send(url, method, body, { authorization: `Bearer ${token}` });
}
const fields = (summary: string) => ({
  fields: { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary },
});
const newIssue = async () => (await jira('POST', '/issue', fields('Limited'))).body.id;
const write = (id: string, n: number) => jira('PUT', `/issue/${id}/properties/limit`, { n });
async function manyTimes(times: number, call: (n: number) => Promise<{ status: number }>) {
  const statuses: number[] = [];
  for (let n = 0; n < times; n += 1) statuses.push((await call(n)).status);
  return statuses;
}

beforeAll(async () => {
  sandbox = await startForTest({ now: () => now });
  token = (await signIn(sandbox)).access_token;
});
beforeEach(async () => {
  now = start;
  await send(api('/faults'), 'DELETE');
  await limit({});
});
afterAll(() => sandbox.close());

test('a call costs what Jira’s page says, and the points can be read', async () => {
  const issue = (await jira('POST', '/issue', fields('One'))).body;
  const bulk = { issueUpdates: [fields('Two'), fields('Three'), fields('Four')] };
  await jira('POST', '/issue/bulk', bulk);
  await jira('GET', `/issue/${issue.id}`);
  const ids = [issue.id, String(Number(issue.id) + 1)];
  await jira('POST', '/issue/bulkfetch', { issueIdsOrKeys: ids, fields: ['status'] });
  await jira('POST', '/search/jql', { jql: 'project = SHOP', maxResults: 3, fields: ['status'] });
  const { transitions } = (await jira('GET', `/issue/${issue.id}/transitions`)).body;
  await jira('POST', `/issue/${issue.id}/transitions`, { transition: { id: transitions[0].id } });
  await jira('PUT', `/issue/${issue.id}`, { fields: { summary: 'Another' } });
  await jira('GET', '/myself');
  await jira('GET', '/mypermissions?permissions=BROWSE_PROJECTS,EDIT_ISSUES');
  await jira('GET', '/issue/nowhere');
  const { byOperation, pools } = await report();
  expect(byOperation).toEqual({
    createIssue: { calls: 1, points: 1 },
    createIssues: { calls: 1, points: 3 },
    getIssue: { calls: 2, points: 2 + 1 },
    bulkFetchIssues: { calls: 1, points: 3 },
    searchAndReconsileIssuesUsingJqlPost: { calls: 1, points: 4 },
    getTransitions: { calls: 1, points: 1 + transitions.length },
    doTransition: { calls: 1, points: 1 },
    editIssue: { calls: 1, points: 1 },
    getCurrentUser: { calls: 1, points: 3 },
    getMyPermissions: { calls: 1, points: 5 },
  });
  const points = 25 + transitions.length;
  expect(pools).toEqual([
    {
      app: 'userhero-local',
      site: null,
      points: 1_000_000,
      used: points,
      left: 1_000_000 - points,
      former: [],
      usedInAll: points,
    },
  ]);
});

test('at the end of the points all calls of all sites are refused until the window is over', async () => {
  await limit({ points: 10 });
  expect(await manyTimes(5, () => jira('GET', '/serverInfo'))).toEqual([200, 200, 200, 200, 200]);
  expect((await jira('GET', '/project/LAG', undefined, 'nordwind')).headers.get('ratelimit')).toBe(
    '"global-app-quota";t=40',
  );
  // A call that costs more than is left is carried out, and takes all of it.
  const last = await jira('GET', '/mypermissions?permissions=BROWSE_PROJECTS,EDIT_ISSUES');
  expect([last.status, last.headers.get('ratelimit')]).toEqual([200, '"global-app-quota";r=0;t=40']);
  const refused = await jira('POST', '/issue', fields('Too late'), 'nordwind');
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({ errorMessages: ['Rate limit exceeded.'], errors: {} });
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'ratelimit-policy': '"global-app-quota";q=10;w=60',
    ratelimit: '"global-app-quota";r=0;t=40',
    'ratelimit-reason': 'jira-quota-global-based',
    'retry-after': '40',
    'x-ratelimit-reset': '2026-11-28T09:31Z',
    'x-ratelimit-limit': '350',
    'x-ratelimit-remaining': '349',
  });
  now += 40_000;
  expect((await jira('GET', '/serverInfo')).status).toBe(200);
  const { pools, refused: counted } = await report();
  expect(pools[0]).toMatchObject({ used: 1, left: 9, former: [{ used: 12 }], usedInAll: 13 });
  expect(counted).toEqual({ 'jira-quota-global-based': 1 });
});

test('the remaining points are named when less than a fifth is left, as Jira’s page says', async () => {
  await limit({ points: 20 });
  const remaining = async () => {
    const { headers } = await jira('GET', '/serverInfo');
    return [headers.get('ratelimit'), headers.get('x-ratelimit-nearlimit')];
  };
  for (let used = 1; used <= 16; used += 1)
    expect(await remaining()).toEqual(['"global-app-quota";t=40', null]);
  expect(await remaining()).toEqual(['"global-app-quota";r=3;t=40', 'true']);
});

test('a site may have a pool of its own', async () => {
  await limit({ points: 1, sitePoints: 2, sitesWithPool: ['nordwind'] });
  await jira('GET', '/serverInfo');
  expect((await jira('GET', '/serverInfo')).headers.get('ratelimit-reason')).toBe('jira-quota-global-based');
  const own = await jira('GET', '/project/LAG', undefined, 'nordwind');
  expect([own.status, own.headers.get('ratelimit')]).toEqual([200, '"tenant-app-quota";r=0;t=40']);
  const refused = await jira('GET', '/project/LAG', undefined, 'nordwind');
  expect(refused.headers.get('ratelimit-reason')).toBe('jira-quota-tenant-based');
  const unknown = await send(api('/limits'), 'POST', { sitesWithPool: ['nowhere'] });
  expect(unknown.status).toBe(404);
});

test('the clock and the prices of the limits can be others', async () => {
  await limit({ points: 2, clockAheadMs: 30_000, priceFactor: 2 });
  const { headers } = await jira('GET', '/serverInfo');
  expect(headers.get('ratelimit')).toBe('"global-app-quota";r=0;t=10');
  expect((await jira('GET', '/serverInfo')).headers.get('x-ratelimit-reset')).toBe('2026-11-28T09:31Z');
  await send(api('/limits'), 'POST', { clockAheadMs: 40_000 });
  expect((await jira('GET', '/serverInfo')).status).toBe(200);
});

test('a burst is counted for each site, endpoint and method', async () => {
  await limit({ getsAndPosts: 3, putsAndDeletes: 2, burstSeconds: 1 });
  const id = await newIssue();
  expect(await manyTimes(4, () => jira('GET', `/issue/${id}`))).toEqual([200, 200, 200, 429]);
  const refused = await jira('GET', `/issue/${Number(id) - 1}`);
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'ratelimit-reason': 'jira-burst-based',
    'retry-after': '1',
    'x-ratelimit-limit': '3',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '2026-11-28T09:30:21.000Z',
  });
  expect(await manyTimes(3, (n) => jira('PUT', `/issue/${id}`, fields(`Edit ${n}`)))).toContain(429);
  // Other endpoints, other methods and other sites are not slowed down.
  expect((await jira('GET', `/issue/${id}/transitions`)).status).toBe(200);
  expect((await jira('POST', '/issue', fields('Another'))).status).toBe(201);
  expect((await jira('GET', `/issue/${id}`, undefined, 'nordwind')).status).not.toBe(429);
  now += 400;
  expect(await manyTimes(2, () => jira('GET', `/issue/${id}`))).toEqual([200, 429]);
});

test('a peak passes where the bucket is full', async () => {
  const statuses = await Promise.all(Array.from({ length: 351 }, () => jira('GET', '/serverInfo')));
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1);
});

test('an issue takes 20 writes in 2 s and 100 in 30 s', async () => {
  await limit({ putsAndDeletes: 1000 });
  const [id, other] = [await newIssue(), await newIssue()];
  expect(await manyTimes(20, (n) => write(id, n))).not.toContain(429);
  now += 500;
  const refused = await write(id, 20);
  expect([
    refused.status,
    refused.headers.get('ratelimit-reason'),
    refused.headers.get('retry-after'),
  ]).toEqual([429, 'jira-per-issue-on-write', '2']);
  expect((await jira('GET', `/issue/${id}/properties/limit`)).body.value).toEqual({ n: 19 });
  expect((await write(other, 0)).status).toBe(201);
  for (let round = 1; round < 5; round += 1) {
    now = start + round * 2000;
    expect(await manyTimes(20, (n) => write(id, n))).not.toContain(429);
  }
  now = start + 12_000;
  expect((await write(id, 0)).headers.get('retry-after')).toBe('18');
  now = start + 30_000;
  expect((await write(id, 0)).status).toBe(200);
});

test('the headers have Jira’s other forms', async () => {
  await limit({ points: 1, headers: 'several' });
  const good = await jira('GET', '/serverInfo');
  expect([good.headers.get('ratelimit-policy'), good.headers.get('ratelimit')]).toEqual([
    '"jira-burst-based";q=100;w=1,"global-app-quota";q=1;w=60',
    '"global-app-quota";r=0;t=40,"jira-burst-based";r=100;t=1',
  ]);

  await send(api('/limits'), 'POST', { headers: 'beta' });
  const beta = Object.fromEntries((await jira('GET', '/serverInfo')).headers);
  expect(beta).toMatchObject({
    'beta-ratelimit-policy': '"global-app-quota";q=1;w=60',
    'beta-ratelimit': '"global-app-quota";r=0;t=40',
    'beta-retry-after': '40',
    'x-beta-ratelimit-reason': 'jira-quota-global-based',
    'x-beta-ratelimit-reset': '2026-11-28T09:31Z',
    'x-beta-ratelimit-nearlimit': 'true',
    'x-ratelimit-limit': '350',
  });
  expect(beta).not.toHaveProperty('retry-after');

  await send(api('/limits'), 'POST', { headers: 'wrong' });
  const wrong = Object.fromEntries((await jira('GET', '/serverInfo')).headers);
  expect(wrong).toMatchObject({
    ratelimit: '"global-app-quota";r=0;t=720',
    'x-ratelimit-reset': '2026-11-28T09:05:20.000Z',
  });
  expect(wrong).not.toHaveProperty('ratelimit-policy');

  await send(api('/limits'), 'POST', { headers: 'none', retryAfter: 'absent', reason: 'absent' });
  const none = await jira('GET', '/serverInfo');
  expect(none.status).toBe(429);
  expect([...none.headers.keys()].filter((name) => /rate|retry/.test(name))).toEqual([]);
});

test.each([
  [{ retryAfter: 'hour' }, '3600', 'jira-quota-global-based'],
  [{ retryAfter: 'zero' }, '0', 'jira-quota-global-based'],
  [{ retryAfter: 'absent' }, null, 'jira-quota-global-based'],
  [{ reason: 'unknown' }, '40', 'jira-fair-use-based'],
  [{ reason: 'absent' }, '40', null],
])('a refusal with %o', async (wanted, retryAfter, reason) => {
  await limit({ points: 0, ...wanted });
  const { status, headers } = await jira('GET', '/serverInfo');
  expect([status, headers.get('retry-after'), headers.get('ratelimit-reason')]).toEqual([
    429,
    retryAfter,
    reason,
  ]);
});

test.each([
  ['jira-quota-global-based', undefined, '40'],
  ['jira-quota-tenant-based', undefined, '40'],
  ['jira-burst-based', undefined, '1'],
  ['jira-per-issue-on-write', 2, '2'],
  ['jira-cost-based', 1847, '1847'],
  ['jira-max-concurrent-requests-per-tenant-per-user', 0, '0'],
  ['something-else', null, null],
  [null, null, null],
])('a fault rule refuses one call with the reason %s', async (reason, retryAfterSeconds, retryAfter) => {
  const rule = { kind: 'status', status: 429, match: { pathEnds: '/serverInfo' }, remaining: 1 };
  await send(api('/faults'), 'POST', { ...rule, reason, retryAfterSeconds });
  const { status, headers } = await jira('GET', '/serverInfo');
  expect([status, headers.get('retry-after'), headers.get('ratelimit-reason')]).toEqual([
    429,
    retryAfter,
    reason,
  ]);
  expect((await jira('GET', '/serverInfo')).status).toBe(200);
});

test('a bulk create is carried out though its answer is late and in another order', async () => {
  const rule = { kind: 'late_answer', delayMs: 300, match: { method: 'POST', pathEnds: '/issue/bulk' } };
  await send(api('/faults'), 'POST', rule);
  await send(api('/settings'), 'POST', { bulkCreateOrder: 'shuffled', searchLagMs: 60_000 });
  const bulk = jira('POST', '/issue/bulk', { issueUpdates: [fields('First late'), fields('Second late')] });
  let answered = false;
  const done = bulk.then(() => {
    answered = true;
  });
  const isThere = () =>
    Object.values(sandbox.world.sites[0]?.issues ?? {}).some((one) => one.summary === 'Second late');
  await expect.poll(isThere, { interval: 5 }).toBe(true);
  expect(answered).toBe(false);
  await done;
  const [first] = (await bulk).body.issues;
  expect(sandbox.world.sites[0]?.issues[first.id]?.summary).toBe('Second late');
  const found = await jira('POST', '/search/jql', { jql: `issue = ${first.key}`, fields: ['summary'] });
  expect(found.body.issues).toEqual([]);
  await send(api('/settings'), 'POST', { bulkCreateOrder: 'request', searchLagMs: 0 });
});

test('the page shows the points, saves the limits, and counts anew', async () => {
  await jira('GET', '/serverInfo');
  const page = async () => (await fetch(`${sandbox.url}/controls`)).text();
  expect(await page()).toContain('1 of 1000000 points used');
  const submit = (path: string, form: Record<string, string>) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  await submit('/controls/limits', {
    points: '2000',
    windowMs: '1',
    clockAheadMs: '-30000',
    priceFactor: '',
    headers: 'beta',
    reason: 'no such reason',
    sitesWithPool: 'acme',
  });
  expect(sandbox.world.limits).toEqual({
    ...defaultLimits,
    windowMs: minute,
    points: 2000,
    clockAheadMs: -30_000,
    headers: 'beta',
    sitesWithPool: ['acme'],
  });
  await submit('/controls/limits/reset', {});
  expect((await report()).pools).toEqual([]);
});
