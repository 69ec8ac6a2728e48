import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { jwksUrl } from './forge-host/forge-host.ts';
import { type ForgeOptions, startForgeHost } from './forge-host/start-forge-host.ts';
import { newLimitCounts } from './limits/limit-counts.ts';
import { createValidator } from './openapi/validate.ts';
import type { Sandbox } from './sandbox.ts';
import { emptyWorld, seedIssuesInto } from './seed/seed-world.ts';
import { openStore } from './store.ts';
import { createDeliveryQueue } from './webhooks/delivery-queue.ts';
import type { World } from './world.ts';

export type SandboxOptions = {
  /** 0 for any free one. */
  port: number;
  /** Where the world is kept; without it, it lives as long as the process. */
  dataFile?: string;
  /** Atlassian's OpenAPI document, to validate with; without it, nothing is validated. */
  openapiFile?: string;
  now?: () => number;
  /** The address that links name, when it is not `http://localhost:{port}`. */
  publicUrl?: string;
  clientId?: string;
  clientSecret?: string;
  log?: (line: string) => void;
  /** The network interface; this machine alone by default, since the controls ask for no password. */
  host?: string;
  /** The Forge app to host; without it, no site has one. */
  forge?: ForgeOptions;
};

export type RunningSandbox = {
  url: string;
  port: number;
  world: World;
  /** What a remote needs to trust the host's tokens; null while no app is there. */
  forge: { appId: string; jwksUrl: string } | null;
  close: () => Promise<void>;
};

/** Starts a local Jira Cloud: OAuth, REST API, webhooks, pages and controls on one port. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const log = options.log ?? (() => {});
  const validator = createValidator(options.openapiFile);
  if (options.openapiFile !== undefined && !validator.enabled)
    log(`openapi: ${options.openapiFile} is not there, so REST is not validated`);

  const store = openStore(options.dataFile, () => sandbox.world);
  const saved = store.load();
  const queue = createDeliveryQueue(() => sandbox);
  const sandbox: Sandbox = {
    world: saved ?? emptyWorld(),
    url: '',
    localUrl: '',
    now: options.now ?? Date.now,
    log,
    save: () => {
      sandbox.revision += 1;
      store.schedule();
    },
    client: {
      id: options.clientId ?? 'userhero-local',
      secret: options.clientSecret ?? 'userhero-local-secret',
      name: 'UserHero',
    },
    validator,
    emit: (event) => {
      queue.accept(event);
      sandbox.forge?.accept(event);
    },
    queue,
    calls: new Map(),
    callMs: new Map(),
    limitCounts: newLimitCounts(),
    revision: 0,
    actingClientId: null,
    forge: null,
  };

  // Longer than Node's 5 s: a process that is busy for so long would send on a connection that is closed by then.
  const server = createServer({ keepAliveTimeout: 65_000 }, createApp(sandbox));
  const port = await listen(server, options.port, options.host ?? '127.0.0.1');
  sandbox.localUrl = `http://127.0.0.1:${port}`;
  sandbox.url = (options.publicUrl ?? `http://localhost:${port}`).replace(/\/$/, '');
  if (!saved) {
    seedIssuesInto(sandbox);
    sandbox.save();
  }
  queue.resume();
  if (options.forge) sandbox.forge = startForgeHost(sandbox, options.forge);

  return {
    url: sandbox.url,
    port,
    world: sandbox.world,
    forge: forgeFacts(sandbox),
    close: async () => {
      queue.stop();
      await sandbox.forge?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.flush();
    },
  };
}

function forgeFacts({ forge }: Sandbox): RunningSandbox['forge'] {
  const deployment = forge?.host.source.current();
  return forge && deployment ? { appId: deployment.manifest.app.id, jwksUrl: jwksUrl(forge.host) } : null;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
