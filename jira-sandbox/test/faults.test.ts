import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { jiraClient, send, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let token: string;
const fault = (rule: unknown) => send(`${sandbox.url}/sandbox/api/faults`, 'POST', rule);
const jira = () => jiraClient(sandbox, token);
const fields = { project: { key: 'SHOP' }, issuetype: { id: '10001' }, summary: 'Created in the dark' };

beforeAll(async () => {
  sandbox = await startForTest();
  token = (await signIn(sandbox)).access_token;
});
afterAll(() => sandbox.close());

test('a rate limit answers 429 with the headers that Jira sends, as often as asked', async () => {
  await fault({ kind: 'status', status: 429, match: { pathIncludes: '/myself' }, remaining: 1 });
  const path = `${sandbox.url}/ex/jira/${sandbox.world.sites[0]?.cloudId}/rest/api/3/myself`;
  const headers = { authorization: `Bearer ${token}` };
  const limited = await send(path, 'GET', undefined, headers);
  expect(limited.status).toBe(429);
  for (const name of ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-reset', 'ratelimit-reason']) {
    expect(limited.headers.get(name)).toBeTruthy();
  }
  expect((await send(path, 'GET', undefined, headers)).status).toBe(200);
});

test('a connection that drops after the commit leaves the issue behind', async () => {
  const count = () => Object.keys(sandbox.world.sites[0]?.issues ?? {}).length;
  const before = count();
  await fault({ kind: 'drop_after_commit', match: { method: 'POST', pathIncludes: '/issue' }, remaining: 1 });
  await expect(jira().issues.createIssue({ fields })).rejects.toThrow();
  expect(count()).toBe(before + 1);
  await fault({ kind: 'drop_before', match: { method: 'POST', pathIncludes: '/issue' }, remaining: 1 });
  await expect(jira().issues.createIssue({ fields })).rejects.toThrow();
  expect(count()).toBe(before + 1);
});

test('a slow answer comes late, and the token endpoint breaks too', async () => {
  await fault({ kind: 'slow', delayMs: 80, match: { pathIncludes: '/serverInfo' }, remaining: 1 });
  const start = performance.now();
  await jira().serverInfo.getServerInfo();
  expect(performance.now() - start).toBeGreaterThan(75);
  await fault({ kind: 'status', status: 503, match: { pathIncludes: '/oauth/token' }, remaining: 1 });
  expect((await send(`${sandbox.url}/oauth/token`, 'POST', {})).status).toBe(503);
});

test('calls are counted by operation', async () => {
  await send(`${sandbox.url}/sandbox/api/calls`, 'DELETE');
  await jira().myself.getCurrentUser();
  expect((await send(`${sandbox.url}/sandbox/api/calls`)).body).toEqual({
    calls: { getCurrentUser: 1 },
    ms: { getCurrentUser: expect.any(Number) },
    total: 1,
  });
});

test('a rule that names a part of the body refuses one transition and lets the others pass', async () => {
  const body = { errorMessages: [], errors: { resolution: 'Field Resolution is required.' } };
  const match = { pathEnds: '/transitions', body: { transition: { id: '51' } } };
  const { body: rule } = await fault({ kind: 'status', status: 400, body, match });
  const move = (id: string) => jira().issues.doTransition({ issueIdOrKey: 'SHOP-2', transition: { id } });
  await expect(move('51')).rejects.toThrow(/Field Resolution is required/);
  await move('31');
  await send(`${sandbox.url}/sandbox/api/faults/${rule.id}`, 'DELETE');
  await move('51');
  await fault({ kind: 'status', status: 400, match: { bodyIncludes: 'forbidden word' }, remaining: 1 });
  await jira().issues.createIssue({ fields });
  const summary = 'A forbidden word';
  await expect(jira().issues.createIssue({ fields: { ...fields, summary } })).rejects.toThrow();
});

test('what no control knows is 400 or 404 with a sentence', async () => {
  const says = async (method: string, path: string, body?: unknown) => {
    const answer = await send(`${sandbox.url}/sandbox/api${path}`, method, body);
    expect(answer.body.error, path).toMatch(/\w{2,} /);
    return answer.status;
  };
  expect(await says('POST', '/faults', { kind: 'status', match: { path: '/issue' } })).toBe(400);
  expect(await says('POST', '/issues/SHOP-1/edit', { colour: 'red' })).toBe(400);
  expect(await says('POST', '/issues/SHOP-1/edit', { priority: 'Vast' })).toBe(404);
  expect(await says('POST', '/issues', { project: 'SHOP', summary: 'x', issueType: 'Wish' })).toBe(404);
  expect(await says('POST', '/issues', { project: 'SHOP', summary: 'x', priority: 'Vast' })).toBe(404);
  expect(await says('POST', '/webhooks', { url: 'http://localhost/', colour: 'red' })).toBe(400);
  expect(await says('POST', '/rules', { url: 'http://localhost/', projectKey: 'NOPE' })).toBe(404);
  expect(await says('POST', '/nothing', {})).toBe(404);
  for (const what of ['edit', 'move', 'comment', 'delete', 'move-project', 'type', 'security']) {
    const body = { edit: { summary: 'x' }, move: { status: 'Done' }, comment: { text: 'x' }, delete: {} };
    const sent = {
      ...body,
      'move-project': { project: 'MOB' },
      type: { type: 'Bug' },
      security: { visibleTo: null },
    };
    expect(await says('POST', `/issues/SHOP-999/${what}`, Reflect.get(sent, what)), what).toBe(404);
  }
  for (const path of ['/faults/x', '/webhooks/x', '/rules/x']) expect(await says('DELETE', path)).toBe(404);
});

test('the world survives a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jira-sandbox-'));
  const dataFile = join(folder, 'jira-sandbox.json');
  const first = await startForTest({ dataFile });
  const tokens = await signIn(first);
  const { key } = await jiraClient(first, tokens.access_token).issues.createIssue({ fields });
  await first.close();
  const second = await startForTest({ dataFile });
  const issue = await jiraClient(second, tokens.access_token).issues.getIssue({ issueIdOrKey: key });
  expect(issue.fields?.summary).toBe('Created in the dark');
  await second.close();
  rmSync(folder, { recursive: true });
});
