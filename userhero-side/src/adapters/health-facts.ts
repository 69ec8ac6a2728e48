import { projectTrouble } from '@userhero/shared/domain/project-state.ts';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { hoursBetweenSearches } from '@userhero/shared/limits/search-share.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { z } from 'zod';
import type { Db } from '../store/db.ts';
import type { AdapterRow } from '../store/views.ts';
import { type HealthFacts, isCheckedLately } from './decide-health.ts';
import { failedCheckOf } from './note-connection.ts';
import { toAdapter } from './present-adapter.ts';
import { refusedEventOf } from './refused-event.ts';
import { webhookProblemOf } from './webhook-problem.ts';

/** What the pages show beside the reasons. */
export type HealthMoments = {
  lastEventAt: Date | null;
  lastChangeAt: Date | null;
  lastPushAt: Date | null;
};

const dayMs = 24 * 60 * 60_000;
const mostStatuses = 20;

/** Reads what an adapter's health is decided from. Counts are of the last 24 hours. */
export async function readHealthFacts(
  db: Db,
  row: AdapterRow,
  now: Date,
): Promise<{ facts: HealthFacts; moments: HealthMoments }> {
  const adapterId = row.id;
  const since = new Date(now.getTime() - dayMs);
  const newest = (...kinds: string[]) =>
    db.activity.findFirst({
      where: { adapterId, kind: { in: kinds } },
      orderBy: { id: 'desc' },
      select: { at: true },
    });
  const [
    event,
    change,
    push,
    connected,
    pendingEvents,
    failedEvents,
    failedPushes,
    unmapped,
    lateIssues,
    hoursBetweenChecks,
    waitingForJira,
  ] = await Promise.all([
    db.delivery.findFirst({
      where: { adapterId, sender: { not: 'reconciliation' } },
      orderBy: { id: 'desc' },
      select: { receivedAt: true },
    }),
    newest('inbound_applied'),
    newest('pushed'),
    newest('connected', 'reconnected', 'project_chosen'),
    db.delivery.count({ where: { adapterId, state: { in: ['pending', 'held'] } } }),
    db.delivery.count({ where: { adapterId, state: 'failed' } }),
    db.push.count({ where: { adapterId, state: 'failed', createdAt: { gte: since } } }),
    db.delivery.findMany({
      where: { adapterId, rule: 'unmapped', receivedAt: { gte: since } },
      distinct: ['statusName'],
      select: { statusName: true },
      take: mostStatuses,
    }),
    countLateIssues(db, adapterId, since, row.lastReconciledAt),
    // The pages ask every few seconds, and it is a question about all adapters.
    isCheckedLately({ lastCheckedAt: row.lastReconciledAt }, now) ? 1 : readHoursBetweenChecks(db),
    db.quotaTicket.count({ where: { adapterId, rank: { lt: ranks.comparison } } }),
  ]);
  const { state, pauseReason, remedy } = toAdapter(row);
  const lastEventAt = later(event?.receivedAt ?? null, row.lastEventAt);
  return {
    facts: {
      state,
      notSyncing:
        state === 'active'
          ? null
          : { detail: adapterStateText('en', { state, pauseReason }).sentence, remedy: remedy ?? '' },
      lastCheckedAt: row.lastReconciledAt,
      hoursBetweenChecks,
      failedCheck: failedCheckOf(row),
      refusedSince: row.refusedSince,
      project: projectOf(row),
      lastEventAt,
      listeningSince: connected?.at ?? null,
      pendingEvents,
      lateIssues,
      // Which site it was is not told: it may be somebody else's.
      ignoredEvents: (row.ignoredAt ?? since) > since ? row.ignoredEvents : 0,
      refusedEvent: refusedEventOf(row),
      webhookProblem: webhookProblemOf(row),
      failedEvents,
      failedPushes,
      waitingForJira,
      unmappedStatuses: unmapped.flatMap(({ statusName }) => (statusName ? [statusName] : [])),
    },
    moments: { lastEventAt, lastChangeAt: change?.at ?? null, lastPushAt: push?.at ?? null },
  };
}

function projectOf(row: AdapterRow): HealthFacts['project'] {
  const trouble = projectTrouble(row.jiraProjectState);
  return trouble && { trouble, key: row.jiraProjectKey ?? '', account: row.grant?.accountName ?? '' };
}

function later(left: Date | null, right: Date | null): Date | null {
  return left === null || right === null ? (left ?? right) : left > right ? left : right;
}

/** How far apart the searches of all adapters are; an hour while nothing was counted. */
async function readHoursBetweenChecks(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ wanted: number | null; usable: number | null }[]>`
    SELECT sum(1 + project_edits)::float8 AS wanted, (SELECT usable FROM quota_pool WHERE pool = 'app') AS usable
    FROM adapter WHERE state = 'active'`;
  return row?.usable ? hoursBetweenSearches(row.wanted ?? 0, row.usable) : 1;
}

const mostLooked = 2_000;
const lateChanges = 3;

/**
 * Issues whose newest events all came too late to count: several different changes in a row, and no comparison with
 * Jira since. One late event is nothing: Jira delivers out of order. Only the adapter's newest events are looked at,
 * so the question costs the same however many there are.
 */
async function countLateIssues(
  db: Db,
  adapterId: string,
  since: Date,
  lastCheckedAt: Date | null,
): Promise<number> {
  const [row] = await db.$queryRaw<{ issues: number }[]>`
    WITH recent AS (
      SELECT id, reference_id, rule, received_at, coalesce(changelog_id, changed_at_ms::text) AS change
      FROM delivery WHERE adapter_id = ${adapterId} AND state IN ('applied', 'skipped')
      ORDER BY id DESC LIMIT ${mostLooked}
    ), late AS (
      SELECT reference_id FROM recent
      WHERE rule = 'stale' AND received_at >= ${since} AND NOT EXISTS (
        SELECT 1 FROM recent newer
        WHERE newer.reference_id = recent.reference_id AND newer.id > recent.id
          AND newer.rule NOT IN ('stale', 'repeated', 'coalesced', 'no_status'))
      GROUP BY reference_id
      HAVING count(DISTINCT change) >= ${lateChanges} AND max(received_at) > ${lastCheckedAt ?? since}
    )
    SELECT count(*)::int AS issues FROM late`;
  return z.number().parse(row?.issues);
}
