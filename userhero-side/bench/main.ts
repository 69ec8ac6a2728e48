import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { startBenchServer } from './bench-server.ts';
import { measureBacklog, measureGrowth } from './measure-backlog.ts';
import { measureIntake } from './measure-intake.ts';
import { measureMemory } from './measure-memory.ts';
import { measurePropagation } from './measure-propagation.ts';
import { measurePushes } from './measure-pushes.ts';
import { measureStart } from './measure-start.ts';
import { measureTexts } from './measure-texts.ts';
import { goalText, type Measurement, meets } from './measurement.ts';

/*
 * `npm run bench [part …]`: every figure from one run on one machine, as a table and as bench-results.json. A goal
 * that is missed is printed as missed; nothing here fails.
 */
const bytesPerGigabyte = 1024 ** 3;
const server = await startBenchServer();
const parts: Record<string, () => Promise<Measurement[]>> = {
  start: () => measureStart(),
  intake: () => measureIntake(server),
  propagation: () => measurePropagation(server),
  backlog: () => measureBacklog(server),
  growth: () => measureGrowth(server, Number(process.env.BENCH_REFERENCES ?? 1_000_000)),
  push: () => measurePushes(),
  text: () => measureTexts(),
  memory: () => measureMemory(server, Number(process.env.BENCH_DELIVERIES ?? 1_000_000)),
};
const wanted = process.argv.slice(2);
const results: Measurement[] = [];
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const result of await measure()) {
      results.push(result);
      print(result);
    }
  }
} finally {
  await server.stop();
}
const [cpu] = cpus();
const machine = {
  cpu: cpu?.model ?? '?',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / bytesPerGigabyte),
  node: process.version,
};
const file = join(import.meta.dirname, '../../bench-results.json');
writeFileSync(
  file,
  `${JSON.stringify({ machine, results: results.map((result) => ({ ...result, goal: goalText(result.goal), ok: meets(result) })) }, null, 2)}\n`,
);
console.log(`\n${results.length} figures in bench-results.json`);

function print(result: Measurement): void {
  const ok = meets(result);
  const verdict = ok === null ? '' : ok ? 'ok' : 'MISSED';
  const value = result.value >= 100 ? result.value.toFixed(0) : result.value.toFixed(2);
  console.log(
    `${value.padStart(10)} ${result.unit.padEnd(11)} ${result.name.padEnd(26)} ${goalText(result.goal).padEnd(10)} ${verdict}`,
  );
}
