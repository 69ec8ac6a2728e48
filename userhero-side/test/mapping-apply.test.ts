import { randomUUID } from 'node:crypto';
import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type {
  MappingApply,
  MappingDocument,
  MappingPreview,
} from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mappingArb } from '../../shared/test/arbitraries.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { manyLinked } from './support/many-linked.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  issueInJira,
  moveInJira,
  pushedItem,
  readItem,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

type Connected = Awaited<ReturnType<typeof connectJira>>;

const mappingOf = async ({ adapter }: Connected) =>
  bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`));
const save = async ({ adapter }: Connected, mapping: Mapping, version: number) =>
  bodyOf(
    await harness.robin<MappingDocument>(
      'PUT',
      `/api/adapters/${adapter.id}/mapping`,
      { mapping },
      { 'if-match': `"${version}"` },
    ),
  );
const preview = async ({ adapter }: Connected, mapping: Mapping) =>
  bodyOf(
    await harness.robin<MappingPreview>('POST', `/api/adapters/${adapter.id}/mapping/preview`, { mapping }),
  );
const apply = ({ adapter }: Connected, version: number, call = harness.robin) =>
  call<MappingApply>('POST', `/api/adapters/${adapter.id}/mapping/apply`, { version });
const statusesOf = async ({ adapter }: Connected) =>
  bodyOf(await harness.robin<JiraStatuses>('GET', `/api/adapters/${adapter.id}/jira-statuses`)).statuses;
const idOf = async (connected: Connected, name: string) =>
  (await statusesOf(connected)).find((status) => status.name === name)?.id ?? '';

/** An item whose issue is in a status that its reference knows. */
async function itemIn(connected: Connected, status: string) {
  const pushed = await pushedItem(harness, connected.workflow);
  await moveInJira(harness, pushed.key, status);
  bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/reconcile`), 202);
  await until(`the reference knowing ${status}`, async () => {
    const item = await readItem(harness.robin, pushed.item.id);
    return item.externalReferences[0]?.jiraStatus === status;
  });
  return { ...pushed, item: await readItem(harness.robin, pushed.item.id) };
}

async function connected(): Promise<Connected> {
  const connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  return connected;
}

describe('a mapping that was mended', () => {
  it('changes no item when it is saved, shows which it would change, and changes them when it is applied', async () => {
    const here = await connected();
    bodyOf(await harness.robin('PATCH', `/api/adapters/${here.adapter.id}`, { sendChanges: true }));
    const { item, key } = await itemIn(here, 'In Review');
    expect(item.status).toBe('in-progress');
    const { mapping, version } = await mappingOf(here);
    const override = { jiraStatusId: await idOf(here, 'In Review'), status: 'resolved' };
    const saved = await save(here, { ...mapping, overrides: [override] }, version);
    expect(await readItem(harness.robin, item.id)).toMatchObject({
      status: 'in-progress',
      version: item.version,
    });

    const shown = await preview(here, saved.mapping);
    expect(shown).toMatchObject({ linked: 1, wouldChange: 1, version: saved.version });
    expect(shown.rows).toMatchObject([{ status: 'in-progress', after: 'resolved', rule: 'override' }]);

    const applied = bodyOf(await apply(here, saved.version));
    expect(applied).toMatchObject({ state: 'completed', linked: 1, done: 1, changed: 1, jobId: null });
    expect(await readItem(harness.robin, item.id)).toMatchObject({
      status: 'resolved',
      version: item.version + 1,
    });
    const [why] = await activityOf(harness.robin, item.id);
    expect(why).toMatchObject({
      kind: 'mapping_applied',
      reason: 'override',
      actor: 'Robin Bright',
      issueKey: key,
    });
    expect(why?.summary).toBe(
      'Status changed from In Progress to Resolved: the mapping was applied, and the issue is in "In Review"',
    );
    // Nothing goes to Jira: the issue is where it was, though changes of items are sent.
    expect((await issueInJira(harness, key)).status.name).toBe('In Review');
    const jobs = await harness.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'send-change' AND data->>'itemId' = ${item.id}`;
    expect(jobs).toEqual([]);

    expect(bodyOf(await apply(here, saved.version))).toMatchObject({ changed: 0 });
    expect((await preview(here, saved.mapping)).wouldChange).toBe(0);
  });

  it('goes by the category that a status has in Jira today', async () => {
    const here = await connected();
    const { item } = await itemIn(here, 'In Review');
    const site = harness.sandbox.world.sites.find(({ slug }) => slug === 'acme');
    const status = site?.statuses.find(({ name }) => name === 'In Review');
    if (!status) throw new Error('no such status');
    const { category } = status;
    status.category = 'done';
    try {
      const { mapping, version } = await mappingOf(here);
      expect((await preview(here, mapping)).rows).toMatchObject([{ after: 'resolved', rule: 'category' }]);
      expect(bodyOf(await apply(here, version)).changed).toBe(1);
      expect((await readItem(harness.robin, item.id)).status).toBe('resolved');
    } finally {
      status.category = category;
    }
  });

  it('leaves alone issues that Jira does not show, and those of another project', async () => {
    const here = await connected();
    const [hidden, elsewhere, moved] = await manyLinked(harness, here, 3, 'open', 'Done');
    const { prisma } = harness.database;
    const change = (itemId: string | undefined, data: object) =>
      prisma.externalReference.update({ where: { itemId: itemId ?? '' }, data });
    await change(hidden, { state: 'not_visible' });
    await change(elsewhere, { jiraProjectId: 'another' });
    await change(moved, { state: 'issue_moved', jiraProjectId: 'another' });
    const { version } = await mappingOf(here);
    expect(bodyOf(await apply(here, version))).toMatchObject({ linked: 1, changed: 1 });
    expect((await readItem(harness.robin, moved ?? '')).status).toBe('resolved');
  });

  it('does to each item what the preview showed, for any mapping', async () => {
    const here = await connected();
    const statuses = await statusesOf(here);
    for (const { slug } of here.workflow.statuses)
      for (const { name } of statuses) await manyLinked(harness, here, 1, slug, name);
    const isValid = (mapping: Mapping) => validateMapping(mapping, here.workflow, statuses).length === 0;
    const same = fc.asyncProperty(mappingArb(here.workflow, statuses).filter(isValid), async (mapping) => {
      const { version } = await mappingOf(here);
      const saved = await save(here, mapping, version);
      const { rows, wouldChange } = await preview(here, saved.mapping);
      expect(bodyOf(await apply(here, saved.version)).changed).toBe(wouldChange);
      const items = await harness.database.prisma.item.findMany({ where: { workflowId: here.workflow.id } });
      const statusOf = new Map(items.map(({ id, status }) => [id, status]));
      expect(rows.map(({ itemId }) => statusOf.get(itemId))).toEqual(rows.map(({ after }) => after));
    });
    await fc.assert(same, { numRuns: 15 });
  });

  it('reaches any number of items as a job with progress', async () => {
    const here = await connected();
    await manyLinked(harness, here, 900, 'open', 'Done');
    const { version } = await mappingOf(here);
    const begun = bodyOf(await apply(here, version), 202);
    expect(begun).toMatchObject({ state: 'running', linked: 900, jobId: begun.id });
    const done = await until('the end of it', async () => {
      const seen = bodyOf(await harness.robin<MappingApply>('GET', begun.statusUrl));
      return seen.state !== 'running' && seen;
    });
    expect(done).toMatchObject({ state: 'completed', done: 900, changed: 900, jobId: null });
    expect((await harness.casey('GET', begun.statusUrl)).status).toBe(404);
    const told = await activityOf(harness.robin, here.adapter.id, 'adapters');
    expect(told[0]).toMatchObject({
      kind: 'mapping_applied',
      summary: 'Mapping applied: 900 of 900 linked items changed',
      actor: 'Robin Bright',
    });
  });

  it('stops where somebody cancels it', async () => {
    const here = await connected();
    const id = randomUUID();
    const { organizationId } = await harness.database.prisma.project.findUniqueOrThrow({
      where: { id: here.adapter.projectId },
    });
    const { version } = await mappingOf(here);
    await harness.database.prisma.mappingApply.create({
      data: {
        id,
        organizationId,
        adapterId: here.adapter.id,
        mappingVersion: version,
        statuses: [],
        linked: 3,
        requestedBy: 'Robin',
      },
    });
    const path = `/api/mapping-applies/${id}/cancel`;
    expect((await harness.casey('POST', path)).status).toBe(404);
    expect(bodyOf(await harness.robin<MappingApply>('POST', path)).state).toBe('cancelled');
    expect(bodyOf(await harness.robin<MappingApply>('POST', path)).state).toBe('cancelled');
  });
});

describe('applying a mapping is refused', () => {
  it('for another version than the saved one, a paused adapter, and somebody else’s', async () => {
    const here = await connected();
    const [itemId = ''] = await manyLinked(harness, here, 1, 'open', 'Done');
    const { version } = await mappingOf(here);
    const codeOf = async (answer: Promise<{ status: number; body: unknown }>) => {
      const { status, body } = await answer;
      return [status, Reflect.get(Object(body), 'code')];
    };
    expect(await codeOf(apply(here, version + 1))).toEqual([412, 'mapping_conflict']);
    expect((await apply(here, version, harness.casey)).status).toBe(404);
    expect((await apply(here, version, harness.nobody)).status).toBe(401);
    const path = `/api/adapters/${here.adapter.id}/mapping/apply`;
    expect((await harness.robin('POST', path, {})).status).toBe(400);
    const jiraAway = { kind: 'status', status: 503, match: { pathIncludes: '/statuses' } } as const;
    expect(await withFault(harness, jiraAway, () => codeOf(apply(here, version)))).toEqual([
      502,
      'jira_unavailable',
    ]);
    bodyOf(await harness.robin('POST', `/api/adapters/${here.adapter.id}/pause`));
    expect(await codeOf(apply(here, version))).toEqual([409, 'adapter_not_active']);
    bodyOf(await harness.robin('POST', `/api/adapters/${here.adapter.id}/disconnect`));
    expect(await codeOf(apply(here, version))).toEqual([409, 'adapter_not_active']);
    expect((await readItem(harness.robin, itemId)).status).toBe('open');
  });
});
