import type pg from 'pg';
import { newId } from '../store/ids.ts';
import { listenOn } from '../store/listen.ts';
import { visitChannel } from './ask-visit.ts';
import { type Claim, claimVisits } from './visit-store.ts';

export type VisitWorker = { wake(): void; stop(): Promise<void> };

/** Visits spend their time waiting for Jira, so a process makes several at once. */
const mostAtOnce = 6;
/** Finds what has become due by its time, and whatever a lost notification left behind. */
const sweepMs = 1_000;

/** Makes visits as they are asked for. PostgreSQL wakes it (LISTEN); the sweep finds those that were put off. */
export function startVisitWorker(ports: {
  pool: pg.Pool;
  databaseUrl: string;
  leaseMs: number;
  visit(claim: Claim): Promise<void>;
  logError(error: unknown, message: string): void;
}): VisitWorker {
  const under = new Set<Promise<void>>();
  let requested = false;
  let filling: Promise<void> | null = null;
  let stopped = false;

  const make = (claim: Claim): void => {
    const made: Promise<void> = ports
      .visit(claim)
      .catch((error: unknown) => ports.logError(error, 'a visit was left; its time runs out'))
      .finally(() => {
        under.delete(made);
        wake();
      });
    under.add(made);
  };
  const fill = async (): Promise<void> => {
    while (requested && !stopped && under.size < mostAtOnce) {
      requested = false;
      const claims = await claimVisits(ports.pool, newId(), mostAtOnce - under.size, ports.leaseMs);
      for (const claim of claims) make(claim);
    }
  };
  const wake = (): void => {
    requested = true;
    if (filling || stopped) return;
    filling = fill()
      .catch((error: unknown) => ports.logError(error, 'visits were not taken and will be'))
      .finally(() => {
        filling = null;
      });
  };

  const listening = listenOn(ports.databaseUrl, visitChannel, { onNotice: wake, logError: ports.logError });
  const sweep = setInterval(wake, sweepMs);
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await filling;
      await Promise.all(under);
      await listening.stop();
    },
  };
}
