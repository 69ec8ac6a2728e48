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
