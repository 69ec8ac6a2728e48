import { rmSync } from 'node:fs';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, startForTest, startReceiver } from './connect.ts';
import { buildFixtureApp } from './fixtures/build-fixture-app.ts';

const appId = 'ari:cloud:ecosystem::app/00000000-0000-4000-8000-000000000001';
let root: string;
let sandbox: RunningSandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const answers: number[] = [];

beforeAll(async () => {
  root = await buildFixtureApp();
  receiver = await startReceiver(answers);
  const remoteUrl = new URL(receiver.url).origin;
  sandbox = await startForTest({ forge: { root, remoteUrl } });
  await send(`${sandbox.url}/sandbox/api/settings`, 'POST', { retryBaseMs: 20 });
});
afterAll(async () => {
  await sandbox.close();
  await receiver.close();
  rmSync(root, { recursive: true });
});
afterEach(() => {
  receiver.received.length = 0;
  answers.length = 0;
});

const cookie = (account: 'ada' | 'max') => ({
  cookie: `jira_account=${sandbox.world.accounts[account === 'ada' ? 0 : 1]?.accountId}`,
});

/** A fresh thread on a loaded machine may take a while. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000 });

afterEach(() => play(undisturbed));

/** Has the host play one of the possibilities that its settings offer. */
function play(settings: Record<string, unknown>) {
  return send(`${sandbox.url}/sandbox/api/forge/settings`, 'POST', settings);
}
const undisturbed = {
  consentNeeded: false,
  droppedHeaders: ['if-match'],
  holdEvents: false,
  maxEventBytes: 200_000,
  moveChangelog: 'full',
  statusHasCategory: true,
  functionTokenHasContext: false,
};

/** Calls the resolver as the page would, or as a forger would. */
async function invoke(
  functionKey: string,
  payload: unknown = {},
  { account = 'ada' as 'ada' | 'max', project = 'SHOP', site = 'acme' } = {},
) {
  const body = { moduleKey: 'fixture-page', place: { project }, functionKey, payload };
  return send(`${sandbox.url}/s/${site}/forge/invoke`, 'POST', body, cookie(account));
}

async function invocations(kind: string) {
  const { body } = await send(`${sandbox.url}/sandbox/api/forge/invocations`);
  return body.invocations.filter((one: { kind: string }) => one.kind === kind);
}

async function move(key: string, status: string) {
  const answer = await send(`${sandbox.url}/sandbox/api/issues/${key}/move`, 'POST', {
    site: 'acme',
    status,
  });
  expect(answer.status).toBe(200);
}

test('a resolver learns who calls it and where, and nothing of this machine', async () => {
  const { body } = await invoke('whoAmI', { from: 'test' });
  expect(body.value).toMatchObject({
    accountId: sandbox.world.accounts[0]?.accountId,
    cloudId: sandbox.world.sites[0]?.cloudId,
    moduleKey: 'fixture-page',
    extension: { type: 'jira:projectPage', project: { key: 'SHOP' } },
    environment: ['NODE_ENV', 'TZ'],
    payload: { from: 'test' },
  });
});

test('asUser has the permissions of the person and no others', async () => {
  const ada = await invoke('myPermissions');
  const max = await invoke('myPermissions', {}, { account: 'max' });
  expect(ada.body.value.body.permissions.ADMINISTER_PROJECTS.havePermission).toBe(true);
  expect(max.body.value.body.permissions.ADMINISTER_PROJECTS.havePermission).toBe(false);
});

test('a scope that the manifest lacks is refused', async () => {
  const { body } = await invoke('setProperty', { issue: 'SHOP-1' });
  expect(body.value.status).toBe(401);
  const issue = Object.values(sandbox.world.sites[0]?.issues ?? {}).find((one) => one.key === 'SHOP-1');
  expect(issue?.properties).toEqual({});
});

test('a function’s remote gets a Forge Invocation Token that its key set verifies, without person and place', async () => {
  await invoke('callRemote');
  const token = receiver.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
  const keys = createRemoteJWKSet(new URL(sandbox.forge?.jwksUrl ?? ''));
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer: 'forge/invocation-token',
    audience: appId,
    algorithms: ['RS256'],
  });
  expect(protectedHeader.kid).toBeTruthy();
  const apiBaseUrl = `${sandbox.url}/ex/jira/${sandbox.world.sites[0]?.cloudId}`;
  expect(payload).toMatchObject({
    app: {
      id: appId,
      module: { key: 'fixture-page' },
      apiBaseUrl,
      installation: { contexts: [{ apiBaseUrl }] },
    },
  });
  expect(Object.keys(payload)).not.toContain('context');
  expect(Object.keys(payload)).not.toContain('principal');
});

test('a remote or an address that the manifest lacks is refused', async () => {
  expect((await invoke('callRemote', { remote: 'elsewhere' })).body.message).toMatch(/Invalid remote key/);
  const strange = await invoke('fetchAddress', { url: receiver.url });
  expect(strange.body.message).toMatch(/not included in the external fetch backend permissions/);
  expect(receiver.received.filter((one) => !one.headers.authorization)).toEqual([]);
});

test('a function that hangs is stopped, and the next call runs', async () => {
  expect((await invoke('hang')).body.message).toMatch(/longer than 2 seconds/);
  expect((await invoke('whoAmI')).body.ok).toBe(true);
});

test('a call for a project that the person may not see, or from another site’s page, is refused', async () => {
  expect((await invoke('whoAmI', {}, { account: 'max', project: 'HR' })).status).toBe(404);
  expect((await invoke('whoAmI', {}, { project: 'VER' })).status).toBe(404);
  const forged = await send(
    `${sandbox.url}/s/acme/forge/invoke`,
    'POST',
    { moduleKey: 'fixture-page', place: { project: 'SHOP' }, functionKey: 'whoAmI' },
    { 'sec-fetch-site': 'cross-site' },
  );
  expect(forged.status).toBe(403);
});

test('a change of status reaches the trigger in Forge’s shape, another change does not', async () => {
  await send(`${sandbox.url}/sandbox/api/issues/SHOP-2/edit`, 'POST', { site: 'acme', summary: 'Apple Pay' });
  await move('SHOP-2', 'In Progress');
  await eventually(() => receiver.received.length).toBe(1);
  const event = receiver.received[0]?.json;
  expect(event).toMatchObject({
    eventType: 'avi:jira:updated:issue',
    selfGenerated: false,
    issue: {
      key: 'SHOP-2',
      fields: { status: { name: 'In Progress', statusCategory: { key: 'indeterminate' } } },
    },
    changelog: { items: [{ field: 'status', toString: 'In Progress' }] },
    associatedStatuses: [{ name: 'To Do' }, { name: 'In Progress' }],
    atlassianId: sandbox.world.accounts[0]?.accountId,
  });
  const outcomes = async () => (await invocations('trigger')).map((one: { outcome: string }) => one.outcome);
  await eventually(outcomes).toEqual(['filtered', 'ok']);
});

test('an event whose function asks for it comes again, with its retry context, four times at most', async () => {
  answers.push(503, 503);
  await move('SHOP-2', 'In Review');
  await eventually(() => receiver.received.length).toBe(3);
  expect(receiver.received[2]?.json.retryContext).toEqual({
    retryCount: 2,
    retryReason: 'FUNCTION_RETRY_REQUEST',
  });
  answers.push(503, 503, 503, 503, 503, 503);
  receiver.received.length = 0;
  await move('SHOP-2', 'Done');
  await eventually(() => receiver.received.length).toBe(5);
  await eventually(() => sandbox.world.forge.events).toEqual([]);
  expect(receiver.received).toHaveLength(5);
});

test('an uninstalled app is neither told nor shown, until it is installed again', async () => {
  const control = (path: string) =>
    send(`${sandbox.url}/sandbox/api/forge/${path}`, 'POST', { site: 'acme', account: 'ada' });
  const before = sandbox.world.forge.installations[0]?.id;
  await control('uninstall');
  await move('SHOP-1', 'Done');
  expect((await invoke('whoAmI')).status).toBe(404);
  expect((await fetch(`${sandbox.url}/s/acme/projects/SHOP/apps/fixture-page`)).status).toBe(404);
  expect(receiver.received).toEqual([]);
  const installed = await control('install');
  expect(installed.body.id).not.toBe(before);
  expect((await invoke('whoAmI')).body.ok).toBe(true);
});

test('only an administrator installs and uninstalls on the Apps page', async () => {
  const press = (account: 'ada' | 'max') =>
    fetch(`${sandbox.url}/s/nordwind/apps/uninstall`, {
      method: 'POST',
      headers: cookie(account),
      redirect: 'manual',
    });
  expect((await press('max')).status).toBe(403);
  expect((await press('ada')).status).toBe(303);
  const text = await (await fetch(`${sandbox.url}/s/nordwind/apps`)).text();
  expect(text).toContain('Not installed');
});

test('a new build is taken over without a restart', async () => {
  const { utimesSync } = await import('node:fs');
  const version = async () => (await send(`${sandbox.url}/sandbox/api/forge`)).body.app.version;
  const before = await version();
  utimesSync(`${root}/built/functions/index.js`, new Date(), new Date());
  await eventually(version).not.toBe(before);
  expect((await invoke('whoAmI')).body.ok).toBe(true);
});

test('asUser wants the person’s consent where the host plays it so: one person’s is not another’s', async () => {
  await play({ consentNeeded: true });
  const refused = await invoke('myPermissions');
  expect(refused.body).toMatchObject({ ok: false, needsConsent: true });
  expect(refused.body.message).toMatch(/Authentication Required/);
  const prompt = { moduleKey: 'fixture-page', place: { project: 'SHOP' } };
  expect((await send(`${sandbox.url}/s/acme/forge/consent`, 'POST', prompt, cookie('ada'))).status).toBe(200);
  expect((await invoke('myPermissions')).body.ok).toBe(true);
  expect((await invoke('myPermissions', {}, { account: 'max' })).body.needsConsent).toBe(true);
  await send(`${sandbox.url}/sandbox/api/forge/consents`, 'DELETE');
  expect((await invoke('myPermissions')).body.needsConsent).toBe(true);
});

test('an error of the app’s own asks nobody for consent', async () => {
  expect((await invoke('callRemote', { remote: 'elsewhere' })).body.needsConsent).toBe(false);
});

test('a remote gets the headers that the settings let through, and no others', async () => {
  const headers = { 'If-Match': '"3"', 'x-own': 'kept' };
  await invoke('callRemote', { headers });
  await play({ droppedHeaders: ['X-Own'] });
  await invoke('callRemote', { headers });
  const seen = receiver.received.map((one) => [one.headers['if-match'], one.headers['x-own']]);
  expect(seen).toEqual([
    [undefined, 'kept'],
    ['"3"', undefined],
  ]);
});

test('a function’s token has context and principal where the host plays it so', async () => {
  await play({ functionTokenHasContext: true });
  await invoke('callRemote');
  const token = receiver.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
  expect(decodeJwt(token)).toMatchObject({
    context: { cloudId: sandbox.world.sites[0]?.cloudId },
    principal: sandbox.world.accounts[0]?.accountId,
  });
});

test('an event over the limit is not delivered, and the record says so', async () => {
  await play({ maxEventBytes: 500 });
  await move('SHOP-2', 'In Progress');
  const last = async () => (await invocations('trigger')).at(-1);
  await expect.poll(last).toMatchObject({ outcome: 'dropped', error: expect.stringMatching(/bytes/) });
  expect(receiver.received).toEqual([]);
});

test('held events come when they are released, and late ones when their time has come', async () => {
  await play({ holdEvents: true });
  await move('SHOP-2', 'In Review');
  await eventually(() => sandbox.world.forge.events.filter((one) => one.held)).toHaveLength(1);
  expect(receiver.received).toEqual([]);
  const released = await send(`${sandbox.url}/sandbox/api/forge/events/release`, 'POST', {});
  expect(released.body).toEqual({ released: 1 });
  await eventually(() => receiver.received).toHaveLength(1);
});

test('a move’s event may lack the items that tell it, or its changelog, and a status its category', async () => {
  const moveTo = (project: string, key: string) =>
    send(`${sandbox.url}/sandbox/api/issues/${key}/move-project`, 'POST', { site: 'acme', project });
  const { body: issue } = await send(`${sandbox.url}/sandbox/api/issues`, 'POST', {
    site: 'acme',
    project: 'SHOP',
    summary: 'Travels',
  });
  await play({ moveChangelog: 'left_out', statusHasCategory: false });
  await moveTo('OPS', issue.id);
  await play({ moveChangelog: 'no_changelog' });
  await moveTo('SHOP', issue.id);
  // The move changes the status too, so that its event passes the filter; without a changelog the filter fails.
  const last = async () => (await invocations('trigger')).at(-1).outcome;
  await expect.poll(last).toBe('filtered');
  await eventually(() => receiver.received).toHaveLength(1);
  const { items } = receiver.received[0]?.json.changelog as { items: { field: string }[] };
  expect(items.map((one) => one.field)).toEqual(['status']);
  await move(issue.id, 'In Progress');
  await eventually(() => receiver.received).toHaveLength(2);
  const { status } = (receiver.received[1]?.json.issue as { fields: { status: object } }).fields;
  expect(Object.keys(status)).not.toContain('statusCategory');
});

test('a sub-task that goes with its parent has no event of its own; alone it has', async () => {
  const site = sandbox.world.sites[0];
  const parent = Object.values(site?.issues ?? {}).find((one) => one.key === 'SHOP-3');
  const child = Object.values(site?.issues ?? {}).find((one) => one.key === 'SHOP-4');
  if (!parent || !child) throw new Error('the seed has changed');
  child.parentId = parent.id;
  const before = (await invocations('trigger')).length;
  await send(`${sandbox.url}/sandbox/api/issues/SHOP-3/delete`, 'POST', { site: 'acme' });
  await expect.poll(async () => (await invocations('trigger')).length).toBe(before + 1);
  await move('SHOP-2', 'Done');
  await expect.poll(async () => (await invocations('trigger')).length).toBe(before + 2);
});

test('the settings are on the page of controls, and a consent on the page of apps', async () => {
  const save = (form: Record<string, string>) =>
    fetch(`${sandbox.url}/controls/forge`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  const form = {
    moveChangelog: 'left_out',
    droppedHeaders: 'A, b',
    eventDelayMs: '5',
    maxEventBytes: '1000',
  };
  expect((await save({ ...form, consentNeeded: 'on' })).status).toBe(303);
  expect(sandbox.world.forge.settings).toMatchObject({
    consentNeeded: true,
    statusHasCategory: false,
    moveChangelog: 'left_out',
    droppedHeaders: ['a', 'b'],
    maxEventBytes: 1000,
  });
  await save({ ...form, eventDelayMs: '999999999' });
  expect(sandbox.world.forge.settings.eventDelayMs).toBe(5);
  const controls = await (await fetch(`${sandbox.url}/controls`)).text();
  expect(controls).toContain('Headers that invokeRemote does not hand on');
  await send(`${sandbox.url}/sandbox/api/forge/consents`, 'POST', { account: 'max' });
  expect(await (await fetch(`${sandbox.url}/s/acme/apps`)).text()).toContain('Withdraw the consent of Max');
});
