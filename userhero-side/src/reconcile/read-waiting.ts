import { ranks } from '@userhero/shared/limits/rank.ts';
import { sameName } from '@userhero/shared/mapping/same-name.ts';
import type pg from 'pg';
import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import {
  postponeReadings,
  readingBegins,
  type WaitingIssue,
  waitingIssues,
} from '../inbound/reading-store.ts';
import type { OpenJira } from '../jira/jira.ts';
import { writeTicket } from '../limits/tickets.ts';
import { isPaused, type PausedProblem, waitForEnd } from '../limits/wait-for.ts';
import type { Problem } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { type Finding, lookAtIssues, toLook } from './look-at-issues.ts';
import { toReading } from './observe-issue.ts';

export type ReadWaitingPorts = {
  db: PrismaClient;
  pool: pg.Pool;
  openJira: OpenJira;
  now(): Date;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
};

/** Jira's bulk fetch takes at most 100 issues. */
const pageSize = 100;
/** A refusal needs somebody to act. */
const afterRefusalSeconds = 300;
const settlingPauseSeconds = 3;

/**
 * Reads the issues of an adapter's events that wait for a reading: many events of one issue need one reading. What is
 * found goes into the inbox, where it outranks every event that was received before the reading began, and settles
 * those that waited. Where Jira cannot be asked they wait on: nothing is lost, and nothing is given up.
 */
export async function readWaiting(ports: ReadWaitingPorts, adapterId: string): Promise<void> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const connection = activeConnectionOf(adapter);
  if (!connection.ok) return;
  const { grantId, cloudId } = connection.value;
  const jira = await ports.openJira(grantId, cloudId);
  const place = { id: adapterId, cloudId };
  for (let after = ''; ; ) {
    const issues = await waitingIssues(ports.pool, place, after, pageSize);
    const last = issues.at(-1);
    if (!last) return;
    after = last.id;
    const began = await readingBegins(ports.db);
    const looked = await lookAtIssues(jira, issues.map(toLook));
    if (!looked.ok) return postpone(ports, adapterId, null, looked.problem);

    const found = issues.map((issue) => ({ issue, finding: looked.value.get(issue.id) }));
    const settled = found.filter(({ issue, finding }) => !isOnItsWay(issue, finding));
    const facts = settled.flatMap(({ issue, finding }) => toReading(adapterId, issue, finding, began) ?? []);
    if (facts.length > 0) await ports.insertDeliveries(facts);
    for (const { issue, finding } of settled)
      if (finding?.kind === 'unknown') await postpone(ports, adapterId, [issue.id], finding.problem);
    const early = found.filter((one) => !settled.includes(one)).map(({ issue }) => issue.id);
    if (early.length > 0)
      await postponeReadings(ports.pool, adapterId, early, {
        error: null,
        afterSeconds: settlingPauseSeconds,
      });
  }
}

/** A workflow said a moment ago that the issue goes to a status, and Jira does not show it there yet. */
function isOnItsWay(issue: WaitingIssue, finding: Finding | undefined): boolean {
  if (finding?.kind !== 'present') return false;
  const { name } = finding.issue.status;
  return issue.onItsWayTo.length > 0 && !issue.onItsWayTo.some((wanted) => sameName(wanted, name));
}

function postpone(
  ports: ReadWaitingPorts,
  adapterId: string,
  referenceIds: readonly string[] | null,
  problem: Problem,
): Promise<void> {
  if (referenceIds === null && isPaused(problem)) return waitForJira(ports, adapterId, problem);
  // Jira being away is asked again soon, and less often each time.
  const ownPace = problem.temporary ? null : afterRefusalSeconds;
  return postponeReadings(ports.pool, adapterId, referenceIds, {
    error: problem.detail,
    afterSeconds: problem.retryAfterSeconds ?? ownPace,
  });
}

/** Events that wait for a reading wait until Jira may be called again; the ticket of their adapter wakes them. */
async function waitForJira(
  { db, pool, now }: ReadWaitingPorts,
  adapterId: string,
  problem: PausedProblem,
): Promise<void> {
  const wait = waitForEnd(problem);
  const since = now();
  const work = {
    kind: 'read-issues',
    subjectId: adapterId,
    rank: ranks.change,
    data: { adapterId },
    since,
  } as const;
  await writeTicket(db, work, wait);
  const afterSeconds = Math.max(0, (wait.notBefore.getTime() - since.getTime()) / 1000);
  await postponeReadings(pool, adapterId, null, { error: problem.detail, afterSeconds, isNoAttempt: true });
}
