import { randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { appName, type ForgeHost, forgeState, type InstalledApp } from './forge-host.ts';
import { currentKey } from './signing-keys.ts';

/** Long enough for one invocation (a function's limit is 25 s), short enough to be useless soon after. */
export const tokenLifeSeconds = 60;
export const tokenIssuer = 'forge/invocation-token';

export type TokenFacts = {
  /** Who is looking on; null for an event. */
  accountId: string | null;
  module: { type: string; key: string };
  /** The module's extension: project, issue. */
  extension?: Record<string, unknown>;
};

/**
 * The claims of the Forge Invocation Token of a request that a page sends, or of one that a backend function sends:
 * then "no context is currently provided", and `principal` is for "UI modules only".
 *
 * Source: developer.atlassian.com/platform/forge/remote/essentials, "The Forge Invocation Token (FIT)".
 */
export function tokenClaims(
  host: ForgeHost,
  app: InstalledApp,
  facts: TokenFacts,
  sentBy: 'page' | 'function',
): Record<string, unknown> {
  const { deployment, installation, site } = app;
  const apiBaseUrl = `${host.sandbox.url}/ex/jira/${site.cloudId}`;
  const appId = deployment.manifest.app.id;
  const now = Math.floor(host.sandbox.now() / 1000);
  return {
    app: {
      id: appId,
      name: appName(deployment),
      version: deployment.version,
      installationId: installation.id,
      apiBaseUrl,
      environment: { type: 'DEVELOPMENT', id: environmentAri(appId, installation.environmentId) },
      module: facts.module,
      installation: {
        id: installation.id,
        contexts: [{ name: 'jira', cloudId: site.cloudId, apiBaseUrl }],
      },
    },
    ...(sentBy === 'page' || forgeState(host).settings.functionTokenHasContext
      ? whoAndWhere(host, app, facts)
      : {}),
    iss: tokenIssuer,
    aud: appId,
    iat: now,
    nbf: now,
    exp: now + tokenLifeSeconds,
    jti: randomUUID(),
  };
}

function whoAndWhere(host: ForgeHost, { site }: InstalledApp, facts: TokenFacts): Record<string, unknown> {
  return {
    context: {
      cloudId: site.cloudId,
      siteUrl: `${host.sandbox.url}/s/${site.slug}`,
      moduleKey: facts.module.key,
      userAccess: { enabled: false, hasAccess: true },
      ...(facts.extension ? { extension: facts.extension } : {}),
    },
    ...(facts.accountId ? { principal: facts.accountId } : {}),
  };
}

/** `ari:cloud:ecosystem::environment/{app}/{environment}` */
export function environmentAri(appId: string, environmentId: string): string {
  return `ari:cloud:ecosystem::environment/${appId.split('/')[1]}/${environmentId}`;
}

/** Signs claims with the host's current key. */
export async function signToken(host: ForgeHost, claims: Record<string, unknown>): Promise<string> {
  const key = currentKey(forgeState(host));
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
    .sign(await importPKCS8(key.privatePem, 'RS256'));
}
