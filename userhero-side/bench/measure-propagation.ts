import { prepareDatabase } from './bench-database.ts';
import type { BenchServer } from './bench-server.ts';
import { type Measurement, percentile } from './measurement.ts';
import { sendLoad } from './processes.ts';
import { benchSecret, startServiceProcess } from './service-process.ts';

const eventsPerSecond = 500;
const events = 5_000;
const port = 4802;

/** From the intake's answer to the moment when the item's change became visible, at 500 events a second. */
export async function measurePropagation(server: BenchServer): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  const pool = await prepareDatabase(databaseUrl, events);
  const service = await startServiceProcess(databaseUrl, 'all', port);
  try {
    const order = {
      port,
      path: '/api/webhooks/jira',
      headers: { Authorization: `Bearer ${benchSecret}` },
      connections: 32,
      issues: events,
    };
    const { answeredAtMs } = await sendLoad({
      ...order,
      requests: events,
      firstChange: 1,
      ratePerSecond: eventsPerSecond,
    });
    await new Promise((done) => setTimeout(done, 2_000));
    const { rows } = await pool.query<{ id: string; at: string }>(
      `SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000 AS at FROM item WHERE version > 1`,
    );
    const changedAt = new Map(rows.map((row) => [row.id, Number(row.at)]));
    const waits = answeredAtMs.flatMap(([issue, at]) => {
      const changed = changedAt.get(`item-${String(issue).padStart(9, '0')}`);
      return changed === undefined ? [] : [Math.max(0, changed - at)];
    });
    return [
      { name: 'propagation.changed', value: waits.length, unit: 'items', goal: { atLeast: events } },
      { name: 'propagation.p50_ms', value: percentile(waits, 0.5), unit: 'ms', goal: { atMost: 50 } },
      { name: 'propagation.p99_ms', value: percentile(waits, 0.99), unit: 'ms', goal: { atMost: 250 } },
    ];
  } finally {
    await service.stop();
    await pool.end();
  }
}
