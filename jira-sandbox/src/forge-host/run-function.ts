import type { ForgeHost, InstalledApp } from './forge-host.ts';
import type { FunctionResult } from './function-runner.ts';
import { environmentAri, type TokenFacts } from './invocation-token.ts';
import type { Invocation } from './invocations.ts';
import { scopesOf } from './manifest.ts';
import { answerOutgoing } from './outgoing.ts';

/** Forge's limit for functions that the manifest gives no other (docs, "Forge platform quotas and limits"). */
const defaultTimeoutSeconds = 25;

/** Runs a function of the manifest in the name of an installation, and records how it went. */
export async function runFunction(
  host: ForgeHost,
  app: InstalledApp,
  input: { functionKey: string; args: unknown[]; facts: TokenFacts; invocation: Invocation },
): Promise<FunctionResult> {
  const { invocation, facts } = input;
  const { manifest } = app.deployment;
  const declared = manifest.modules.function.find((one) => one.key === input.functionKey);
  const startedAt = performance.now();
  const result: FunctionResult = declared
    ? await host.runner.run(app.deployment, {
        id: invocation.id,
        handler: declared.handler,
        args: input.args,
        runtime: runtimeOf(app, facts, invocation.id),
        timeoutMs: (declared.timeoutSeconds ?? defaultTimeoutSeconds) * 1000,
        fetch: (request) => answerOutgoing(host, { by: 'function', app, facts, invocation }, request),
        log: (text) => invocation.logs.push(text),
      })
    : { ok: false, platform: null, message: `The manifest has no function ${input.functionKey}` };
  invocation.durationMs = Math.round(performance.now() - startedAt);
  invocation.outcome = result.ok ? 'ok' : 'error';
  invocation.error = result.ok ? null : result.message;
  if (!result.ok) host.sandbox.log(`forge: ${invocation.call} failed: ${result.message}`);
  return result;
}

/** `global.__forge_runtime__`, as `getAppContext()` of `@forge/api` reads it (`api/out/api/runtime.js`). */
function runtimeOf(app: InstalledApp, facts: TokenFacts, invocationId: string) {
  const { deployment, installation, site } = app;
  const { manifest } = deployment;
  return {
    ...(facts.accountId ? { aaid: facts.accountId } : {}),
    appContext: {
      appId: manifest.app.id.split('/')[1],
      appVersion: deployment.version,
      environmentId: installation.environmentId,
      environmentType: 'DEVELOPMENT',
      invocationId,
      installationId: installation.id.split('/')[1],
      moduleKey: facts.module.key,
      license: null,
      installation: installationFacts(app),
      permissions: { scopes: scopesOf(manifest), external: manifest.permissions.external },
    },
    contextAri: `ari:cloud:jira::site/${site.cloudId}`,
  };
}

/** The second argument of every function (docs, "Function arguments"). */
export function backendContext(app: InstalledApp, accountId: string | null): Record<string, unknown> {
  return {
    installContext: `ari:cloud:jira::site/${app.site.cloudId}`,
    ...(accountId ? { principal: { accountId } } : {}),
    installation: installationFacts(app),
  };
}

function installationFacts(app: InstalledApp) {
  const { installation, site, deployment } = app;
  return {
    ari: { installationId: installation.id.split('/')[1] },
    contexts: [{ cloudId: site.cloudId, workspaceId: '' }],
    environment: environmentAri(deployment.manifest.app.id, installation.environmentId),
  };
}
