import type { Adapter, AdapterStarted, IssueType } from '@userhero/shared/contracts/adapter.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createJobs, openQueues } from '../src/jobs/queues.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { automationRule, withoutSenders } from './support/jira-senders.ts';
import {
  addItem,
  bodyOf,
  choose,
  connectJira,
  consent,
  deliveriesOf,
  issueInJira,
  itemBecomes,
  type List,
  moveInJira,
  push,
  pushedItem,
  readAdapter,
  readItem,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

const siteOf = (slug: string) => harness.sandbox.world.sites.find((site) => site.slug === slug);

async function reconnect(adapterId: string, sites?: string[], account?: string): Promise<Adapter> {
  const path = `/api/adapters/${adapterId}/reconnect`;
  const started = bodyOf(await harness.robin<AdapterStarted>('POST', path));
  const page = await consent(harness, started.authorizeUrl, {
    ...(sites ? { sites } : {}),
    ...(account ? { account } : {}),
  });
  expect(page).not.toMatch(/problem|error/);
  return readAdapter(harness.robin, adapterId);
}

async function mappingOf(adapterId: string): Promise<MappingDocument> {
  return bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapterId}/mapping`));
}

/** Open goes to acme's status 10001, "To Do" there and "Fertig" on the other site. */
async function nameAnExactStatus(adapterId: string): Promise<void> {
  const { mapping, version } = await mappingOf(adapterId);
  const outbound = { ...mapping.outbound, open: { category: 'new', jiraStatusId: '10001' } };
  const path = `/api/adapters/${adapterId}/mapping`;
  const sent = { mapping: { ...mapping, outbound } };
  bodyOf(await harness.robin('PUT', path, sent, { 'if-match': `"${version}"` }));
}

const exactStatus = async (adapterId: string) =>
  (await mappingOf(adapterId)).mapping.outbound.open?.jiraStatusId;

describe('reconnecting to another site', () => {
  it('takes its project of the same id for another project: nothing goes to a status of the former site', async () => {
    const { adapter, workflow } = await connectJira(harness);
    await nameAnExactStatus(adapter.id);
    const moved = await reconnect(adapter.id, ['nordwind']);
    expect(moved).toMatchObject({
      state: 'choosing',
      site: { name: 'Nordwind GmbH' },
      jiraProject: null,
      issueType: null,
    });
    const chosen = await choose(harness.robin, adapter.id, { site: 'nordwind', project: 'VER' });
    expect([chosen.jiraProject?.id, adapter.jiraProject?.id]).toEqual(['10000', '10000']);
    expect(await exactStatus(adapter.id)).toBeNull();
    const { reference } = bodyOf(await push(harness.robin, await addItem(harness.robin, workflow)), 201);
    const issue = await issueInJira(harness, reference?.key ?? '', 'nordwind');
    expect(issue.status.category).toBe('new');
  });

  it('keeps no issue type and no fixed value of the former site, by consent as by choosing', async () => {
    const { adapter } = await connectJira(harness, {
      project: 'COMP',
      fixedFields: { customfield_10050: '10101', customfield_10051: 'A' },
    });
    expect(adapter.fixedFields).not.toEqual({});
    const nordwind = { cloudId: siteOf('nordwind')?.cloudId };
    const chosen = await harness.robin<Adapter>('PUT', `/api/adapters/${adapter.id}/site`, nordwind);
    const empty = { state: 'choosing', jiraProject: null, issueType: null, fixedFields: {} };
    expect(bodyOf(chosen)).toMatchObject(empty);
    expect(await reconnect(adapter.id, ['acme'])).toMatchObject(empty);
  });

  it('takes the webhook away that was registered on the former site', async () => {
    const { adapter } = await connectJira(harness, { site: 'nordwind', project: 'VER' });
    const covered = () => siteOf('nordwind')?.dynamicWebhooks.some((one) => /10000/.test(one.jqlFilter));
    await until('the webhook on the former site', async () => covered());
    for (const other of await otherAdapters(adapter.id)) {
      bodyOf(await harness.robin('POST', `/api/adapters/${other}/disconnect`));
    }
    await reconnect(adapter.id, ['acme']);
    expect(covered()).toBe(false);
  });

  async function otherAdapters(adapterId: string): Promise<string[]> {
    const { prisma } = harness.database;
    const { cloudId } = await prisma.adapter.findUniqueOrThrow({ where: { id: adapterId } });
    const where = { cloudId, id: { not: adapterId }, state: 'active' };
    return (await prisma.adapter.findMany({ where })).map(({ id }) => id);
  }

  it('leaves items alone that are linked on the former site, until it comes back to it', async () => {
    const { adapter, workflow } = await connectJira(harness);
    const { item, key } = await pushedItem(harness, workflow);
    await reconnect(adapter.id, ['nordwind']);
    await choose(harness.robin, adapter.id, { site: 'nordwind', project: 'VER' });
    expect((await readItem(harness.robin, item.id)).externalReferences).toMatchObject([
      { key, state: 'disconnected' },
    ]);
    await automationRule(harness);
    await moveInJira(harness, key, 'Done');
    const event = await until('the event', async () =>
      (await deliveriesOf(harness, item.id)).find(
        ({ statusName, state }) => statusName === 'Done' && state !== 'pending',
      ),
    );
    expect(event).toMatchObject({ state: 'skipped', rule: 'adapter_not_connected' });
    expect((await readItem(harness.robin, item.id)).status).toBe('open');

    await reconnect(adapter.id, ['acme']);
    const resumed = await choose(harness.robin, adapter.id, { project: 'SHOP' });
    expect(resumed).toMatchObject({ state: 'active', referenceCount: 1 });
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');
  });

  it('keeps the mapping of a project that it comes back to before another one was confirmed', async () => {
    const { adapter } = await connectJira(harness);
    await nameAnExactStatus(adapter.id);
    await reconnect(adapter.id, ['nordwind']);
    await reconnect(adapter.id, ['acme']);
    await choose(harness.robin, adapter.id, { project: 'SHOP' });
    expect(await exactStatus(adapter.id)).toBe('10001');
    await choose(harness.robin, adapter.id, { project: 'MOB' });
    expect(await exactStatus(adapter.id)).toBeNull();
  });

  it('keeps the resolutions of a site in another project, and starts over on another site', async () => {
    const { adapter } = await connectJira(harness);
    const path = `/api/adapters/${adapter.id}/mapping`;
    const { mapping, version } = await mappingOf(adapter.id);
    const resolutions = { closed: '10001' };
    bodyOf(await harness.robin('PUT', path, { mapping: { ...mapping, resolutions }, version }));
    await choose(harness.robin, adapter.id, { project: 'MOB' });
    expect((await mappingOf(adapter.id)).mapping.resolutions).toEqual(resolutions);
    await reconnect(adapter.id, ['nordwind']);
    await choose(harness.robin, adapter.id, { site: 'nordwind', project: 'VER' });
    expect(await mappingOf(adapter.id)).toMatchObject({ isDefault: true, mapping: { resolutions: {} } });
  });

  it('does not touch the issue of the same id there when an interrupted push is taken up', async () => {
    const { adapter, workflow } = await connectJira(harness, { kind: 'issues' });
    const { item, issue } = await pushedItem(harness, workflow);
    await reconnect(adapter.id, ['nordwind']);
    await choose(harness.robin, adapter.id, { site: 'nordwind', project: 'VER' });
    const stranger = siteOf('nordwind')?.issues[issue.id];
    const before = structuredClone(stranger);

    const { prisma, url } = harness.database;
    const { id } = await prisma.push.findFirstOrThrow({ where: { itemId: item.id } });
    await prisma.item.update({ where: { id: item.id }, data: { status: 'closed' } });
    await prisma.push.update({ where: { id }, data: { state: 'pending', createSentAt: new Date() } });
    const boss = await openQueues(url, 'web', () => {});
    await createJobs(boss).send(prisma, 'push', { pushId: id });
    await until('the push ending', async () => {
      const { state } = await prisma.push.findUniqueOrThrow({ where: { id } });
      return state === 'succeeded' || state === 'failed';
    });
    await boss.stop({ graceful: false, close: true });
    expect(stranger).toEqual(before);
  });
});

it('does not confirm a project of a site that somebody else has left meanwhile', async () => {
  const { adapter } = await connectJira(harness);
  const path = `/api/adapters/${adapter.id}`;
  const slow = { kind: 'slow', delayMs: 1_500, match: { pathIncludes: '/createmeta' } };
  bodyOf(await harness.jira('POST', '/sandbox/api/faults', slow), 201);
  const confirming = harness.robin('PUT', `${path}/jira-project`, { projectId: '10001' });
  await until('the confirmation asking Jira', async () =>
    harness.sandbox.world.faults.some((fault) => fault.hits > 0),
  );
  await harness.robin('PUT', `${path}/site`, { cloudId: siteOf('nordwind')?.cloudId });
  const late = await confirming;
  expect([late.status, late.body.code]).toEqual([409, 'adapter_wrong_state']);
  expect(await readAdapter(harness.robin, adapter.id)).toMatchObject({
    state: 'choosing',
    jiraProject: null,
  });
  await harness.jira('DELETE', '/sandbox/api/faults');
});

it('offers the issue types of the new site while choosing', async () => {
  const { adapter } = await connectJira(harness);
  await reconnect(adapter.id, ['nordwind']);
  const types = await harness.robin<List<IssueType>>(
    'GET',
    `/api/adapters/${adapter.id}/issue-types?projectId=10000`,
  );
  const wanted = siteOf('nordwind')?.issueTypes.map(({ name }) => name) ?? [];
  expect(bodyOf(types).items.every(({ name }) => wanted.includes(name))).toBe(true);
});
