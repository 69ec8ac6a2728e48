import { createServer, type Server } from 'node:http';
import type { ForgePage, ForgePanel } from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Service } from '../src/compose.ts';
import { type Call, caller, until } from './support/call.ts';
import { freePort, type Harness, startHarness } from './support/harness.ts';
import { activityOf, bodyOf, connectJira, itemBecomes, pushedItem, readAdapter } from './support/steps.ts';

const appId = 'ari:cloud:ecosystem::app/6f1f4a0e-5d4c-4a53-9d5e-0b7f6f4f2c11';
const account = '5b10a2844c20165700ede21g';

let harness: Harness;
let jwks: Server;
let forge: Service;
let sign: (claims: {
  cloudId?: string;
  project?: string;
  issue?: string;
  account?: string | null;
}) => Promise<Call>;

beforeAll(async () => {
  harness = await startHarness();
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const port = await freePort();
  jwks = createServer((_request, response) => response.end(JSON.stringify({ keys: [key] })));
  await new Promise<void>((done) => jwks.listen(port, '127.0.0.1', done));
  forge = await harness.startAnother({ forge: { appId, jwksUrl: `http://127.0.0.1:${port}/` } });
  sign = async ({ cloudId = '', project, issue, account: who = account }) => {
    const extension = {
      ...(project ? { project: { id: project } } : {}),
      ...(issue ? { issue: { id: issue } } : {}),
    };
    const token = await new SignJWT({ app: { id: appId }, context: { cloudId, extension }, principal: who })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuer('forge/invocation-token')
      .setAudience(appId)
      .setExpirationTime('1m')
      .sign(privateKey);
    return caller(`http://127.0.0.1:${forge.port}`, { authorization: `Bearer ${token}` });
  };
});
afterAll(async () => {
  jwks.close();
  await harness.stop();
});

async function connected() {
  const { workflow, adapter } = await connectJira(harness);
  const cloudId = adapter.site?.cloudId ?? '';
  const project = adapter.jiraProject?.id ?? '';
  return { workflow, adapter, cloudId, project, path: `/api/forge/projects/${project}` };
}

it('a Jira admin reads and saves the mapping from inside Jira, and UserHero shows the same at once', async () => {
  const { adapter, cloudId, project, path } = await connected();
  const jira = await sign({ cloudId, project });
  const query = `?adapter=${adapter.id}`;
  const page = bodyOf(await jira<ForgePage>('GET', `${path}${query}`));
  expect(page.current).toMatchObject({ adapterId: adapter.id, state: 'active' });
  // Nothing has come from Jira yet, and nothing else is amiss.
  expect(page.current?.health).toMatchObject({ level: 'waiting', reasons: [{ code: 'no_event_yet' }] });
  expect(page.current?.jira?.statuses.length).toBeGreaterThan(0);

  const mapping = { ...page.current?.document.mapping };
  const wanted = { mapping: { ...mapping, priorities: { ...mapping.priorities, low: 'Lowest' } } };
  const saved = await jira<MappingDocument>('PUT', `${path}/mapping${query}`, wanted, { 'if-match': '"1"' });
  expect(bodyOf(saved)).toMatchObject({ version: 2, updatedBy: account });
  expect(saved.headers.get('etag')).toBe('"2"');
  expect(bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`))).toEqual(
    saved.body,
  );
  const [entry] = await activityOf(harness.robin, adapter.id, 'adapters');
  expect(entry).toMatchObject({ kind: 'mapping_saved', actor: account });

  const stale = await jira('PUT', `${path}/mapping${query}`, wanted, { 'if-match': '"1"' });
  expect([stale.status, stale.body.code]).toEqual([412, 'mapping_conflict']);
});

describe('a token is good for its own site, project and issue alone:', () => {
  it('another site sees nothing, changes nothing and reports nothing', async () => {
    const { workflow, adapter, path } = await connected();
    const { item, issue } = await pushedItem(harness, workflow);
    const stranger = await sign({ cloudId: 'another-cloud' });
    expect(bodyOf(await stranger<ForgePage>('GET', path))).toMatchObject({ connections: [], current: null });
    expect((await stranger('GET', `${path}?adapter=${adapter.id}`)).status).toBe(404);
    const { body } = await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`);
    const save = await stranger('PUT', `${path}/mapping`, { mapping: body.mapping }, { 'if-match': '"1"' });
    expect(save.status).toBe(404);
    expect(bodyOf(await stranger<ForgePanel>('GET', `/api/forge/issues/${issue.id}`)).items).toEqual([]);
    expect(bodyOf(await stranger('POST', '/api/webhooks/jira', doneEvent(issue)))).toMatchObject({
      outcome: 'ignored',
    });
    expect(bodyOf(await harness.robin('GET', `/api/items/${item.id}`))).toMatchObject({ status: 'open' });
  });

  it('a token of another project or issue is refused', async () => {
    const { cloudId, path } = await connected();
    const other = await sign({ cloudId, project: '99999', issue: '88888' });
    expect((await other('GET', path)).status).toBe(403);
    expect((await other('GET', '/api/forge/issues/77777')).status).toBe(403);
  });

  it('a change that nobody makes is refused', async () => {
    const { adapter, cloudId, path } = await connected();
    const { body } = await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`);
    const nobody = await sign({ cloudId, account: null });
    const query = `?adapter=${adapter.id}`;
    const save = await nobody(
      'PUT',
      `${path}/mapping${query}`,
      { mapping: body.mapping },
      { 'if-match': '"1"' },
    );
    expect([save.status, save.body.code]).toEqual([403, 'forbidden']);
  });

  it('API keys and no credentials at all are refused', async () => {
    const { path } = await connected();
    const origin = `http://127.0.0.1:${forge.port}`;
    expect((await caller(origin, {})('GET', path)).status).toBe(401);
    expect((await harness.robin('GET', path)).status).toBe(401);
  });
});

it('an event of the Forge trigger changes the item, and the panel shows it', async () => {
  const { workflow, cloudId } = await connected();
  const { item, issue } = await pushedItem(harness, workflow);
  const jira = await sign({ cloudId });
  expect(bodyOf(await jira('POST', '/api/webhooks/jira', doneEvent(issue)))).toEqual({ outcome: 'accepted' });
  expect(bodyOf(await jira('POST', '/api/webhooks/jira', doneEvent(issue)))).toEqual({
    outcome: 'duplicate',
  });
  await itemBecomes(harness.robin, item.id, 'resolved');
  const panel = bodyOf(await jira<ForgePanel>('GET', `/api/forge/issues/${issue.id}`));
  expect(panel.items).toMatchObject([{ itemId: item.id, status: 'Resolved', referenceState: 'active' }]);
});

it('without Jira’s statuses there is no preview: it says why, instead of finding that nothing would change', async () => {
  const { workflow, adapter, cloudId, project, path } = await connected();
  await pushedItem(harness, workflow);
  const { mapping } = bodyOf(
    await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`),
  );
  const swapped = { open: { category: 'indeterminate' }, 'in-progress': { category: 'new' } };
  const outbound = Object.fromEntries(
    Object.entries(mapping.outbound).map(([slug, rule]) => [
      slug,
      { ...rule, ...Reflect.get(swapped, slug) },
    ]),
  );
  const inbound = {
    ...mapping.inbound,
    new: { status: 'in-progress', byName: false },
    indeterminate: { status: 'open', byName: false },
  };
  const jira = await sign({ cloudId, project });
  const wanted = { mapping: { ...mapping, outbound, inbound } };
  const preview = () => jira<MappingPreview>('POST', `${path}/mapping/preview?adapter=${adapter.id}`, wanted);
  expect(bodyOf(await preview()).wouldChange).toBe(1);

  await harness.jira('POST', '/sandbox/api/grants/revoke', {});
  await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`);
  await until('the end of the grant', async () => {
    const { state } = await readAdapter(harness.robin, adapter.id);
    return state === 'needs_reauth';
  });
  const refused = await jira('POST', `${path}/mapping/preview?adapter=${adapter.id}`, wanted);
  expect([refused.status, refused.body.code]).toEqual([409, 'needs_reauth']);
});

function doneEvent(issue: { id: string; key: string }) {
  const status = { id: '5', name: 'Done', statusCategory: { key: 'done' } };
  return {
    eventType: 'avi:jira:updated:issue',
    timestamp: Date.now() + 60_000 - (Date.now() % 60_000),
    issue: { id: issue.id, key: issue.key, fields: { status } },
    changelog: { items: [{ field: 'status', fieldId: 'status', to: '5', toString: 'Done' }] },
  };
}
