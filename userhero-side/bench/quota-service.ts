import { startService } from '../src/compose.ts';
import { readConfig } from '../src/config.ts';

/*
 * The service as `npm run serve` starts it, but with a short window as the hour of Jira's points:
 * QUOTA_WINDOW_MS, which no operator sets.
 */
const read = readConfig(process.env);
if (!read.ok) throw new Error(read.faults.join('\n'));
const service = await startService(read.config, {
  databaseUrl: read.config.databaseUrl ?? '',
  strictJira: false,
  quotaWindowMs: Number(process.env.QUOTA_WINDOW_MS),
});
process.once('SIGTERM', () => {
  void service.stop().then(() => process.exit());
});
console.log('ready');
