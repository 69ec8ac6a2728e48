import { randomUUID } from 'node:crypto';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { connectDatabase, type Database } from '../src/store/connect.ts';
import { readWaits } from '../src/store/waiting.ts';
import { copyTemplate } from './support/template-database.ts';

/* An hour of 2,000 points at its half, of which 1,350 are released then, and 13 more in 36 s. */
const hourMs = 3_600_000;
const begin = Date.parse('2026-11-28T12:00:00Z');
const now = new Date(begin + hourMs / 2);
let database: Database;

const after = (ms: number) => new Date(now.getTime() + ms);
const addTicket = (subjectId: string, change: Record<string, unknown> = {}) =>
  database.prisma.quotaTicket.create({
    data: {
      ...{ kind: 'bulk-push', subjectId, pool: 'app', cloudId: 'cloud', organizationId: 'acme' },
      ...{ rank: ranks.bulk, need: 13, askedAt: now, notBefore: after(-1_000), waitsFor: 'turn' },
      ...change,
    },
  });
const waitOf = async (subjectId: string) =>
  (await readWaits(database.prisma, [['bulk-push', subjectId]], now))('bulk-push', subjectId);
const spend = (spent: number) =>
  database.prisma.quotaPool.create({
    data: {
      ...{ pool: 'app', windowStart: new Date(begin), windowEnd: new Date(begin + hourMs) },
      ...{ quota: 2_000, usable: 2_000, spent },
    },
  });

beforeAll(async () => {
  const url = await copyTemplate(inject('serverUrl'), `turns_${randomUUID().replaceAll('-', '')}`);
  database = connectDatabase(url, () => {});
});
afterAll(() => database.close());
beforeEach(() => database.pool.query('TRUNCATE quota_pool, quota_share, quota_ticket, quota_pause'));

it('shows when the turn comes, behind what goes before it', async () => {
  await spend(1_350);
  await addTicket('first', { askedAt: after(-2_000) });
  await addTicket('second');
  await addTicket('theirs', { organizationId: 'beta' });
  expect(await waitOf('first')).toEqual({ for: 'turn', until: after(36_000).toISOString() });
  // Behind its own customer's, and behind as much of the other's.
  expect(await waitOf('second')).toEqual({ for: 'turn', until: after(108_000).toISOString() });
});

it('shows no moment that has passed: a limit that is over leaves the turn to wait for', async () => {
  await spend(0);
  await addTicket('over', { waitsFor: 'app' });
  expect(await waitOf('over')).toEqual({ for: 'turn', until: now.toISOString() });
  await addTicket('limited', { waitsFor: 'app', notBefore: after(5_000) });
  expect(await waitOf('limited')).toEqual({ for: 'quota', until: after(5_000).toISOString() });
});

it('shows the end of a pause that began while the work waited for its turn', async () => {
  await addTicket('paused');
  await database.prisma.quotaPause.create({ data: { scope: 'site:cloud', until: after(60_000) } });
  expect(await waitOf('paused')).toEqual({ for: 'quota', until: after(60_000).toISOString() });
  const away = { scope: 'app', until: after(90_000), reason: 'unavailable' };
  await database.prisma.quotaPause.create({ data: away });
  expect(await waitOf('paused')).toEqual({ for: 'jira', until: after(90_000).toISOString() });
});

it('counts on the next hour where this one has released all that it will', async () => {
  await spend(1_900);
  await addTicket('next');
  expect(await waitOf('next')).toEqual({ for: 'turn', until: new Date(begin + hourMs).toISOString() });
});
