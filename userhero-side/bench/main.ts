import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBenchServer } from './bench-server.ts';
import { comparePushes } from './compare-pushes.ts';
import { measureBacklog, measureGrowth } from './measure-backlog.ts';
import { measureComparison } from './measure-comparison.ts';
import { measureDeliveries } from './measure-deliveries.ts';
import { measureIntake } from './measure-intake.ts';
import { measureMemory } from './measure-memory.ts';
import { measurePropagation } from './measure-propagation.ts';
import { measurePushes } from './measure-pushes.ts';
import { measureQuota } from './measure-quota.ts';
import { measureStart } from './measure-start.ts';
import { measureTexts } from './measure-texts.ts';
import { goalText, type Measurement, meets } from './measurement.ts';
import { type QuotaShape, smallShape, wholeShape } from './quota-shape.ts';

/*
 * `npm run bench [part …]`: every figure from one run on one machine, as a table and as bench-results.json. A goal
 * that is missed is printed as missed; nothing here fails.
 *
 * `npm run bench push -- --against REVISION`: the push beside that of an earlier commit, in turns.
 *
 * `npm run bench quota`: a quarter of an hour; with `-- --small`, two minutes, as in a run of everything. With
 * `--price-factor 2`, Jira charges twice what our table of prices says.
 */
const bytesPerGigabyte = 1024 ** 3;
const partNames = [
  'start',
  'intake',
  'propagation',
  'backlog',
  'growth',
  'comparison',
  'push',
  'deliveries',
  'quota',
  'text',
  'memory',
] as const;
type PartName = (typeof partNames)[number];

const wanted = readWanted();
const results =
  wanted.against === null
    ? await measureParts(wanted.parts, wanted.quota)
    : await compareWith(wanted.against);
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

/** What the command line asks for; ends the process, having said why, where it makes no sense. */
function readWanted(): { parts: readonly PartName[]; against: string | null; quota: QuotaShape } {
  const usage = `npm run bench [${partNames.join('|')} …]
npm run bench push -- --against REVISION
npm run bench quota -- [--small] [--price-factor N]`;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        against: { type: 'string' },
        small: { type: 'boolean' },
        'price-factor': { type: 'string', default: '1' },
      },
    });
    const unknown = positionals.find((word) => !partNames.some((name) => name === word));
    if (unknown !== undefined) throw new Error(`There is no part "${unknown}".`);
    const parts = partNames.filter((name) => positionals.length === 0 || positionals.includes(name));
    const { against = null } = values;
    if (against !== null && positionals.join() !== 'push')
      throw new Error('Only the push is measured against an earlier revision.');
    const shape = values.small || positionals.length === 0 ? smallShape : wholeShape;
    return { parts, against, quota: { ...shape, priceFactor: Number(values['price-factor']) } };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(1);
  }
}

async function compareWith(revision: string): Promise<Measurement[]> {
  const interrupted = new AbortController();
  // The first Ctrl-C tidies up.
  process.once('SIGINT', () => interrupted.abort());
  const compared = await comparePushes(revision, interrupted.signal).catch((error: unknown) => {
    if (interrupted.signal.aborted) process.exit(130);
    throw error;
  });
  if (!compared) process.exit(1);
  for (const result of compared) print(result);
  return compared;
}

async function measureParts(names: readonly PartName[], quota: QuotaShape): Promise<Measurement[]> {
  const server = await startBenchServer();
  const parts: Record<PartName, () => Promise<Measurement[]>> = {
    start: () => measureStart(),
    intake: () => measureIntake(server),
    propagation: () => measurePropagation(server),
    backlog: () => measureBacklog(server),
    growth: () => measureGrowth(server, Number(process.env.BENCH_REFERENCES ?? 1_000_000)),
    comparison: () => measureComparison(server),
    push: () => measurePushes(),
    deliveries: () => measureDeliveries(),
    quota: () => measureQuota(server, quota),
    text: () => measureTexts(),
    memory: () => measureMemory(server, Number(process.env.BENCH_DELIVERIES ?? 1_000_000)),
  };
  const measured: Measurement[] = [];
  try {
    for (const name of names) {
      for (const result of await parts[name]()) {
        measured.push(result);
        print(result);
      }
    }
  } finally {
    await server.stop();
  }
  return measured;
}

function print(result: Measurement): void {
  const ok = meets(result);
  const verdict = ok === null ? '' : ok ? 'ok' : 'MISSED';
  const value = result.value >= 100 ? result.value.toFixed(0) : result.value.toFixed(2);
  console.log(
    `${value.padStart(10)} ${result.unit.padEnd(11)} ${result.name.padEnd(30)} ${goalText(result.goal).padEnd(10)} ${verdict}`,
  );
}
