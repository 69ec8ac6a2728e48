import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import { type CheckResult, noteCheck } from '../adapters/note-connection.ts';
import { isRefusal, refusalOf } from '../adapters/watch-refusals.ts';
import type { Jira } from '../jira/jira.ts';
import { type Outcome, type Problem, success } from '../outcome.ts';
import { postponeSearch } from './comparison-store.ts';
import { readPage } from './read-page.ts';
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
  const jira = await conversationOf(ports, adapterId);
  if (!jira) return success(null);
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
  if (part === 'search' && problem.temporary)
    await postponeSearch(ports.pool, adapterId, problem.retryAfterSeconds ?? soonSeconds);
  // One adapter's trouble is its own; the next turn comes back to it.
  ports.logError(problem.cause ?? problem, 'an adapter was not compared with Jira');
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

/** The conversation of an adapter that syncs; `null` for any other, which is not asked. */
async function conversationOf(ports: ReconcilePorts, adapterId: string): Promise<Jira | null> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const connection = activeConnectionOf(adapter);
  return connection.ok ? ports.openJira(connection.value.grantId, connection.value.cloudId) : null;
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
