import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  bodyOf,
  connectJira,
  itemBecomes,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

// What Atlassian limits or leaves open (docs/jira-truth.md): the app and the service stand each possibility.

let harness: Harness;
let workflow: Workflow;
let adapter: Adapter;

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  ({ workflow, adapter } = await connectJira(harness));
  // Only the app tells of changes.
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

const undisturbed = {
  consentNeeded: false,
  droppedHeaders: ['if-match'],
  holdEvents: false,
  maxEventBytes: 200_000,
  moveChangelog: 'full',
  statusHasCategory: true,
  functionTokenHasContext: false,
};
afterEach(() => play(undisturbed));

async function play(settings: Record<string, unknown>): Promise<void> {
  bodyOf(await harness.jira('POST', '/sandbox/api/forge/settings', settings));
}

type Resolved = { ok: boolean; needsConsent?: boolean; value?: { ok: boolean; problem?: { code: string } } };

/** Calls the app's resolver as its page does. */
async function invoke(functionKey: string, payload: unknown = {}): Promise<Resolved> {
  const call = { moduleKey: 'userhero-sync', place: { project: 'SHOP' }, functionKey, payload };
  return bodyOf(await harness.jira<Resolved>('POST', '/s/acme/forge/invoke', call));
}

async function readMapping(): Promise<MappingDocument> {
  return bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`));
}

async function compareWithJira(): Promise<void> {
  bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
}

async function referenceState(itemId: string) {
  return (await readItem(harness.robin, itemId)).externalReferences[0]?.state;
}

it('a person whose consent Forge wants is asked, and not told that they are no administrator', async () => {
  await play({ consentNeeded: true });
  expect(await invoke('getPage')).toMatchObject({ ok: false, needsConsent: true });
  const document = await readMapping();
  const wanted = { adapterId: adapter.id, version: document.version, mapping: document.mapping };
  expect(await invoke('saveMapping', wanted)).toMatchObject({ needsConsent: true });
  bodyOf(await harness.jira('POST', '/sandbox/api/forge/consents', { account: 'ada' }), 201);
  expect(await invoke('getPage')).toMatchObject({ ok: true, value: { ok: true, value: { mayEdit: true } } });
});

it.each([
  ['If-Match is handed on', []],
  ['If-Match is not', ['if-match']],
  ['no header of the app’s own is', ['if-match', 'x-userhero-account', 'accept']],
])('a mapping is saved once and an older one refused, where %s', async (_, droppedHeaders) => {
  await play({ droppedHeaders });
  const before = await readMapping();
  const wanted = { adapterId: adapter.id, version: before.version, mapping: before.mapping };
  expect((await invoke('saveMapping', wanted)).value).toMatchObject({ ok: true });
  const saved = await readMapping();
  expect(saved.version).toBe(before.version + 1);
  expect(saved.updatedBy).toMatch(/^5b10/);
  expect((await invoke('saveMapping', wanted)).value).toMatchObject({
    problem: { code: 'mapping_conflict' },
  });
});

it('a function’s token with context and principal does what one without does', async () => {
  await play({ functionTokenHasContext: true });
  const { version, mapping } = await readMapping();
  const saved = await invoke('saveMapping', { adapterId: adapter.id, version, mapping });
  expect(saved.value).toMatchObject({ ok: true });
});

it('a change whose event Forge dropped is found by the comparison', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await play({ maxEventBytes: 10 });
  await moveInJira(harness, key, 'Done');
  expect((await readItem(harness.robin, item.id)).status).toBe('open');
  await compareWithJira();
  await itemBecomes(harness.robin, item.id, 'resolved');
});

it('a sub-task that goes with its parent has no event, and the comparison finds it gone', async () => {
  const { item, issue } = await pushedItem(harness, workflow);
  const { key: parentKey, issue: parent } = await pushedItem(harness, workflow);
  const stored = harness.sandbox.world.sites[0]?.issues[issue.id];
  if (!stored) throw new Error('the issue is not there');
  stored.parentId = parent.id;
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${parentKey}/delete`, { site: 'acme' }), 204);
  await compareWithJira();
  await until(
    'the reference of the deleted sub-task',
    async () => (await referenceState(item.id)) === 'issue_deleted',
  );
});

it('an event that comes minutes late does not undo what the comparison found meanwhile', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await play({ holdEvents: true });
  await moveInJira(harness, key, 'In Progress');
  await moveInJira(harness, key, 'Done');
  await compareWithJira();
  const { version } = await itemBecomes(harness.robin, item.id, 'resolved');
  bodyOf(await harness.jira('POST', '/sandbox/api/forge/events/release', {}));
  await until('the end of the held events', async () => harness.sandbox.world.forge.events.length === 0);
  await until('the late events being decided', async () => {
    const rows = await harness.database.prisma.delivery.findMany({
      where: { sender: 'forge', issueKey: key },
    });
    return rows.length === 2 && rows.every(({ state }) => state !== 'pending');
  });
  expect(await readItem(harness.robin, item.id)).toMatchObject({ status: 'resolved', version });
});

it.each([
  'full',
  'left_out',
  'no_changelog',
])('a move to another project is recognised, with the changelog %s', async (moveChangelog) => {
  const { item, key } = await pushedItem(harness, workflow);
  await play({ moveChangelog });
  const move = { site: 'acme', project: 'OPS' };
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/move-project`, move));
  await until(
    'the reference of a moved issue',
    async () => (await referenceState(item.id)) === 'issue_moved',
  );
  const { externalReferences } = await readItem(harness.robin, item.id);
  expect(externalReferences[0]?.key).toMatch(/^OPS-/);
});

it('a status is applied at once with its category in the event, and after a reading without', async () => {
  const { item, key } = await pushedItem(harness, workflow);
  await moveInJira(harness, key, 'In Review');
  await itemBecomes(harness.robin, item.id, 'in-progress');
  await play({ statusHasCategory: false });
  await moveInJira(harness, key, 'Done');
  await itemBecomes(harness.robin, item.id, 'resolved');
});
