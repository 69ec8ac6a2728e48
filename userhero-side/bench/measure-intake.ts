import { prepareDatabase } from './bench-database.ts';
import type { BenchServer } from './bench-server.ts';
import { type Measurement, median } from './measurement.ts';
import { type Running, sendLoad, startProcess } from './processes.ts';
import { benchSecret, startServiceProcess } from './service-process.ts';

const connections = 32;
const requests = 20_000;
const issues = 10_000;
const rounds = 5;
/** Until the compiler has seen enough of each. */
const warmUps = 3;
const port = 4801;

/**
 * The intake — authenticated, duplicate-checked, durable — against a bare Express handler and against one INSERT a
 * request, in turns, so that the machine's mood is the same for all three.
 */
export async function measureIntake(server: BenchServer): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  const pool = await prepareDatabase(databaseUrl, issues);
  const service = await startServiceProcess(databaseUrl, 'web', port);
  const bare = await startProcess('bare-servers.ts', ['bare'], {}, null);
  const insert = await startProcess('bare-servers.ts', ['insert', databaseUrl], {}, null);
  const rates: Record<'service' | 'bare' | 'insert', number[]> = { service: [], bare: [], insert: [] };
  let change = 0;
  const load = async (target: Running, path: string, ratePerSecond: number) => {
    change += requests;
    const headers = { Authorization: `Bearer ${benchSecret}` };
    return sendLoad({
      port: target.port,
      path,
      headers,
      connections,
      requests,
      issues,
      firstChange: change,
      ratePerSecond,
    });
  };
  try {
    for (let round = 0; round < warmUps; round += 1) {
      await load(service, '/api/webhooks/jira', 0);
      await load(bare, '/', 0);
      await load(insert, '/', 0);
    }
    for (let round = 0; round < rounds; round += 1) {
      rates.bare.push((await load(bare, '/', 0)).perSecond);
      rates.service.push((await load(service, '/api/webhooks/jira', 0)).perSecond);
      rates.insert.push((await load(insert, '/', 0)).perSecond);
    }
    const half = median(rates.service) / 2;
    const calm = [];
    for (let round = 0; round < rounds; round += 1)
      calm.push(await load(service, '/api/webhooks/jira', half));
    const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM delivery');
    return [
      { name: 'intake.per_s', value: median(rates.service), unit: 'requests/s', goal: null },
      {
        name: 'intake.vs_bare_express',
        value: median(rates.service) / median(rates.bare),
        unit: '×',
        goal: { atLeast: 0.6 },
      },
      {
        name: 'intake.vs_single_insert',
        value: median(rates.service) / median(rates.insert),
        unit: '×',
        goal: { atLeast: 2.5 },
      },
      {
        name: 'intake.p99_ms',
        value: median(calm.map((answer) => answer.p99Ms)),
        unit: 'ms',
        goal: { atMost: 25 },
      },
      {
        name: 'intake.rows',
        value: Number(rows[0]?.count),
        unit: 'rows',
        goal: { atLeast: requests * (warmUps + 2 * rounds) },
      },
    ];
  } finally {
    await Promise.all([service.stop(), bare.stop(), insert.stop()]);
    await pool.end();
  }
}
