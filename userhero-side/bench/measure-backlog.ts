import type pg from 'pg';
import { addBacklog, addReferences, prepareDatabase } from './bench-database.ts';
import type { BenchServer } from './bench-server.ts';
import { type Measurement, median } from './measurement.ts';
import { startServiceProcess } from './service-process.ts';

const events = 100_000;
const smallEvents = 10_000;
const rounds = 3;
const port = 4803;
const pollMs = 100;

/** A backlog of 100,000 events over 100,000 references, worked off by one worker. */
export async function measureBacklog(server: BenchServer): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  const pool = await prepareDatabase(databaseUrl, events);
  try {
    const rates = [];
    for (let round = 0; round < rounds; round += 1) {
      await addBacklog(pool, events, events, round);
      rates.push(events / (await workOff(pool, databaseUrl)));
    }
    return [
      { name: 'backlog.events_per_s', value: median(rates), unit: 'events/s', goal: { atLeast: 10_000 } },
    ];
  } finally {
    await pool.end();
  }
}

/** What an event costs with a million references, against ten thousand; the same database grows in between. */
export async function measureGrowth(server: BenchServer, references: number): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  const pool = await prepareDatabase(databaseUrl, smallEvents);
  try {
    const cost = async (firstRound: number): Promise<number> => {
      const seconds = [];
      for (let round = firstRound; round < firstRound + rounds; round += 1) {
        await addBacklog(pool, smallEvents, smallEvents, round);
        seconds.push(await workOff(pool, databaseUrl));
      }
      return median(seconds) / smallEvents;
    };
    const small = await cost(0);
    await addReferences(pool, smallEvents, references);
    const large = await cost(rounds);
    return [{ name: 'growth.cost_ratio', value: large / small, unit: '×', goal: { atMost: 1.2 } }];
  } finally {
    await pool.end();
  }
}

/** Starts a worker and waits until nothing waits; answers the seconds from the first applied to the last. */
async function workOff(pool: pg.Pool, databaseUrl: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(
    `SELECT count(*) FROM delivery WHERE state = 'pending'`,
  );
  const all = Number(rows[0]?.count);
  // Only whether any waits: counting them would take the processor from what is measured.
  const isAnyWaiting = async (): Promise<boolean> =>
    (await pool.query(`SELECT FROM delivery WHERE state = 'pending' LIMIT 1`)).rowCount === 1;
  const worker = await startServiceProcess(databaseUrl, 'worker', port);
  try {
    while (await isAnyWaiting()) await new Promise((done) => setTimeout(done, pollMs));
    const times = await pool.query<{ seconds: string }>(
      `SELECT extract(epoch FROM max(t) - min(t)) AS seconds FROM (
         SELECT pg_xact_commit_timestamp(xmin) AS t FROM delivery WHERE state <> 'pending' ORDER BY id DESC LIMIT $1) x`,
      [all],
    );
    return Number(times.rows[0]?.seconds);
  } finally {
    await worker.stop();
  }
}
