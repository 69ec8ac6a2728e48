import { readFileSync } from 'node:fs';
import { prepareDatabase } from './bench-database.ts';
import type { BenchServer } from './bench-server.ts';
import type { Measurement } from './measurement.ts';
import { sendLoad } from './processes.ts';
import { benchSecret, startServiceProcess } from './service-process.ts';

const issues = 10_000;
const port = 4804;
const perRun = 100_000;

/** The resident memory of a process that took in and applied so many deliveries. */
export async function measureMemory(server: BenchServer, deliveries: number): Promise<Measurement[]> {
  const databaseUrl = await server.newDatabase();
  const pool = await prepareDatabase(databaseUrl, issues);
  const service = await startServiceProcess(databaseUrl, 'all', port);
  try {
    for (let sent = 0; sent < deliveries; sent += perRun) {
      await sendLoad({
        port,
        path: '/api/webhooks/jira',
        headers: { Authorization: `Bearer ${benchSecret}` },
        connections: 32,
        requests: Math.min(perRun, deliveries - sent),
        issues,
        firstChange: 1 + sent,
        ratePerSecond: 0,
      });
    }
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${service.pid}/status`, 'utf8'))?.[1];
    return [
      { name: 'memory.rss_mb', value: Number(kilobytes) / 1024, unit: 'MB', goal: { atMost: 250 } },
      { name: 'memory.deliveries', value: deliveries, unit: 'deliveries', goal: null },
    ];
  } finally {
    await service.stop();
    await pool.end();
  }
}
