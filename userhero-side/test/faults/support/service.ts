import { setTimeout as sleep } from 'node:timers/promises';
import { startService } from '../../../src/compose.ts';
import { readConfig } from '../../../src/config.ts';
import { shortWaits } from './short-waits.ts';

/** A process that a test left behind ends by itself. */
const longestMs = 300_000;

const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.join('\n'));
await startService(read.config, {
  databaseUrl: read.config.databaseUrl ?? '',
  strictJira: true,
  ...shortWaits,
});
console.log('ready');
await sleep(longestMs, null, { ref: false });
process.exit(1);
