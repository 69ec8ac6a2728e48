import type { Grant } from '../oauth/oauth-state.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { IssueEvent } from '../webhooks/issue-event.ts';
import { appAccount } from './app-account.ts';
import { openAppSource } from './deployment.ts';
import { type ForgeHost, forgeState } from './forge-host.ts';
import { createFunctionRunner } from './function-runner.ts';
import { installByDefault } from './installs.ts';
import { emitProductEvents, resumeEvents } from './product-events.ts';
import { currentKey } from './signing-keys.ts';

export type ForgeOptions = {
  /** The folder with `manifest.yml`. */
  root: string;
  /** Where the manifest's remotes are found here. */
  remoteUrl: string;
};

/** What the rest of the local Jira needs of the host. */
export type RunningForgeHost = {
  host: ForgeHost;
  /** The grant behind the token of a product request that runs now. */
  grantOfToken: (token: string) => Grant | null;
  accept: (event: IssueEvent) => void;
  close: () => Promise<void>;
};

/** Starts the Forge host: the app's functions, its installations and its product events. */
export function startForgeHost(sandbox: SandboxCore, options: ForgeOptions): RunningForgeHost {
  const host: ForgeHost = {
    sandbox,
    source: openAppSource(options.root, sandbox.log),
    runner: createFunctionRunner(),
    remoteUrl: options.remoteUrl,
    tokens: new Map(),
    invocations: [],
    keySetReads: 0,
  };
  const { world } = sandbox;
  if (!world.accounts.some((one) => one.kind === 'app')) world.accounts.push(appAccount);
  currentKey(forgeState(host));
  installByDefault(host);
  resumeEvents(host);
  return {
    host,
    grantOfToken: (token) => host.tokens.get(token) ?? null,
    accept: (event) => {
      const appId = host.source.current()?.manifest.app.id;
      emitProductEvents(host, event, appId !== undefined && sandbox.actingClientId === appId);
    },
    close: async () => {
      await host.runner.close();
      host.source.close();
    },
  };
}
