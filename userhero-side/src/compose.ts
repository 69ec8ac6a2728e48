import { type ComposeOptions, openBase } from './compose/base.ts';
import { buildAdapters } from './compose/build-adapters.ts';
import { buildAtlassian } from './compose/build-atlassian.ts';
import { buildPush } from './compose/build-push.ts';
import { startHttp } from './compose/start-http.ts';
import { startWorkers } from './compose/start-workers.ts';
import type { Config } from './config.ts';

/** A running service. */
export type Service = { port: number; stop(): Promise<void> };

/** The composition root: builds every part from the configuration and starts what the role asks for. */
export async function startService(config: Config, options: ComposeOptions): Promise<Service> {
  const base = await openBase(config, options);
  const atlassian = buildAtlassian(base);
  const push = buildPush(base, atlassian);
  const connect = buildAdapters(base, atlassian, push.ports);
  const workers = config.role === 'web' ? null : await startWorkers(base, atlassian, push.ports, connect);
  const http = await startHttp(base, push.ports, connect, atlassian.ledger);
  return {
    port: http.port,
    async stop() {
      await http.stop();
      await workers?.stop();
      await base.stopJobs();
      await push.stop();
      await atlassian.stop();
      await base.close();
    },
  };
}
