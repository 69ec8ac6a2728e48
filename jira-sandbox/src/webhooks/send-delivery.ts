import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SandboxCore } from '../sandbox-core.ts';
import type { Delivery, DeliveryAttempt } from '../world.ts';

/** Statuses after which Jira tries again (docs "webhooks/#retry-policy"). */
const retriedStatuses = [408, 409, 425, 429];
/** The beginning of an answer says enough. */
const keptAnswerLength = 1_000;
const tokenLifetimeSeconds = 180;
/** developer.atlassian.com, Jira Cloud "Webhooks", "Webhook delivery". */
const primaryWithinMs = 30_000;

export type SendResult = DeliveryAttempt & { retry: boolean; retryAfterMs: number };

/** Sends a delivery once, with the headers that Jira sends, and says whether another try is due. */
export async function sendDelivery(sandbox: SandboxCore, delivery: Delivery): Promise<SendResult> {
  const startedAt = sandbox.now();
  const timeoutMs = sandbox.world.settings.deliveryTimeoutMs;
  const done = (
    status: number | null,
    error: string | null,
    retry: boolean,
    retryAfterMs = 0,
  ): SendResult => ({
    at: startedAt,
    status,
    error,
    durationMs: sandbox.now() - startedAt,
    retry,
    retryAfterMs,
  });
  try {
    const response = await fetch(delivery.url, {
      method: delivery.method ?? 'POST',
      headers: await deliveryHeaders(sandbox, delivery),
      ...(delivery.body === '' || delivery.method === 'GET' ? {} : { body: delivery.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = (await response.text()).slice(0, keptAnswerLength);
    const retry = response.status >= 500 || retriedStatuses.includes(response.status);
    const result = done(response.status, null, retry, retryAfter(response.headers.get('retry-after')));
    return response.ok ? result : { ...result, answer };
  } catch (error) {
    return done(null, failureText(error, timeoutMs), true);
  }
}

async function deliveryHeaders(sandbox: SandboxCore, delivery: Delivery): Promise<Record<string, string>> {
  if (delivery.source === 'automation') {
    return {
      ...(delivery.body === '' ? {} : { 'content-type': 'application/json; charset=UTF-8' }),
      'user-agent': 'Jira Automation for UserHero sandbox',
      'x-automation-webhook-identifier': delivery.identifier,
      ...delivery.headers,
    };
  }
  const tries = delivery.attempts.length;
  const last = delivery.attempts.at(-1);
  return {
    'content-type': 'application/json; charset=UTF-8',
    'user-agent': 'Atlassian Webhook HTTP Client',
    'x-atlassian-webhook-identifier': delivery.identifier,
    'x-atlassian-webhook-flow': flowOf(sandbox),
    ...(tries > 0
      ? {
          'x-atlassian-webhook-retry': String(tries),
          'x-atlassian-webhook-retry-reason': last?.status ? `HTTP_${last.status}` : 'CONNECTION_FAILED',
        }
      : {}),
    ...(delivery.secret ? { 'x-hub-signature': signBody(delivery.body, delivery.secret) } : {}),
    ...(delivery.source === 'dynamic' ? { authorization: `Bearer ${await appToken(sandbox)}` } : {}),
  };
}

/** Webhooks of bulk work go the second way, which may take 15 minutes where the first takes 30 s. */
function flowOf({ world: { settings } }: SandboxCore): 'Primary' | 'Secondary' {
  return settings.deliveryDelayMs + settings.webhookDelayMs > primaryWithinMs ? 'Secondary' : 'Primary';
}

/** Jira's signature of a webhook that has a secret: HMAC-SHA256 of the raw body. */
export function signBody(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Webhooks of an OAuth app carry a JWT that is signed with the app's client secret. */
async function appToken(sandbox: SandboxCore): Promise<string> {
  const seconds = Math.floor(sandbox.now() / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(sandbox.client.id)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + tokenLifetimeSeconds)
    .sign(new TextEncoder().encode(sandbox.client.secret));
}

function retryAfter(header: string | null): number {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

function failureText(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const cause = error.cause;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
