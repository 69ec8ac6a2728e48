import { PgBoss } from 'pg-boss';
import type { Site } from '../../../jira-sandbox/src/world.ts';
import { createJobs } from '../../src/jobs/queues.ts';
import { until } from './call.ts';
import type { Harness } from './harness.ts';
import { addOldIssue } from './old-issue.ts';
import { addOldLinks, type OldLink } from './old-links.ts';
import { bodyOf, type connectJira } from './steps.ts';

type Connected = Awaited<ReturnType<typeof connectJira>>;

const dayMs = 24 * 60 * 60_000;

/** Linked items in any number, each with an issue of its own in the local Jira. */
export function oldLinks(harness: Harness, { adapter }: Connected, count: number): Promise<OldLink[]> {
  return addOldLinks(harness.database.prisma, harness.sandbox.world.sites, adapter.id, count);
}

/** Issues of the project that no item is linked to, changed just now. */
export function editsOfOthers(harness: Harness, connected: Connected, count: number): void {
  const site = siteOf(harness, connected);
  for (let n = 0; n < count; n += 1) {
    const issue = addOldIssue(site, connected.adapter.jiraProject?.id ?? '');
    issue.updatedAt = Date.now() - n;
  }
}

function siteOf({ sandbox }: Harness, { adapter }: Connected): Site {
  const site = sandbox.world.sites.find(({ cloudId }) => cloudId === adapter.site?.cloudId);
  if (!site) throw new Error('no such site');
  return site;
}

/** Lets the step of the minute begin now, which queues what is due. */
export async function stepNow(harness: Harness): Promise<void> {
  const boss = new PgBoss({
    connectionString: harness.config.databaseUrl ?? '',
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await createJobs(boss).send(harness.database.prisma, 'compare-due', {});
  await boss.stop({ graceful: false });
}

/** No comparison of the adapter is due by itself, and what Jira has was changed days ago. */
export async function nothingDue({ database, sandbox }: Harness, adapterId: string): Promise<void> {
  const later = new Date(Date.now() + 60 * 60_000);
  await database.prisma.adapter.update({
    where: { id: adapterId },
    data: { searchFrom: new Date(), searchDueAt: later, readDueAt: later },
  });
  for (const site of sandbox.world.sites)
    for (const issue of Object.values(site.issues)) issue.updatedAt = issue.createdAt - 3 * dayMs;
}

/** How far an adapter's comparison has come. */
export function comparisonOf({ database }: Harness, adapterId: string) {
  return database.prisma.adapter.findUniqueOrThrow({ where: { id: adapterId } });
}

/** The next search of the adapter is due, over the last hour. */
export async function searchIsDue(harness: Harness, adapterId: string): Promise<Date> {
  const searchFrom = new Date(Date.now() - 60 * 60_000);
  await harness.database.prisma.adapter.update({
    where: { id: adapterId },
    data: { searchFrom, searchDueAt: new Date(0) },
  });
  return searchFrom;
}

/** An hourly search of one adapter, whole; answers the adapter as it is after it. */
export async function searchHourly(harness: Harness, adapterId: string) {
  const before = await searchIsDue(harness, adapterId);
  await stepNow(harness);
  return until('the search reaching its last page', async () => {
    const adapter = await comparisonOf(harness, adapterId);
    return adapter.searchFrom !== null && adapter.searchFrom > before && adapter;
  });
}

/** A page of the daily reading of one adapter; answers the adapter as it is after it. */
export async function readPageNow(harness: Harness, adapterId: string) {
  const { prisma } = harness.database;
  await prisma.adapter.update({ where: { id: adapterId }, data: { readDueAt: new Date(0) } });
  await stepNow(harness);
  return until('the page being read', async () => {
    const jobs = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name IN ('compare', 'compare-due') AND state IN ('created', 'retry', 'active')`;
    const adapter = await comparisonOf(harness, adapterId);
    return jobs.length === 0 && adapter.readDueAt !== null && adapter.readDueAt > new Date(0) && adapter;
  });
}

/** What Jira charges while `act` runs. */
export async function pointsWhile<T>(harness: Harness, act: () => Promise<T>): Promise<[number, T]> {
  const used = async (): Promise<number> => {
    const report = bodyOf(
      await harness.jira<{ byOperation: Record<string, { points: number }> }>('GET', '/sandbox/api/limits'),
    );
    return Object.values(report.byOperation).reduce((sum, { points }) => sum + points, 0);
  };
  const before = await used();
  const result = await act();
  return [(await used()) - before, result];
}
