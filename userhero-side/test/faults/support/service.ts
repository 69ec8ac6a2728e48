import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import { shortWaits } from './short-waits.ts';

/** A process that a test left behind ends by itself. */
const longestMs = 300_000;

/** Where a test sets its deadline, every long text keeps its thread busy until then. */
const busyMs = Number(process.env.BUSY_CONVERSION_MS ?? 0);
const busyConversion = {
  threads: 2,
  deadlineMs: busyMs,
  workerFile: new URL('./busy-conversion-worker.ts', import.meta.url),
};

/** A test may shorten Jira's hour. */
const windowMs = Number(process.env.QUOTA_WINDOW_MS ?? 0);

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.join('\n'));
await startService(read.config, {
  databaseUrl: read.config.databaseUrl ?? '',
  strictJira: true,
  ...shortWaits,
  ...(windowMs > 0 ? { quotaWindowMs: windowMs } : {}),
  ...(busyMs > 0 ? { conversion: busyConversion } : {}),
});
console.log('ready');
await sleep(longestMs, null, { ref: false });
process.exit(1);
