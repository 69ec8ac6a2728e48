import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

/** What a Forge Invocation Token proves. */
export type ForgeCaller = {
  cloudId: string;
  /** The Atlassian account that acts; events that nobody caused have none. */
  accountId: string | null;
  /** The token is a backend function's: it names neither person nor place, and the function vouches for both. */
  ofFunction: boolean;
  installationId: string | null;
  /** The Jira project or issue of the module that was invoked, where the token names it. */
  jiraProjectId: string | null;
  issueId: string | null;
};

export type ForgeTokenSettings = {
  /** The app's ari. `null`: no Forge app belongs to this deployment, and every token is refused. */
  appId: string | null;
  keys: JWTVerifyGetKey;
};

const issuer = 'forge/invocation-token';
const clockToleranceSeconds = 30;
const keySet = { cacheMaxAge: 10 * 60_000, cooldownDuration: 30_000, timeoutDuration: 5_000 };

/** Atlassian's public keys, cached; a token with a new key id has them read again, so rotation needs nobody. */
export function forgeKeys(jwksUrl: string, change: Partial<typeof keySet> = {}): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwksUrl), { ...keySet, ...change });
}

const id = z.union([z.string().min(1).max(200), z.number().int()]).transform(String);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);
const named = optional(z.object({ id: optional(id) }));

const address = optional(z.string());
const installed = z.object({ contexts: optional(z.array(z.object({ apiBaseUrl: address }))) });

const claimsSchema = z.object({
  app: optional(
    z.object({
      id: optional(id),
      installationId: optional(id),
      apiBaseUrl: address,
      installation: optional(installed),
    }),
  ),
  context: z
    .object({
      cloudId: z.string().min(1).max(200),
      extension: optional(z.object({ project: named, issue: named })),
    })
    .nullish(),
  principal: optional(z.union([id, z.object({ accountId: id }).transform(({ accountId }) => accountId)])),
});

/**
 * Verifies a Forge Invocation Token and reads whom it speaks for, or answers `null`. RS256 alone is accepted: with
 * HS256 the public key would be the secret. It throws when Atlassian's keys cannot be read, since then nothing is
 * known of the token; the sender tries again.
 *
 * Source: developer.atlassian.com, Forge Remote essentials, "The Forge Invocation Token (FIT)".
 */
export async function verifyForgeToken(
  settings: ForgeTokenSettings,
  token: string,
): Promise<ForgeCaller | null> {
  const { appId } = settings;
  if (appId === null) return null;
  const payload = await readPayload({ ...settings, appId }, token);
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) return null;
  const { app, context, principal } = claims.data;
  // Atlassian signs for every app with the same keys, so both places that name the app must name ours.
  if (app?.id && app.id !== appId) return null;
  const cloudId = context?.cloudId ?? siteOfInstallation(app);
  if (cloudId === null) return null;
  return {
    cloudId,
    accountId: principal ?? null,
    ofFunction: !context,
    installationId: app?.installationId ?? null,
    jiraProjectId: context?.extension?.project?.id ?? null,
    issueId: context?.extension?.issue?.id ?? null,
  };
}

type AppClaims = z.output<typeof claimsSchema>['app'];

/**
 * The site of a token without `context`, as backend functions' are: the one that the API addresses of the
 * installation name. Signed like all the rest; two sites would leave open which is meant.
 */
function siteOfInstallation(app: AppClaims): string | null {
  const addresses = [app?.apiBaseUrl, ...(app?.installation?.contexts ?? []).map((one) => one.apiBaseUrl)];
  const sites = new Set(addresses.flatMap((one) => /\/ex\/jira\/([\w-]+)$/.exec(one ?? '')?.[1] ?? []));
  const [only = null] = sites;
  return sites.size === 1 ? only : null;
}

async function readPayload(settings: { appId: string; keys: JWTVerifyGetKey }, token: string) {
  try {
    const { payload } = await jwtVerify(token, settings.keys, {
      algorithms: ['RS256'],
      issuer,
      audience: settings.appId,
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceSeconds,
    });
    return payload;
  } catch (error) {
    if (isUnreadableKeySet(error)) throw new Error('The Forge keys cannot be read', { cause: error });
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** A key that the set lacks is the token's fault; a set that does not come is not. */
function isUnreadableKeySet(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  // The reader of the set answers a bad HTTP status with the plain base error.
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}
