import type { Grant } from '../oauth/oauth-state.ts';
import type { SandboxCore } from '../sandbox-core.ts';
import type { Site } from '../world.ts';
import type { AppSource, Deployment } from './deployment.ts';
import type { ForgeState, Installation } from './forge-state.ts';
import type { FunctionRunner } from './function-runner.ts';
import type { Invocation } from './invocations.ts';

/** The part of the local Jira that plays Forge: one app, read from a repository, installed on sites. */
export type ForgeHost = {
  sandbox: SandboxCore;
  source: AppSource;
  runner: FunctionRunner;
  /** Where the manifest's remotes are found here, whatever address they have in production. */
  remoteUrl: string;
  /** Access tokens of running product requests; they end with their request, so no file keeps them. */
  tokens: Map<string, Grant>;
  /** The latest invocations, newest last. */
  invocations: Invocation[];
  /** How often the key set was read. */
  keySetReads: number;
};

/** An app where it runs: the build, the site and the installation there. */
export type InstalledApp = { deployment: Deployment; site: Site; installation: Installation };

/** The host's part of the world. */
export function forgeState(host: ForgeHost): ForgeState {
  return host.sandbox.world.forge;
}

/** The app on that site, or null where it is not installed (or not built). */
export function installedApp(host: ForgeHost, site: Site): InstalledApp | null {
  const deployment = host.source.current();
  const installation = forgeState(host).installations.find((one) => one.siteSlug === site.slug);
  return deployment && installation ? { deployment, site, installation } : null;
}

/** The name an administrator sees; Forge keeps it in the developer console, not in the manifest. */
export function appName(deployment: Deployment): string {
  return deployment.manifest.app.name ?? 'UserHero';
}

/** Where remotes find the host's public keys. */
export function jwksUrl(host: ForgeHost): string {
  return `${host.sandbox.url}/.well-known/jwks.json`;
}
