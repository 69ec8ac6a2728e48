import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import { type CheckResult, noteCheck } from '../adapters/note-connection.ts';
import { isRefusal, refusalOf } from '../adapters/watch-refusals.ts';
import type { Jira } from '../jira/jira.ts';
import { type Outcome, type Problem, success } from '../outcome.ts';
import { type ReconcilePorts, reconcileAdapter } from './reconcile-adapter.ts';
import { newReport, type Reconciled } from './reconciled.ts';

/**
 * Compares an adapter's linked issues with Jira and keeps how that went, so that a Jira that refuses for hours does
 * not look like one that has nothing to say.
 *
 * Errors: those of the Jira conversation; they are kept and told already.
 */
export async function checkAdapter(
  ports: ReconcilePorts,
  adapterId: string,
  how: { thorough: boolean },
): Promise<Outcome<Reconciled>> {
  const jira = await conversationOf(ports, adapterId);
  if (!jira) return success(newReport());
  const outcome = await reconcileAdapter(ports, adapterId, how);
  const result = outcome.ok ? ({ kind: 'ok' } as const) : await judge(jira, outcome.problem);
  if (result) await noteCheck(ports, adapterId, result);
  return outcome;
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
  for (const { id } of refused) await checkAdapter(ports, id, { thorough: false });
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
