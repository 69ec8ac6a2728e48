import { ranks } from '@userhero/shared/limits/rank.ts';
import { everythingPoints, pagePoints, searchPoints } from '@userhero/shared/limits/units.ts';
import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import { type CheckResult, noteCheck } from '../adapters/note-connection.ts';
import { isRefusal, refusalOf } from '../adapters/watch-refusals.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import type { Work } from '../limits/ledger.ts';
import { writeTicket } from '../limits/tickets.ts';
import { isPaused, type PausedProblem, waitForEnd } from '../limits/wait-for.ts';
import { withPoints } from '../limits/with-points.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { postponeSearch } from './comparison-store.ts';
import { readPage } from './read-page.ts';
import { pageSize } from './reading-round.ts';
import { reconcileAdapter } from './reconcile-adapter.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { searchChanges } from './search-changes.ts';

/** What is compared: what has changed, everything that is linked, or the next page of the daily reading. */
export type Part = 'search' | 'everything' | 'page';

const parts: Record<Part, (ports: ReconcilePorts, adapterId: string) => Promise<Outcome<unknown>>> = {
  search: searchChanges,
  everything: (ports, adapterId) => reconcileAdapter(ports, adapterId, { thorough: true }),
  page: readPage,
};

/**
 * Compares an adapter's linked issues with Jira and keeps how that went, so that a Jira that refuses for hours does
 * not look like one that has nothing to say.
 *
 * Errors: those of the Jira conversation; they are kept and told already.
 */
export async function checkAdapter(
  ports: ReconcilePorts,
  adapterId: string,
  part: Part,
): Promise<Outcome<unknown>> {
  const row = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const connection = activeConnectionOf(row);
  if (!row || !connection.ok) return success(null);
  const { grantId, cloudId } = connection.value;
  const work = await workOf(ports, part, { adapterId, cloudId, organizationId: row.project.organizationId });
  return withPoints(
    ports,
    work,
    (allowance) => {
      const openJira: OpenJira = (grant, site) => ports.openJira(grant, site, allowance);
      return check({ ...ports, openJira }, adapterId, part, () => openJira(grantId, cloudId));
    },
    async (problem) => failure(problem),
  );
}

/** What a part asks for. A page is cut to what one unit of work may cost; everything is asked for together. */
async function workOf(
  { db, points }: ReconcilePorts,
  part: Part,
  whose: { adapterId: string; cloudId: string; organizationId: string },
): Promise<Work> {
  const { adapterId, ...of } = whose;
  if (part === 'everything') {
    const needed = await pointsOfEverything(db, adapterId);
    return { ...of, kind: 'reconcile', subjectId: adapterId, rank: ranks.bulk, points: needed };
  }
  const page = Math.min(points.mostPerUnit(of.cloudId), pagePoints(pageSize));
  const needed = part === 'page' ? page : searchPoints;
  const subjectId = `${adapterId}:${part}`;
  return { ...of, kind: 'compare', subjectId, rank: ranks.comparison, points: needed };
}

/** The points of comparing everything that an adapter has linked. */
export async function pointsOfEverything(db: ReconcilePorts['db'], adapterId: string): Promise<number> {
  return everythingPoints(await db.externalReference.count({ where: { adapterId } }));
}

async function check(
  ports: ReconcilePorts,
  adapterId: string,
  part: Part,
  open: () => Promise<Jira>,
): Promise<Outcome<unknown>> {
  const jira = await open();
  const outcome = await parts[part](ports, adapterId);
  const result = outcome.ok ? ({ kind: 'ok' } as const) : await judge(jira, outcome.problem);
  // One page that works says nothing of a search that does not.
  if (result && !(part === 'page' && result.kind === 'ok')) await noteCheck(ports, adapterId, result);
  return outcome;
}

/** Jira not answering is asked again soon; any other trouble waits for the next turn. */
const soonSeconds = 300;

/** The part of a comparison whose turn it is. What fails is due again: no job repeats it. */
export async function compareInTurn(
  ports: ReconcilePorts & { logError(error: unknown, message: string): void },
  adapterId: string,
  part: Exclude<Part, 'everything'>,
): Promise<void> {
  const outcome = await checkAdapter(ports, adapterId, part);
  if (outcome.ok) return;
  const { problem } = outcome;
  if (isPaused(problem) && (await waitInTurn(ports, adapterId, part, problem))) return;
  if (part === 'search' && problem.temporary)
    await postponeSearch(ports.pool, adapterId, problem.retryAfterSeconds ?? soonSeconds);
  // One adapter's trouble is its own; the next turn comes back to it.
  ports.logError(problem.cause ?? problem, 'an adapter was not compared with Jira');
}

/** Lets a part wait as a row; `false` where its adapter does not sync any more. */
function waitInTurn(
  { db, now }: ReconcilePorts,
  adapterId: string,
  part: Exclude<Part, 'everything'>,
  problem: PausedProblem,
): Promise<boolean> {
  const work = { kind: 'compare', subjectId: `${adapterId}:${part}`, rank: ranks.comparison } as const;
  return writeTicket(db, { ...work, data: { adapterId, part }, since: now() }, waitForEnd(problem));
}

const lookAgainMs = 5 * 60_000;
const mostAtOnce = 20;

/** Asks the adapters again that Jira refused some minutes ago: when it answers, nobody should have to find out. */
export async function lookAgainAtRefused(ports: ReconcilePorts): Promise<void> {
  const refused = await ports.db.adapter.findMany({
    where: {
      state: 'active',
      refusedSince: { not: null },
      lastCheckFailedAt: { lt: new Date(ports.now().getTime() - lookAgainMs) },
    },
    orderBy: { lastCheckFailedAt: 'asc' },
    select: { id: true },
    take: mostAtOnce,
  });
  for (const { id } of refused) await checkAdapter(ports, id, 'search');
}

/**
 * What a failure says about the connection. A grant that ended is the adapter's state already, and a limit is not a
 * failure. A refusal is asked about once more with the simplest question there is.
 */
async function judge(jira: Jira, problem: Problem): Promise<CheckResult | null> {
  if (problem.code === 'needs_reauth' || problem.code === 'jira_rate_limited') return null;
  if (!isRefusal(problem)) return { kind: 'failed', problem };
  const refusal = await refusalOf(jira);
  return refusal ? { kind: 'refused', problem: refusal } : { kind: 'failed', problem };
}
