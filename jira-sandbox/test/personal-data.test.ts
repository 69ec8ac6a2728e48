import { afterAll, beforeAll, expect, test } from 'vitest';
import { ada, max } from '../src/seed/accounts.ts';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { allScopes, send, signIn, startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startForTest();
  token = (await signIn(sandbox, 'ada', `${allScopes} report:personal-data`)).access_token;
});
afterAll(() => sandbox.close());

const updatedAt = '2026-11-20T10:00:00.000Z';

function report(accounts: unknown, bearer = token) {
  const headers = { authorization: `Bearer ${bearer}` };
  return send(`${sandbox.url}/app/report-accounts`, 'POST', { accounts }, headers);
}

function change(account: string, what: string) {
  const body = { account, change: what };
  return send(`${sandbox.url}/sandbox/api/personal-data/accounts`, 'POST', body);
}

test('a report needs a token with the scope, and takes 90 accounts at most', async () => {
  const one = { accountId: ada.accountId, updatedAt };
  expect((await report([one], 'nobody')).status).toBe(401);
  const without = (await signIn(sandbox)).access_token;
  expect((await report([one], without)).status).toBe(403);
  expect((await report(Array.from({ length: 91 }, () => one))).status).toBe(400);
  expect((await report([{ accountId: ada.accountId, updatedAt: 'yesterday' }])).status).toBe(400);
  expect(sandbox.world.personalData.reports).toEqual({});
});

test('the answer names closed and changed accounts alone, and the cycle', async () => {
  const both = [ada, max].map(({ accountId }) => ({ accountId, updatedAt }));
  const quiet = await report(both);
  expect([quiet.status, quiet.headers.get('cycle-period')]).toEqual([204, '7']);
  await change('max', 'close');
  await change('ada', 'change');
  expect((await report(both)).body.accounts).toEqual([
    { accountId: ada.accountId, status: 'updated' },
    { accountId: max.accountId, status: 'closed' },
  ]);
  await change('max', 'reopen');
  const later = both.map((one) => ({ ...one, updatedAt: new Date(Date.now() + 1000).toISOString() }));
  expect((await report(later)).status).toBe(204);
  expect(sandbox.world.personalData.reports[ada.accountId]?.times).toBe(3);
});

test('the page of controls shows who was reported, and closes an account', async () => {
  const page = async () => (await fetch(`${sandbox.url}/controls`)).text();
  expect(await page()).toContain('reported 3 times');
  const form = new URLSearchParams({ account: max.accountId, change: 'close' });
  await fetch(`${sandbox.url}/controls/personal-data`, { method: 'POST', body: form });
  expect(sandbox.world.personalData.closed).toEqual([max.accountId]);
  expect(await page()).toContain('Reopen account of Max');
});
