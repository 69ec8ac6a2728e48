import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openQueues } from '../src/jobs/queues.ts';
import { compareDue } from '../src/reconcile/compare-due.ts';
import { connectDatabase, type Database } from '../src/store/connect.ts';
import { migrate } from '../src/store/migrate.ts';
import { withClient } from './support/template-database.ts';

const migrations = resolve(import.meta.dirname, '../prisma/migrations');
const ours = '20261128208001_comparison_by_change';
const serverUrl = inject('serverUrl');
const name = `comparison_upgrade_${process.pid}`;
const url = new URL(serverUrl);
url.pathname = `/${name}`;
let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-upgrade-'));
  for (const entry of await readdir(migrations))
    if (entry < ours) await cp(join(migrations, entry), join(folder, entry), { recursive: true });
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  await migrate(url.href, folder);
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Adapters of before: one that is compared every hour, one that was not for long, one that nobody connected yet. */
async function writeBefore(): Promise<void> {
  await withClient(url.href, async (client) => {
    await client.query(`INSERT INTO organization (id, name) VALUES ('o', 'O');
      INSERT INTO project (id, organization_id, name, plan) VALUES ('p', 'o', 'P', 'pro');
      INSERT INTO "grant" (id, organization_id, account_id, account_name, scopes, access_token, access_expires_at,
        refreshed_at) VALUES ('g', 'o', 'a', 'Ada', '', '', now(), now())`);
    for (const [id, state, checked] of [
      ['hourly', 'active', `now() - interval '20 minutes'`],
      ['long', 'active', `now() - interval '3 days'`],
      ['new', 'choosing', 'NULL'],
    ])
      await client.query(`INSERT INTO workflow (id, project_id, name, kind, statuses) VALUES ('${id}', 'p', '', 'issues', '[]');
        INSERT INTO adapter (id, project_id, workflow_id, state, grant_id, cloud_id, site_url, jira_project_id, mapping,
          mapping_updated_by, webhook_secret, webhook_hash, last_reconciled_at)
        VALUES ('${id}', 'p', '${id}', '${state}', 'g', 'c', '', '1', '{}', '', '', '${id}', ${checked})`);
    await client.query(`INSERT INTO item (id, workflow_id, title, description, status, priority)
        SELECT s, 'hourly', s, '', 'open', 'low' FROM unnest(ARRAY['active', 'issue_deleted']) s;
      INSERT INTO external_reference (id, organization_id, item_id, adapter_id, cloud_id, site_url, jira_project_id,
        issue_id, issue_key, state, looked_at)
        SELECT s, 'o', s, 'hourly', 'c', '', '1', s, s, s, '2026-11-01' FROM unnest(ARRAY['active', 'issue_deleted']) s`);
  });
}

it('a database of before goes on where its hourly comparison stood, each adapter at a minute of its own', async () => {
  await writeBefore();
  const boss = new PgBoss(url.href);
  await boss.start();
  await boss.createQueue('reconcile-all');
  await boss.schedule('reconcile-all', '17 * * * *');
  await boss.stop({ graceful: false });

  expect(await migrate(url.href)).toContain(ours);
  const queues = await openQueues(url.href, 'worker', () => {});
  expect(await queues.getSchedules()).toEqual([]);
  await queues.stop({ graceful: false });

  database = connectDatabase(url.href, () => {});
  const { prisma } = database;
  const lost = await prisma.externalReference.findMany({ orderBy: { id: 'asc' } });
  expect(lost.map(({ id, lostAt }) => [id, lostAt])).toEqual([
    ['active', null],
    ['issue_deleted', new Date('2026-11-01')],
  ]);

  const queued: string[] = [];
  const step = () =>
    compareDue({
      db: prisma,
      now: () => new Date(),
      pointsPerHour: async () => 65_000,
      queueCompare: async (_tx, adapterId, part) => {
        queued.push(`${part} of ${adapterId}`);
      },
    });
  // Within the hour, not at the start: whichever is due by now has its own minute.
  const before = await prisma.adapter.findMany({ where: { state: 'active' }, orderBy: { id: 'asc' } });
  for (const { searchDueAt } of before) {
    expect(searchDueAt?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(searchDueAt?.getTime()).toBeLessThan(Date.now() + 60 * 60_000);
  }
  const hoursAgo = (at: Date | null) => Math.floor((Date.now() - (at?.getTime() ?? 0)) / (60 * 60_000));
  expect(before.map(({ id, searchFrom }) => [id, hoursAgo(searchFrom)])).toEqual([
    ['hourly', 1],
    ['long', 73],
  ]);
  await prisma.adapter.updateMany({ data: { searchDueAt: new Date(0) } });
  await step();
  await step();
  // Once each; the daily reading gets its turns, and nothing is read before them.
  expect(queued.sort()).toEqual(['search of hourly', 'search of long']);
  const after = await prisma.adapter.findMany({ orderBy: { id: 'asc' } });
  expect(after.map(({ id, readDueAt }) => [id, readDueAt !== null && readDueAt > new Date()])).toEqual([
    ['hourly', true],
    ['long', true],
    ['new', false],
  ]);
});
