import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import {
  comparisonOf,
  editsOfOthers,
  nothingDue,
  oldLinks,
  pointsWhile,
  readPageNow,
  searchHourly,
  searchIsDue,
  stepNow,
} from './support/comparison-steps.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { ownSecret } from './support/jira-senders.ts';
import type { OldLink } from './support/old-links.ts';
import {
  activityOf,
  addFault,
  bodyOf,
  clearFaults,
  connectJira,
  faultHits,
  itemBecomes,
  moveInJira,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  await nothingDue(harness, connected.adapter.id);
});
afterEach(async () => {
  await clearFaults(harness);
  // Every test has the project to itself.
  bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/pause`));
});

const changed = async (links: readonly OldLink[], status = 'Done') => {
  for (const { issue } of links) await moveInJira(harness, issue.key, status);
};
const becomeResolved = async (links: readonly OldLink[]) => {
  for (const { itemId } of links) await itemBecomes(harness.robin, itemId, 'resolved');
};
const stateOf = async ({ itemId }: OldLink) =>
  (await readItem(harness.robin, itemId)).externalReferences[0]?.state;
const told = async () =>
  (await activityOf(harness.robin, connected.adapter.id, 'adapters'))
    .filter(({ kind }) => kind === 'reconciled')
    .map(({ summary }) => summary);

describe('the hourly search', () => {
  it('finds what changed while no event arrived, at the price of what changed', async () => {
    const links = await oldLinks(harness, connected, 1_000);
    await changed(links.slice(0, 10));
    const [points, after] = await pointsWhile(harness, () => searchHourly(harness, connected.adapter.id));
    expect(points).toBeLessThanOrEqual(22);
    await becomeResolved(links.slice(0, 10));
    expect(after).toMatchObject({ projectEdits: 10, searchDrift: 10, lastCheckFailedAt: null });
    expect((after.searchDueAt?.getTime() ?? 0) - Date.now()).toBeLessThan(75 * 60_000);
    expect(await told()).toEqual(['Compared with Jira: 10 linked issues had changed']);
    const path = `/api/adapters/${connected.adapter.id}/health`;
    const { lastReconciledAt } = bodyOf(await harness.robin<AdapterHealth>('GET', path));
    expect(Date.parse(lastReconciledAt ?? '')).toBeGreaterThan(after.searchFrom?.getTime() ?? Infinity);

    // What it found is known now: the next one is the call, and what it names, and is told to nobody.
    const [again] = await pointsWhile(harness, () => searchHourly(harness, connected.adapter.id));
    expect(again).toBe(11);
    expect(await told()).toHaveLength(1);
  });

  it('loses nothing where Jira fails over its second page', async () => {
    const links = await oldLinks(harness, connected, 130);
    await changed(links);
    const match = { pathIncludes: '/search/jql' };
    await addFault(harness, { kind: 'slow', delayMs: 1_500, match });
    const from = await searchIsDue(harness, connected.adapter.id);
    await stepNow(harness);
    await until('the first page being asked for', async () => faultHits(harness) === 1);
    await clearFaults(harness);
    await addFault(harness, { kind: 'status', status: 503, match });
    const failed = await until('the search being put off', async () => {
      const adapter = await comparisonOf(harness, connected.adapter.id);
      return adapter.lastCheckFailedAt !== null && adapter;
    });
    expect(faultHits(harness)).toBe(1);
    expect(failed.searchFrom).toEqual(from);
    const dueIn = (failed.searchDueAt?.getTime() ?? 0) - Date.now();
    expect(dueIn).toBeLessThan(6 * 60_000);
    await clearFaults(harness);
    await searchHourly(harness, connected.adapter.id);
    await becomeResolved(links);
    expect((await comparisonOf(harness, connected.adapter.id)).lastCheckFailedAt).toBeNull();
  });

  it('is made once, however many replicas have a step at the same time', async () => {
    await harness.startAnother();
    const [link] = await oldLinks(harness, connected, 1);
    await changed(link ? [link] : []);
    await searchIsDue(harness, connected.adapter.id);
    const { prisma } = harness.database;
    await Promise.all([stepNow(harness), stepNow(harness), stepNow(harness)]);
    await becomeResolved(link ? [link] : []);
    const jobs = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'compare' AND data->>'part' = 'search'
        AND data->>'adapterId' = ${connected.adapter.id}`;
    expect(jobs).toHaveLength(1);
  });

  it('reads the linked issues instead where more of the project changes, and begins with that the next time', async () => {
    const links = await oldLinks(harness, connected, 5);
    await changed(links.slice(0, 1));
    editsOfOthers(harness, connected, 400);
    const [first, after] = await pointsWhile(harness, () => searchHourly(harness, connected.adapter.id));
    await becomeResolved(links.slice(0, 1));
    // A search that is given up after 56 issues, the project, and the five.
    expect(first).toBeLessThanOrEqual(57 + 2 + 6);
    expect(after.projectEdits).toBeGreaterThan(55);
    await changed(links.slice(1, 2));
    const [second, later] = await pointsWhile(harness, () => searchHourly(harness, connected.adapter.id));
    await becomeResolved(links.slice(1, 2));
    expect(second).toBe(2 + 6);
    expect(later.projectEdits).toBe(Math.floor(after.projectEdits / 2));
  });

  it('knows no time zone', async () => {
    const ada = harness.sandbox.world.accounts.find(({ displayName }) => displayName.startsWith('Ada'));
    const before = ada?.timeZone ?? '';
    const links = await oldLinks(harness, connected, 3);
    for (const [at, timeZone] of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'].entries()) {
      if (ada) ada.timeZone = timeZone;
      const one = links.slice(at, at + 1);
      await changed(one);
      await searchHourly(harness, connected.adapter.id);
      await becomeResolved(one);
    }
    if (ada) ada.timeZone = before;
  });

  it('believes no index that lags: it is read by id, and found once it is shown', async () => {
    const [link] = await oldLinks(harness, connected, 1);
    if (!link) throw new Error('no link');
    await changed([link], 'In Progress');
    await searchHourly(harness, connected.adapter.id);
    await itemBecomes(harness.robin, link.itemId, 'in-progress');
    // The index still has it as it was, and the issue has moved on.
    harness.sandbox.world.settings.searchLagMs = 30 * 60_000;
    link.issue.updatedAt -= 60 * 60_000;
    for (const change of link.issue.changes) change.at -= 60 * 60_000;
    await changed([link], 'Done');
    await searchHourly(harness, connected.adapter.id);
    expect((await readItem(harness.robin, link.itemId)).status).toBe('in-progress');
    harness.sandbox.world.settings.searchLagMs = 0;
    await searchHourly(harness, connected.adapter.id);
    await becomeResolved([link]);
  });

  it('finds a change of an issue that moved away, which an event named by its former key alone', async () => {
    const [link] = await oldLinks(harness, connected, 1);
    if (!link) throw new Error('no link');
    const formerKey = link.issue.key;
    bodyOf(
      await harness.jira('POST', `/sandbox/api/issues/${formerKey}/move-project`, {
        site: 'acme',
        project: 'MOB',
      }),
    );
    await readPageNow(harness, connected.adapter.id);
    await until('the issue being known to have moved', async () => (await stateOf(link)) === 'issue_moved');
    await changed([link]);
    const sent = await fetch(`${harness.origin}/api/webhooks/jira`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await ownSecret(harness, connected.adapter.id)}`,
      },
      body: JSON.stringify({ issue: formerKey }),
    });
    expect(await sent.json()).toMatchObject({ outcome: 'ignored' });
    await searchHourly(harness, connected.adapter.id);
    await becomeResolved([link]);
  });

  it('reads everything at once where more than a day is unknown', async () => {
    const links = await oldLinks(harness, connected, 3);
    const [first] = links;
    if (!first) throw new Error('no link');
    await changed([first]);
    first.issue.updatedAt -= 30 * 60 * 60_000;
    const searchFrom = new Date(Date.now() - 25 * 60 * 60_000);
    await harness.database.prisma.adapter.update({
      where: { id: connected.adapter.id },
      data: { searchFrom, searchDueAt: null },
    });
    await stepNow(harness);
    await becomeResolved([first]);
    await until('the comparison being told', async () => (await told()).length > 0);
    expect(await told()).toEqual(['3 linked issues compared with Jira: 1 had changed']);
    const { searchFrom: after } = await comparisonOf(harness, connected.adapter.id);
    expect(after?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('the daily reading', () => {
  it('finds an issue that was moved out of the project, page by page', async () => {
    const links = await oldLinks(harness, connected, 150);
    const last = links.toSorted((left, right) => (left.referenceId < right.referenceId ? -1 : 1)).at(-1);
    if (!last) throw new Error('no link');
    bodyOf(
      await harness.jira('POST', `/sandbox/api/issues/${last.issue.key}/move-project`, {
        site: 'acme',
        project: 'MOB',
      }),
    );
    const [first, halfway] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    // The project, and a page.
    expect(first).toBe(2 + 101);
    expect(halfway.readAfter).not.toBe('');
    expect(await stateOf(last)).toBe('active');
    const [second, after] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    expect(second).toBe(51);
    await until('the move being known', async () => (await stateOf(last)) === 'issue_moved');
    expect(after.readAfter).toBe('');
    expect((after.readDueAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(0);
  });

  it('tells a deleted issue from one that Jira could not load', async () => {
    const [gone, kept] = await oldLinks(harness, connected, 2);
    if (!gone || !kept) throw new Error('no links');
    const errorMessage = 'The issue could not be loaded at the moment.';
    const body = { issues: [], issueErrors: [gone, kept].map(({ issue: { id } }) => ({ id, errorMessage })) };
    const match = { pathIncludes: '/issue/bulkfetch' };
    await addFault(harness, { kind: 'status', status: 200, match, body });
    const [passing] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    expect(passing).toBeLessThanOrEqual(3);
    expect([await stateOf(gone), await stateOf(kept)]).toEqual(['active', 'active']);
    await clearFaults(harness);
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${gone.issue.key}/delete`, { site: 'acme' }), 204);
    await readPageNow(harness, connected.adapter.id);
    await until('the deletion being known', async () => (await stateOf(gone)) === 'issue_deleted');
    expect(await stateOf(kept)).toBe('active');
    expect(await told()).toEqual(['Compared with Jira: 1 deleted or hidden by issue security']);
    // Known once, it is asked for with the others, and told no more.
    const [again] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    expect(again).toBe(2 + 2);
    expect(await told()).toHaveLength(1);
  });

  it('concludes nothing from many that are absent at once before it has read them twice', async () => {
    const links = await oldLinks(harness, connected, 12);
    for (const { issue } of links)
      bodyOf(await harness.jira('POST', `/sandbox/api/issues/${issue.key}/delete`, { site: 'acme' }), 204);
    const [points, first] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    expect(points).toBe(2 + 1);
    expect(first.readAbsentAt).not.toBeNull();
    expect((first.readDueAt?.getTime() ?? 0) - Date.now()).toBeLessThan(61 * 60_000);
    const [some] = links;
    expect(some && (await stateOf(some))).toBe('active');
    const second = await readPageNow(harness, connected.adapter.id);
    expect(second.readAbsentAt).toBeNull();
    for (const link of links)
      await until('the deletion being known', async () => (await stateOf(link)) === 'issue_deleted');
  });

  it('comes to an issue that is lost for long once a month, and to the others in every round', async () => {
    const [lost, other] = await oldLinks(harness, connected, 2);
    if (!lost || !other) throw new Error('no links');
    const { prisma } = harness.database;
    const longAgo = new Date(Date.now() - 40 * 24 * 60 * 60_000);
    const lose = (lostAt: Date) =>
      prisma.externalReference.update({
        where: { id: lost.referenceId },
        data: { state: 'issue_deleted', lostAt },
      });
    // Of thirty rounds it is in one: whichever today's is, another id has another one.
    const isInRound = await prisma.$queryRaw<{ is: boolean }[]>`
      SELECT mod(abs(hashtext(${lost.referenceId})::bigint), 30) =
        mod(floor(extract(epoch FROM now()) / 86400)::bigint, 30) AS is`;
    await lose(longAgo);
    const [points] = await pointsWhile(harness, () => readPageNow(harness, connected.adapter.id));
    expect(points).toBe(isInRound[0]?.is ? 2 + 3 : 2 + 2);
    await lose(new Date(Date.now() - 20 * 24 * 60 * 60_000));
    await readPageNow(harness, connected.adapter.id);
    // Jira shows it again: the loss is over, and what was noted of it too.
    await until('the return being known', async () => (await stateOf(lost)) === 'active');
    const row = await prisma.externalReference.findUniqueOrThrow({ where: { id: lost.referenceId } });
    expect(row.lostAt).toBeNull();
  });
});
