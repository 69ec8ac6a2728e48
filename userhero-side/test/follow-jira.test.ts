import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { adminWebhook, automationRule, withoutSenders } from './support/jira-senders.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  itemBecomes,
  type List,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());
afterEach(() => withoutSenders(harness));

async function ownSecret(): Promise<string> {
  const path = `/api/adapters/${connected.adapter.id}/webhook-setup`;
  return bodyOf(await harness.robin<WebhookSetup>('GET', path)).secret;
}

/** Moves a card on the board, as the page's form does. */
async function moveOnBoard(key: string, statusName: string): Promise<void> {
  const site = harness.sandbox.world.sites.find(({ slug }) => slug === 'acme');
  const project = site?.projects.find((candidate) => key.startsWith(`${candidate.key}-`));
  const status = site?.statuses.find(
    ({ id, name }) => name === statusName && project?.statusIds.includes(id),
  );
  const transition = project?.transitions.find(({ to }) => to === status?.id);
  const answer = await fetch(`${harness.sandbox.url}/s/acme/browse/${key}/move`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ transition: transition?.id ?? '', back: 'board' }),
  });
  expect(answer.status).toBe(303);
}

describe('a status that changes in Jira', () => {
  it('changes the item when an automation rule sends it with the doc’s Bearer header', async () => {
    await automationRule(harness);
    const { item, key } = await pushedItem(harness, connected.workflow);
    await moveInJira(harness, key, 'In Review');
    const changed = await itemBecomes(harness.robin, item.id, 'in-progress');
    expect(changed.externalReferences[0]).toMatchObject({ key, jiraStatus: 'In Review', state: 'active' });
    const [why] = await activityOf(harness.robin, item.id);
    expect(why).toMatchObject({ kind: 'inbound_applied', reason: 'category', issueKey: key });
    expect(why?.summary).toBe('Status changed from Open to In Progress: Jira moved the issue to "In Review"');
    const path = `/api/items/${item.id}/activity`;
    const german = await harness.robin<List<Activity>>('GET', path, undefined, {
      'accept-language': 'de-DE',
    });
    expect(german.body.items[0]?.summary).toBe(
      'Status von Open zu In Progress geändert: Der Vorgang ist in Jira jetzt in „In Review“',
    );
    expect(why?.eventId).not.toBeNull();
  });

  it.each([
    ['the deployment’s secret', async () => webhookSecret],
    ['the adapter’s own secret', ownSecret],
  ])('changes the item when Jira’s admin webhook signs it with %s', async (_, secret) => {
    await adminWebhook(harness, await secret());
    const { item, key } = await pushedItem(harness, connected.workflow);
    await moveOnBoard(key, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('leaves a Closed item Closed when Jira says Done, and says why', async () => {
    await automationRule(harness);
    const { item, key } = await pushedItem(harness, connected.workflow, { status: 'open' });
    bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { status: 'closed' }));
    await moveInJira(harness, key, 'Done');
    const why = await until('the skip being told', async () =>
      (await activityOf(harness.robin, item.id)).find(({ kind }) => kind === 'inbound_skipped'),
    );
    expect(why).toMatchObject({ reason: 'category' });
    expect(why.summary).toBe('The issue is in "Done" in Jira, where Closed belongs already');
    expect((await readItem(harness.robin, item.id)).status).toBe('closed');
  });

  it('through several webhooks at once changes the item once', async () => {
    await automationRule(harness);
    await adminWebhook(harness, webhookSecret);
    await adminWebhook(harness, await ownSecret());
    const { item, key } = await pushedItem(harness, connected.workflow);
    await moveInJira(harness, key, 'In Progress');
    expect((await itemBecomes(harness.robin, item.id, 'in-progress')).version).toBe(2);
    await moveInJira(harness, key, 'Done');
    expect((await itemBecomes(harness.robin, item.id, 'resolved')).version).toBe(3);
  });

  it('by our own push comes back as an echo and changes nothing', async () => {
    await automationRule(harness);
    const { item, key, issue } = await pushedItem(harness, connected.workflow, { status: 'in-progress' });
    expect(issue.status.name).toBe('In Progress');
    // The event of our own transition comes again, now that the item is linked for sure.
    const deliveries = harness.sandbox.world.deliveries.filter(({ issueKey }) => issueKey === key);
    for (const { id } of deliveries) await harness.jira('POST', `/sandbox/api/deliveries/${id}/repeat`);
    const echoes = await until('the echo being handled', async () => {
      const found = (await deliveriesOf(harness, item.id)).filter(({ sender }) => sender === 'webhook');
      return found.length > 0 && found.every(({ state }) => state !== 'pending') && found;
    });
    expect(echoes.map(({ state }) => state)).not.toContain('applied');
    const { status, version } = await readItem(harness.robin, item.id);
    expect([key, status, version]).toEqual([key, 'in-progress', 1]);
  });
});

describe('an issue', () => {
  it('that is deleted in Jira leaves the item as it is, and the reference says so', async () => {
    await adminWebhook(harness, webhookSecret, ['jira:issue_updated', 'jira:issue_deleted']);
    const { item, key } = await pushedItem(harness, connected.workflow, { status: 'in-progress' });
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
    const after = await until('the deletion being told', async () => {
      const seen = await readItem(harness.robin, item.id);
      return seen.externalReferences[0]?.state === 'issue_deleted' && seen;
    });
    expect([after.status, after.externalReferences[0]?.key]).toEqual(['in-progress', key]);
    expect((await activityOf(harness.robin, item.id))[0]).toMatchObject({ kind: 'issue_deleted' });
  });

  it('that moves to another project keeps its reference under the new key, and keeps following', async () => {
    await automationRule(harness);
    const { item, key } = await pushedItem(harness, connected.workflow);
    const { key: newKey } = bodyOf(
      await harness.jira<{ key: string }>('POST', `/sandbox/api/issues/${key}/move-project`, {
        project: 'OPS',
      }),
    );
    const after = await until('the move being told', async () => {
      const seen = await readItem(harness.robin, item.id);
      return seen.externalReferences[0]?.state === 'issue_moved' && seen;
    });
    expect(after.externalReferences[0]?.key).toBe(newKey);
    expect(after.externalReferences[0]?.url).toMatch(new RegExp(`/browse/${newKey}$`));
    await moveInJira(harness, newKey, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
  });
});
