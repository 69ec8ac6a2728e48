import { isDenial, type Pause, pauseFor } from '@userhero/shared/limits/pause-for.ts';
import { readLimitHeaders } from '@userhero/shared/limits/read-headers.ts';
import { type LimitedCall, type Scope, scopesOf } from '@userhero/shared/limits/scope.ts';
import type pg from 'pg';
import { listenOn } from '../store/listen.ts';
import type { HeardAnswer } from './hear-headers.ts';

/** What Jira has refused for a while, as every process of the service knows it. */
export type Pauses = {
  /** The pause that covers a call, the one that ends last. */
  pauseOf(call: LimitedCall): Pause | null;
  /** Keeps the pause that an answer begins, here at once and for the other processes; `null` where it begins none. */
  heard(call: LimitedCall, answer: HeardAnswer): Pause | null;
  stop(): Promise<void>;
};

const channel = 'quota_paused';
/** Over for longer than this, a pause counts no strikes any more and says nothing about other sites. */
const rememberedMs = 2 * 60_000;

/* Whoever refuses last adds to what is known; a pause never becomes shorter. */
const saveSql = `
WITH saved AS (
  INSERT INTO quota_pause AS q (scope, until, reason, strikes, denied_at)
  SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::integer[], $5::timestamptz[])
  ON CONFLICT (scope) DO UPDATE SET until = greatest(q.until, excluded.until), reason = excluded.reason,
    strikes = excluded.strikes, denied_at = greatest(q.denied_at, excluded.denied_at)
  RETURNING 1
)
SELECT pg_notify('${channel}', '')::text FROM saved HAVING count(*) > 0`;

const readSql = `
SELECT scope, until, reason, strikes, denied_at AS "deniedAt" FROM quota_pause WHERE until > $1`;

type Row = { scope: Scope; until: Date; reason: string | null; strikes: number; deniedAt: Date };

/**
 * Keeps the pauses in memory, and in the database for the other processes, which hear of each by a notification. One
 * that misses it meets one more refusal.
 */
export function createPauses(ports: {
  pool: pg.Pool;
  databaseUrl: string;
  now(): Date;
  logError(error: unknown, message: string): void;
}): Pauses {
  const known = new Map<Scope, Pause>();
  let saving: Promise<unknown> = Promise.resolve();
  const nowMs = () => ports.now().getTime();

  const learn = (pause: Pause): void => {
    const before = known.get(pause.scope);
    known.set(pause.scope, { ...pause, untilMs: Math.max(pause.untilMs, before?.untilMs ?? 0) });
  };
  const read = async (): Promise<void> => {
    const bound = nowMs() - rememberedMs;
    const { rows } = await ports.pool.query<Row>(readSql, [new Date(bound)]);
    for (const { scope, until, reason, strikes, deniedAt } of rows)
      learn({ scope, untilMs: until.getTime(), reason, strikes, deniedAtMs: deniedAt.getTime() });
    for (const [scope, { untilMs }] of known) if (untilMs < bound) known.delete(scope);
  };
  const save = (pauses: readonly Pause[]): void => {
    saving = saving
      .then(() => ports.pool.query(saveSql, columnsOf(pauses)))
      .catch((error: unknown) => ports.logError(error, 'a pause of Jira was not kept for other processes'));
  };
  const listening = listenOn(ports.databaseUrl, channel, {
    onNotice: () => {
      read().catch((error: unknown) => ports.logError(error, 'the pauses of Jira were not read'));
    },
    logError: ports.logError,
  });

  return {
    pauseOf(call) {
      const covering = scopesOf(call).flatMap((scope) => known.get(scope) ?? []);
      return lastOf(covering.filter(({ untilMs }) => untilMs > nowMs()));
    },
    heard(call, { status, header }) {
      const headers = readLimitHeaders(header, nowMs());
      if (!isDenial(status, headers)) return null;
      const pauses = pauseFor({ ...call, status, headers }, { nowMs: nowMs(), pauses: [...known.values()] });
      for (const pause of pauses) learn(pause);
      save(pauses);
      return lastOf(pauses);
    },
    async stop() {
      await saving;
      await listening.stop();
    },
  };
}

function lastOf(pauses: readonly Pause[]): Pause | null {
  return pauses.reduce<Pause | null>((last, one) => (last && last.untilMs >= one.untilMs ? last : one), null);
}

function columnsOf(pauses: readonly Pause[]): unknown[] {
  return [
    pauses.map(({ scope }) => scope),
    pauses.map(({ untilMs }) => new Date(untilMs)),
    pauses.map(({ reason }) => reason),
    pauses.map(({ strikes }) => strikes),
    pauses.map(({ deniedAtMs }) => new Date(deniedAtMs)),
  ];
}
