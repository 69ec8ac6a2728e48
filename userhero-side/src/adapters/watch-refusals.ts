import type { Jira } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { noteCheck } from './note-connection.ts';

/**
 * What a refusal of the whole connection looks like; the refusal of one thing looks the same, but for that of this
 * deployment's OAuth client.
 */
export function isRefusal({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'oauth_failed' || code === 'jira_unauthorized' || code === 'jira_forbidden';
}

/** Asks Jira the simplest question there is; answers the problem if that is refused too. */
export async function refusalOf(jira: Pick<Jira, 'myself'>): Promise<Problem | null> {
  const asked = await jira.myself();
  return !asked.ok && isRefusal(asked.problem) ? asked.problem : null;
}

type Failed = { grantId: string; cloudId: string; jira: Pick<Jira, 'myself'>; problem: Problem };
type RefusalPorts = {
  db: PrismaClient;
  now(): Date;
  logError(error: unknown, message: string): void;
};

/** A connection that was found in order is not asked again so soon, however many things it may not do. */
const quietMs = 60_000;

/**
 * Watches every answer of Jira for a refusal, whichever work met it, and finds out whether the connection itself is
 * refused. It is asked once for all that fails at the same time, and not at all once the adapters say so.
 */
export function watchRefusals(ports: RefusalPorts): (failed: Failed) => void {
  const quietUntil = new Map<string, number>();
  return (failed) => {
    if (!isRefusal(failed.problem)) return;
    const key = `${failed.grantId} ${failed.cloudId}`;
    const now = ports.now().getTime();
    if ((quietUntil.get(key) ?? 0) > now) return;
    quietUntil.set(key, now + quietMs);
    void judge(ports, failed)
      .then((isRefused) => isRefused && quietUntil.delete(key))
      .catch((error: unknown) => ports.logError(error, 'a refusal of Jira was not looked into'));
  };
}

async function judge(ports: RefusalPorts, { grantId, cloudId, jira }: Failed): Promise<boolean> {
  const adapters = await ports.db.adapter.findMany({
    where: { grantId, cloudId, state: 'active', refusedSince: null },
    select: { id: true },
  });
  if (adapters.length === 0) return false;
  const problem = await refusalOf(jira);
  if (!problem) return false;
  for (const { id } of adapters) await noteCheck(ports, id, { kind: 'refused', problem });
  return true;
}
