import type { AdapterHealth, WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName } from './support/jira-bodies.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  issueInJira,
  itemBecomes,
  type JiraIssue,
  moveInJira,
  pushedItem,
  readAdapter,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let aheadMs = 0;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness({ now: () => new Date(Date.now() + aheadMs) });
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());
// The sites are asked for once an hour for each unknown address.
beforeEach(() => {
  aheadMs += 61 * 60_000;
});

let change = 900_000;

/** What Jira sends of a status change, under the address that the site has by then. */
async function send(
  issue: JiraIssue,
  address: string,
  to: StatusName,
  secret: string = webhookSecret,
): Promise<DeliveryAnswer> {
  change += 1;
  const body = movedBody({ ...issue, url: `${address}/browse/${issue.key}` }, to, {
    id: String(change),
    at: Date.now(),
  });
  const headers = { authorization: `Bearer ${secret}` };
  return bodyOf(await harness.nobody<DeliveryAnswer>('POST', '/api/webhooks/jira', body, headers));
}

/** A Jira admin gives the site another name; links in events name the new address at once, or still the former one. */
async function rename(to: string, events: 'new' | 'old' = 'new'): Promise<string> {
  bodyOf(await harness.jira('POST', `/sandbox/api/sites/${slug()}/rename`, { newSlug: to, events }));
  return `${harness.sandbox.url}/s/${to}`;
}

const slug = () =>
  harness.sandbox.world.sites.find(({ cloudId }) => cloudId === connected.adapter.site?.cloudId)?.slug ?? '';

const addressBecomes = (address: string) =>
  until(
    `the adapter's site being ${address}`,
    async () => (await readAdapter(harness.robin, connected.adapter.id)).site?.url === address,
  );

it('follows a renamed site: its events are taken, its links lead there, and the old address still counts', async () => {
  const { item, key, issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const before = connected.adapter.site?.url ?? '';
  const now = await rename('acme-group');
  await moveInJira(harness, key, 'In Progress', slug());
  // The event itself finds nobody yet; the comparison that follows takes its change over.
  expect(await send(issue, now, 'In Progress')).toMatchObject({ outcome: 'ignored' });
  await addressBecomes(now);
  await itemBecomes(harness.robin, item.id, 'in-progress');
  expect((await readItem(harness.robin, item.id)).externalReferences[0]?.url).toBe(`${now}/browse/${key}`);
  expect(await send(issue, now, 'Done')).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'resolved');
  expect(await send(issue, before, 'To Do')).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'open');
  const told = await activityOf(harness.robin, connected.adapter.id, 'adapters');
  expect(told.filter(({ kind }) => kind === 'site_changed').map(({ summary }) => summary)).toEqual([
    `The Jira site ${before} is now ${now}; links and events follow`,
  ]);
});

it('follows a site that is renamed twice, and one that takes its old name back', async () => {
  const { item, key, issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const first = await rename('acme-one');
  await send(issue, first, 'In Progress');
  await addressBecomes(first);
  const second = await rename('acme-two');
  await send(issue, second, 'In Progress');
  await addressBecomes(second);
  const again = await rename('acme-one');
  aheadMs += 61 * 60_000;
  // Known already, so it is taken at once; the links follow.
  expect(await send(issue, again, 'Done')).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'resolved');
  expect(await send(issue, second, 'To Do')).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'open');
  await addressBecomes(again);
  expect((await readItem(harness.robin, item.id)).externalReferences[0]?.url).toBe(`${again}/browse/${key}`);
});

it('links an issue by a former address of its site too, and by no other site’s', async () => {
  const { item, key, issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const former = (await readAdapter(harness.robin, connected.adapter.id)).site?.url ?? '';
  const now = await rename('acme-linked');
  await send(issue, now, 'In Progress');
  await addressBecomes(now);
  const path = `/api/items/${item.id}/references/jira`;
  bodyOf(await harness.robin('DELETE', path));
  const link = (url: string) => harness.robin<Item>('PUT', path, { issue: url, winner: 'jira' });
  expect((await link(`https://somebody-else.example/browse/${key}`)).status).toBe(400);
  const linked = bodyOf(await link(`${former}/browse/${key}`));
  expect(linked.externalReferences[0]).toMatchObject({ key, url: `${now}/browse/${key}` });
});

it('takes events that still name the former address after a rename', async () => {
  const { item, key } = await pushedItem(harness, connected.workflow, {}, slug());
  await rename('acme-late', 'old');
  await moveInJira(harness, key, 'In Progress', slug());
  const issue = await issueInJira(harness, key, slug());
  const before = connected.adapter.site?.url ?? '';
  expect(await send(issue, before, 'In Progress')).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'in-progress');
});

it('takes events under any address that come with the adapter’s own secret', async () => {
  const { item, issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const path = `/api/adapters/${connected.adapter.id}/webhook-setup`;
  const { secret } = bodyOf(await harness.robin<WebhookSetup>('GET', path));
  const now = await rename('acme-own');
  expect(await send(issue, now, 'Done', secret)).toEqual({ outcome: 'accepted' });
  await itemBecomes(harness.robin, item.id, 'resolved');
  await addressBecomes(now);
});

it('asks nobody because of a stranger’s event, and not twice in an hour; health tells of what it ignored', async () => {
  const { item, issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const foreign = 'https://somebody-else.example';
  change += 1;
  const body = movedBody({ ...issue, url: `${foreign}/browse/${issue.key}` }, 'Done', {
    id: String(change),
    at: Date.now(),
  });
  const stranger = await harness.nobody('POST', '/api/webhooks/jira', body, { authorization: 'Bearer nope' });
  expect(stranger.status).toBe(401);
  expect(await send(issue, foreign, 'Done')).toMatchObject({ outcome: 'ignored' });
  expect(await send(issue, foreign, 'Done')).toMatchObject({ outcome: 'ignored' });
  const health = await until('the ignored events in the health', async () => {
    const seen = bodyOf(
      await harness.robin<AdapterHealth>('GET', `/api/adapters/${connected.adapter.id}/health`),
    );
    return seen.reasons.find(({ code, values }) => code === 'events_ignored' && values.count === 2);
  });
  expect(JSON.stringify(health)).not.toContain(foreign);
  const asked = await harness.database.prisma.$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE name = 'read-sites' AND data->>'issueId' = ${issue.id}`;
  expect(asked).toHaveLength(1);
  expect((await readItem(harness.robin, item.id)).status).toBe('open');
});

it('asks for so many invented addresses an hour and no more', async () => {
  const { issue } = await pushedItem(harness, connected.workflow, {}, slug());
  const { prisma } = harness.database;
  const ignored = async (): Promise<number> =>
    (await prisma.adapter.findUniqueOrThrow({ where: { id: connected.adapter.id } })).ignoredEvents;
  const before = await ignored();
  await prisma.$executeRaw`INSERT INTO unknown_site (url, asked_at)
    SELECT 'https://invented.example/' || n, now() + interval '1 day' FROM generate_series(1, 200) AS n`;
  expect(await send(issue, 'https://one-too-many.example', 'Done')).toMatchObject({ outcome: 'ignored' });
  await until('the event counted', async () => (await ignored()) > before || null);
  await prisma.unknownSite.deleteMany({ where: { url: { startsWith: 'https://invented.example/' } } });
  expect(await send(issue, 'https://one-that-fits.example', 'Done')).toMatchObject({ outcome: 'ignored' });
  const asked = await until('the sites asked for', async () => {
    const jobs = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'read-sites' AND data->>'issueId' = ${issue.id}`;
    return jobs.length > 0 ? jobs : null;
  });
  expect(asked).toHaveLength(1);
});
