import { createHmac } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { equalSecrets, hashSecret, readBearer } from '../secrets/tokens.ts';
import type { Sender, SenderScope } from './delivery-facts.ts';

/** What a delivery brings to prove where it comes from. */
export type Credentials = {
  authorization: string | undefined;
  signature: string | undefined;
  rawBody: Buffer;
};

export type SenderPorts = {
  /** The deployment-wide secrets; several while they are rotated. */
  webhookSecrets: readonly string[];
  /** The OAuth app: webhooks that it registered carry a token signed with its secret. */
  oauthClient: { secret: string };
  /** The cloud that a Forge Invocation Token speaks for; `null` when the token is not our app's. */
  verifyForgeToken(token: string): Promise<{ cloudId: string } | null>;
  /** The adapter whose own secret has this SHA-256. */
  findAdapterBySecretHash(hash: string): Promise<SendingAdapter | null>;
  /** The open secrets of every adapter that a signed body may be from. */
  secretsOf(origin: SignedOrigin): Promise<readonly (SendingAdapter & { secret: string })[]>;
  /** A delivery was signed by a method that UserHero does not know; Atlassian reserves the right to others. */
  onUnknownSignature(method: string): void;
};

/** What a signed body says of where it comes from; nothing of it is believed before the signature holds. */
export type SignedOrigin = { issueId: string | null; issueKey: string | null; siteUrl: string | null };

/** An adapter as its secret finds it; `lastWasRefused`: the last body with that secret could not be read. */
export type SendingAdapter = { adapterId: string; lastWasRefused: boolean };

export type Authenticated = {
  sender: Sender;
  scope: SenderScope;
  /** With an adapter's own secret only. */
  lastWasRefused?: boolean;
};

/**
 * Tells who sent a delivery, or `null`. Accepted are
 *
 * 1. `Authorization: Bearer {secret}` with a deployment-wide secret or an adapter's own, as the product
 *    documentation says;
 * 2. Jira's native webhook secret: `X-Hub-Signature: sha256=…` over the raw body, with the same secrets
 *    (developer.atlassian.com, Jira Cloud "Webhooks", "Secure admin webhooks");
 * 3. the token of a webhook that our OAuth app registered: a JWT signed (HS256) with the app's client secret
 *    (developer.atlassian.com, Jira Cloud "Webhooks", "Webhooks authentication for OAuth 2.0 apps");
 * 4. the Forge app's invocation token (RS256, Atlassian's keys), which names the cloud.
 *
 * Every comparison takes the same time wherever the texts differ.
 */
export async function authenticateSender(
  ports: SenderPorts,
  credentials: Credentials,
  origin: SignedOrigin,
): Promise<Authenticated | null> {
  const bearer = readBearer(credentials.authorization);
  if (bearer !== null) return byBearer(ports, bearer);
  if (credentials.signature !== undefined) {
    return bySignature(ports, credentials.signature, credentials.rawBody, origin);
  }
  return null;
}

async function byBearer(ports: SenderPorts, bearer: string): Promise<Authenticated | null> {
  const isDeployment = ports.webhookSecrets.map((secret) => equalSecrets(secret, bearer)).includes(true);
  if (isDeployment) return { sender: 'webhook', scope: { kind: 'deployment' } };
  if (looksLikeJwt.test(bearer)) {
    return isSignedByAtlassian(bearer) ? byForge(ports, bearer) : byRegisteredWebhook(ports, bearer);
  }
  return byAdapter(await ports.findAdapterBySecretHash(hashSecret(bearer)));
}

const looksLikeJwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const clockToleranceSeconds = 30;

/** Which check a token is for; each check names the one algorithm that it accepts. */
function isSignedByAtlassian(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg === 'RS256';
  } catch {
    // No header that can be read: no token of Forge's.
    return false;
  }
}

async function byForge(ports: SenderPorts, token: string): Promise<Authenticated | null> {
  const caller = await ports.verifyForgeToken(token);
  return caller ? { sender: 'forge', scope: { kind: 'cloud', cloudId: caller.cloudId } } : null;
}

/**
 * One secret for the whole app, so the tenant still comes from the site in the payload. Atlassian documents the
 * signature and leaves the claims open, so no claim is asked for; an `exp` that is there must lie ahead.
 */
async function byRegisteredWebhook(ports: SenderPorts, token: string): Promise<Authenticated | null> {
  const key = new TextEncoder().encode(ports.oauthClient.secret);
  const verified = await jwtVerify(token, key, {
    algorithms: ['HS256'],
    clockTolerance: clockToleranceSeconds,
  }).catch((error: unknown) => {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  });
  return verified ? { sender: 'registered', scope: { kind: 'deployment' } } : null;
}

async function bySignature(
  ports: SenderPorts,
  signature: string,
  rawBody: Buffer,
  origin: SignedOrigin,
): Promise<Authenticated | null> {
  const method = /^([\w-]{1,20})=/.exec(signature)?.[1];
  if (method !== undefined && method !== 'sha256') ports.onUnknownSignature(method);
  const signedWith = (secret: string): boolean =>
    equalSecrets(signature, `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);
  if (ports.webhookSecrets.map(signedWith).includes(true)) {
    return { sender: 'webhook', scope: { kind: 'deployment' } };
  }
  return byAdapter((await ports.secretsOf(origin)).find(({ secret }) => signedWith(secret)));
}

function byAdapter(own: SendingAdapter | null | undefined): Authenticated | null {
  if (!own) return null;
  const { adapterId, lastWasRefused } = own;
  return { sender: 'webhook', scope: { kind: 'adapter', adapterId }, lastWasRefused };
}
