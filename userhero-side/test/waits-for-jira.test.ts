import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item, Push } from '@userhero/shared/contracts/item.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tellWaits } from '../src/jobs/tell-waits.ts';
import { caller, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  connectJira,
  consent,
  type Fault,
  faultHits,
  issueInJira,
  issuesOf,
  itemBecomes,
  moveInJira,
  push,
  pushedItem,
  readAdapter,
  readItem,
} from './support/steps.ts';
import { calm, connectSynced } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

/** The clock of the service; nobody waits an hour for Jira's limits. */
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);

beforeAll(async () => {
  harness = await startHarness({ now });
  connected = await connectSynced(harness, {
    status: { direction: 'both' },
    summary: { direction: 'to-jira' },
  });
  // The project is known from here on, so that a fault hits the call that it is meant for.
  const { item, key } = await pushedItem(harness, connected.workflow);
  // The health has nothing else to say once an event has come.
  await moveInJira(harness, key, 'In Progress');
  await itemBecomes(harness.robin, item.id, 'in-progress');
});
afterEach(async () => {
  await clearFaults(harness);
  await harness.database.prisma.quotaPause.updateMany({ data: { until: new Date(0) } });
  await pass(7_200);
});
afterAll(() => harness.stop());

/** A 429 of this reason, in front of all that matches. */
const limited = (headers: Record<string, string>, match: Fault['match'] = {}): Fault => ({
  kind: 'status',
  status: 429,
  match: { pathIncludes: '/rest/api/3/', ...match },
  // An empty value is left out by every reader: the reset that the local Jira would say counts before Retry-After.
  headers: { 'X-RateLimit-Reset': '', 'RateLimit-Reason': '', 'Retry-After': '1847', ...headers },
});
const quota = { 'RateLimit-Reason': 'jira-quota-global-based' };

/** Lets time pass for the service. */
async function pass(seconds: number): Promise<void> {
  aheadMs += seconds * 1000;
}

const ticketsOf = (kind: string) => harness.database.prisma.quotaTicket.findMany({ where: { kind } });
const ticketOf = (kind: string, subjectId: string, waitsFor: Record<string, string> = {}) =>
  until(`the ${kind} waiting`, () =>
    harness.database.prisma.quotaTicket.findFirst({ where: { kind, subjectId, waitsFor } }),
  );
/** After a pause one unit goes out alone, and others wait for their turn before they meet the limit. */
const limitedTicketOf = (kind: string, subjectId: string) => ticketOf(kind, subjectId, { not: 'turn' });
const noTicket = () =>
  until('no ticket', async () => (await harness.database.prisma.quotaTicket.count()) === 0);
const secondsLeft = (until: Date) => Math.round((until.getTime() - now().getTime()) / 1000);
const referenceOf = (itemId: string) =>
  harness.database.prisma.externalReference.findUniqueOrThrow({ where: { itemId } });
const edit = async (id: string, change: Partial<Item>) =>
  bodyOf(await harness.robin<Item>('PATCH', `/api/items/${id}`, change));
const readPush = async ({ statusUrl }: Pick<Push, 'statusUrl'>) =>
  bodyOf(await harness.robin<Push>('GET', statusUrl));

describe('while Jira denies everything for half an hour', () => {
  it('an edit waits, and arrives afterwards', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    await addFault(harness, limited(quota));
    await edit(item.id, { title: 'After the limit' });
    const { id } = await referenceOf(item.id);
    const ticket = await limitedTicketOf('visit', id);
    expect(ticket).toMatchObject({ rank: 2, waitsFor: 'app', adapterId: connected.adapter.id });
    expect(secondsLeft(ticket.notBefore)).toBeGreaterThan(1800);
    expect((await issueInJira(harness, key)).summary).toBe(item.title);
    const waiting = { for: 'quota', until: ticket.notBefore.toISOString() };
    expect((await readItem(harness.robin, item.id)).waiting).toEqual(waiting);
    expect((await readAdapter(harness.robin, connected.adapter.id)).waiting).toEqual(waiting);
    const path = `/api/adapters/${connected.adapter.id}/health`;
    await until('the health telling of it', async () => {
      const { summary } = bodyOf(await harness.robin<AdapterHealth>('GET', path));
      return summary === 'Pushes or changes wait for Jira.';
    });
    await clearFaults(harness);
    await pass(1848);
    await until(
      'the edit in Jira',
      async () => (await issueInJira(harness, key)).summary === 'After the limit',
    );
    expect(await ticketsOf('visit')).toEqual([]);
  });

  it('what follows a push waits, and the issue gets its link', async () => {
    await addFault(harness, limited(quota, { pathIncludes: '/remotelink' }));
    const item = await addItem(harness.robin, connected.workflow);
    const { reference } = bodyOf(await push(harness.robin, item), 201);
    const { id } = await referenceOf(item.id);
    expect(await limitedTicketOf('push-follow-up', id)).toMatchObject({ rank: 3, waitsFor: 'app' });
    await clearFaults(harness);
    await pass(1848);
    await until(
      'the link',
      async () => (await issueInJira(harness, reference?.key ?? '')).remoteLinks.length > 0,
    );
  });

  it('a person’s push is answered at once, and leads to one issue', async () => {
    await addFault(harness, limited(quota));
    const item = await addItem(harness.robin, connected.workflow);
    const began = performance.now();
    const answered = bodyOf(await push(harness.robin, item), 202);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(answered).toMatchObject({ state: 'pending', waiting: { for: 'quota' } });
    expect((await readItem(harness.robin, item.id)).latestPush?.waiting).toEqual(answered.waiting);
    // Asked again, it waits on.
    expect(bodyOf(await push(harness.robin, item), 202).id).toBe(answered.id);
    const row = await harness.database.prisma.push.findUniqueOrThrow({ where: { id: answered.id } });
    expect([row.attempts, row.unfinished]).toEqual([0, 0]);
    await clearFaults(harness);
    await pass(1848);
    await until('the issue', async () => (await readPush(answered)).state === 'succeeded');
    expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('a bulk push waits whole, and goes on', async () => {
    // A link back of the push before would meet the limit first, and the bulk push wait for its turn.
    await calm(harness);
    await noTicket();
    const { workflow } = await connectJira(harness);
    const items = await Promise.all(
      [1, 2, 3].map((at) => addItem(harness.robin, workflow, { title: `Bulk ${at}` })),
    );
    await addFault(harness, limited(quota, { method: 'POST' }));
    const path = `/api/workflows/${workflow.id}/push/jira`;
    const wanted = { itemIds: items.map(({ id }) => id) };
    const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, wanted), 202);
    expect(await limitedTicketOf('bulk-push', bulk.id)).toMatchObject({ rank: 4, waitsFor: 'app' });
    expect(await ticketsOf('push')).toEqual([]);
    const paused = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    expect(paused).toMatchObject({ state: 'running', waiting: { for: 'quota' }, succeeded: 0 });
    await clearFaults(harness);
    await pass(1848);
    const done = await until('the end of the bulk push', async () => {
      const seen = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
      return seen.state === 'completed' && seen;
    });
    expect(done).toMatchObject({ succeeded: 3, failed: 0, waiting: null });
    for (const item of items) expect(await issuesOf(harness, item)).toHaveLength(1);
  });

  it('a push whose issue is there goes on with its move, without a warning', async () => {
    await addFault(harness, limited(quota, { pathIncludes: '/transitions' }));
    const item = await addItem(harness.robin, connected.workflow, { status: 'in-progress' });
    const answered = bodyOf(await push(harness.robin, item), 202);
    await clearFaults(harness);
    await pass(1848);
    const ended = await until('the end of the push', async () => {
      const seen = await readPush(answered);
      return seen.state === 'succeeded' && seen;
    });
    expect(ended.warnings).toEqual([]);
    const [issue] = await issuesOf(harness, item);
    expect(issue?.status.name).toBe('In Progress');
  });
});

describe('a 429 pauses exactly what it names', () => {
  /** Waits until exactly these scopes are paused: a pause is kept for others a moment after it is known here. */
  const paused = (...scopes: string[]) =>
    until(`${scopes.join(', ')} being paused`, async () => {
      const rows = await harness.database.prisma.quotaPause.findMany({ where: { until: { gt: now() } } });
      return (
        rows
          .map(({ scope }) => scope)
          .sort()
          .join() === scopes.sort().join()
      );
    });

  it('a burst: its endpoint and method', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const { cloudId, id } = await referenceOf(item.id);
    const burst = { 'RateLimit-Reason': 'jira-burst-based', 'Retry-After': '600' };
    await addFault(harness, limited(burst, { method: 'PUT' }));
    await edit(item.id, { title: 'Edited in a burst' });
    await ticketOf('visit', id);
    await paused(`endpoint:${cloudId}:PUT:/issue/{}`);
    await pushedItem(harness, connected.workflow);
    await clearFaults(harness);
    await pass(601);
    await until('the edit', async () => (await issueInJira(harness, key)).summary === 'Edited in a burst');
  });

  it('writes of one issue: that issue', async () => {
    const one = await pushedItem(harness, connected.workflow);
    const other = await pushedItem(harness, connected.workflow);
    const { cloudId, id, issueId } = await referenceOf(one.item.id);
    const reason = { 'RateLimit-Reason': 'jira-per-issue-on-write', 'Retry-After': '600' };
    await addFault(harness, limited(reason, { method: 'PUT', pathIncludes: `/issue/${issueId}` }));
    await edit(one.item.id, { title: 'Too often' });
    await ticketOf('visit', id);
    await paused(`issue:${cloudId}:${issueId}`);
    await edit(other.item.id, { title: 'Not too often' });
    await until('the other', async () => (await issueInJira(harness, other.key)).summary === 'Not too often');
  });

  it('an unknown reason, or none: the site, and the app once a second site says so', async () => {
    const { item } = await pushedItem(harness, connected.workflow);
    const elsewhere = await connectJira(harness, { site: 'nordwind', project: 'LAG' });
    const there = await pushedItem(harness, elsewhere.workflow, {}, 'nordwind');
    const { cloudId, id } = await referenceOf(item.id);
    await addFault(harness, limited({ 'RateLimit-Reason': 'jira-cost-based', 'Retry-After': '60' }));
    await edit(item.id, { title: 'Costs too much' });
    await ticketOf('visit', id);
    await paused(`site:${cloudId}`);
    await clearFaults(harness);
    await addFault(harness, limited({ 'Retry-After': '60' }));
    const answered = bodyOf(await push(harness.robin, await addItem(harness.robin, elsewhere.workflow)), 202);
    const site = (await referenceOf(there.item.id)).cloudId;
    await paused('app', `site:${cloudId}`, `site:${site}`);
    await clearFaults(harness);
    await pass(61);
    await until('the push', async () => (await readPush(answered)).state === 'succeeded');
  });

  it('503 with Retry-After: the site', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    const { cloudId, id } = await referenceOf(item.id);
    await addFault(harness, { kind: 'status', status: 503, headers: { 'Retry-After': '300' } });
    await edit(item.id, { title: 'Jira was away' });
    expect(await limitedTicketOf('visit', id)).toMatchObject({ waitsFor: 'jira' });
    await paused(`site:${cloudId}`);
    await clearFaults(harness);
    await pass(301);
    await until('the edit', async () => (await issueInJira(harness, key)).summary === 'Jira was away');
  });

  it('for every process: a second one calls nothing of it', async () => {
    const second = await harness.startAnother({}, { now });
    const there = caller(`http://localhost:${second.port}`, harness.robinHeaders);
    await addFault(harness, limited(quota));
    const first = bodyOf(await push(harness.robin, await addItem(harness.robin, connected.workflow)), 202);
    await ticketOf('push', first.id ?? '');
    const items = await Promise.all([1, 2, 3].map(() => addItem(there, connected.workflow)));
    const hits = faultHits(harness);
    const answers = await Promise.all(items.map((item) => push(there, item)));
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual(
      items.map(() => [202, 'pending']),
    );
    // A notification that is late costs one more refusal.
    expect(faultHits(harness) - hits).toBeLessThanOrEqual(items.length);
    await push(there, await addItem(there, connected.workflow));
    expect(faultHits(harness) - hits).toBeLessThanOrEqual(items.length);
  });
});

describe('a long wait', () => {
  it('is told the organization once, and once that it is over', async () => {
    const { prisma } = harness.database;
    await calm(harness);
    await noTicket();
    await pass(120);
    await tellWaits({ db: prisma, now });
    const before = await prisma.activity.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
    const told = async () => {
      const where = { kind: 'jira_limit', id: { gt: before?.id ?? 0n } };
      return (await prisma.activity.findMany({ where, orderBy: { id: 'asc' } })).map(({ code }) => code);
    };
    await addFault(harness, limited(quota));
    const items = await Promise.all([1, 2].map(() => addItem(harness.robin, connected.workflow)));
    for (const item of items) bodyOf(await push(harness.robin, item), 202);
    await tellWaits({ db: prisma, now });
    expect(await told()).toEqual([]);
    await pass(61);
    for (let again = 0; again < 2; again += 1) await tellWaits({ db: prisma, now });
    expect(await told()).toEqual(['limit_waits']);
    await clearFaults(harness);
    await pass(1848);
    for (const item of items)
      await until('the push', async () => (await issuesOf(harness, item)).length === 1);
    await noTicket();
    await pass(61);
    for (let again = 0; again < 2; again += 1) await tellWaits({ db: prisma, now });
    expect(await told()).toEqual(['limit_waits', 'limit_over']);
  });
});

describe('a wait ends with its reason', () => {
  it('cancelling, unlinking, pausing and disconnecting leave none', async () => {
    const one = await connectSynced(harness, { summary: { direction: 'to-jira' } });
    const { item } = await pushedItem(harness, one.workflow);
    const left = await pushedItem(harness, one.workflow);
    const waiting = await addItem(harness.robin, one.workflow);
    const [{ id }, other] = [await referenceOf(item.id), await referenceOf(left.item.id)];
    await addFault(harness, limited(quota));
    await edit(item.id, { title: 'Waits' });
    await edit(left.item.id, { title: 'Waits too' });
    const path = `/api/workflows/${one.workflow.id}/push/jira`;
    const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { itemIds: [waiting.id] }), 202);
    for (const [kind, subject] of [
      ['visit', id],
      ['visit', other.id],
      ['bulk-push', bulk.id],
    ] as const)
      await ticketOf(kind, subject);
    const kinds = async () =>
      (await harness.database.prisma.quotaTicket.findMany({ where: { adapterId: one.adapter.id } }))
        .map(({ kind }) => kind)
        .sort();

    bodyOf(await harness.robin('DELETE', `/api/items/${item.id}/references/jira`));
    expect(await kinds()).toEqual(['bulk-push', 'visit']);
    bodyOf(await harness.robin('POST', `/api/bulk-pushes/${bulk.id}/cancel`));
    expect(await kinds()).toEqual(['visit']);
    bodyOf(await harness.robin('POST', `/api/adapters/${one.adapter.id}/pause`));
    expect(await kinds()).toEqual([]);
    await clearFaults(harness);
    expect(await issuesOf(harness, waiting)).toEqual([]);
  });

  it('what follows a push waits for a new consent too', async () => {
    const one = await connectJira(harness);
    await addFault(harness, limited(quota, { pathIncludes: '/remotelink' }));
    const item = await addItem(harness.robin, one.workflow);
    const { reference } = bodyOf(await push(harness.robin, item), 201);
    await limitedTicketOf('push-follow-up', (await referenceOf(item.id)).id);
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'ada' }));
    await clearFaults(harness);
    await pass(1848);
    await until('the adapter asking for a consent', async () => {
      const { state, waiting } = await readAdapter(harness.robin, one.adapter.id);
      return state === 'needs_reauth' && waiting === null;
    });
    const again = await harness.robin<{ authorizeUrl: string }>(
      'POST',
      `/api/adapters/${one.adapter.id}/reconnect`,
    );
    await consent(harness, bodyOf(again).authorizeUrl);
    await until(
      'the link',
      async () => (await issueInJira(harness, reference?.key ?? '')).remoteLinks.length > 0,
    );
  });

  it('a revoked grant ends the waits of pushes, and they go on after a new consent', async () => {
    const one = await connectJira(harness);
    const item = await addItem(harness.robin, one.workflow);
    const inBulk = await addItem(harness.robin, one.workflow);
    await addFault(harness, limited(quota, { method: 'POST' }));
    const answered = bodyOf(await push(harness.robin, item), 202);
    const path = `/api/workflows/${one.workflow.id}/push/jira`;
    const bulk = bodyOf(await harness.robin<BulkPush>('POST', path, { itemIds: [inBulk.id] }), 202);
    await ticketOf('bulk-push', bulk.id);
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'ada' }));
    await clearFaults(harness);
    await pass(1848);
    const failed = await until('the end of the push', async () => {
      const seen = await readPush(answered);
      return seen.state === 'failed' && seen;
    });
    expect(failed.failure?.code).toBe('needs_reauth');
    const again = await harness.robin<{ authorizeUrl: string }>(
      'POST',
      `/api/adapters/${one.adapter.id}/reconnect`,
    );
    await consent(harness, bodyOf(again).authorizeUrl);
    await until('the bulk push', async () => {
      const seen = bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
      return seen.state === 'completed' && seen.succeeded === 1;
    });
    expect(await ticketsOf('push')).toEqual([]);
    expect((await readItem(harness.robin, inBulk.id)).externalReferences).toHaveLength(1);
  });
});
