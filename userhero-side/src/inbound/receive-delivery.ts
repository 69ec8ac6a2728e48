import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { readIssueSelf } from '@userhero/shared/jira/issue-self.ts';
import { parseEvent } from '@userhero/shared/jira/parse-event.ts';
import { z } from 'zod';
import { failure, type Outcome, success } from '../outcome.ts';
import { authenticateSender, type SenderPorts } from './authenticate-sender.ts';
import { type DeliveryFacts, dedupeKeyOf } from './delivery-facts.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Inserted } from './insert-deliveries.ts';
import type { SiteWatch } from './site-watch.ts';

/** One request to the intake, unread. */
export type IncomingDelivery = {
  rawBody: Buffer;
  authorization: string | undefined;
  signature: string | undefined;
  webhookIdentifier: string | undefined;
};

export type ReceivePorts = SenderPorts & {
  commit: GroupCommit<DeliveryFacts, Inserted>;
  siteWatch: SiteWatch;
  logError(error: unknown, message: string): void;
};

const retryAfterSeconds = 5;

/**
 * The intake: authenticates the sender, reads the facts, and answers once they are durable. It never waits for
 * Jira nor for the event to be applied.
 *
 * Errors: `unauthenticated`, `not_json`, `not_an_event` (with the field), `overloaded` (Jira retries by itself).
 */
export async function receiveDelivery(
  ports: ReceivePorts,
  delivery: IncomingDelivery,
): Promise<Outcome<DeliveryAnswer>> {
  if (delivery.authorization === undefined && delivery.signature === undefined) return failure(unknownSender);
  const body = parseJson(delivery.rawBody);
  const parsed = body.ok ? parseEvent(body.value) : null;
  const origin = parsed?.kind === 'event' ? parsed.event : { issueId: null, siteUrl: siteOf(body) };
  const authenticated = await authenticateSender(ports, delivery, origin);
  if (!authenticated) return failure(unknownSender);

  if (!body.ok)
    return failure({ code: 'not_json', detail: 'The body is not JSON.', remedy: 'Send the event as JSON.' });
  if (parsed === null || parsed.kind === 'fault') return failure(notAnEvent(parsed?.field, parsed?.message));
  if (parsed.kind === 'not_needed') {
    return success({ outcome: 'ignored', reason: `"${parsed.eventName}" is not needed for syncing` });
  }
  const { event } = parsed;
  if (authenticated.scope.kind === 'deployment' && event.siteUrl === null && event.cloudId === null) {
    return failure(
      notAnEvent('issue.self', 'With the deployment-wide secret, issue.self must name the Jira site.'),
    );
  }
  const identifier = delivery.webhookIdentifier?.slice(0, 200) ?? null;
  const submitted = ports.commit.submit({
    event,
    ...authenticated,
    dedupeKey: dedupeKeyOf(event, identifier),
  });
  if (submitted === 'full') {
    return failure({
      code: 'overloaded',
      detail: 'Too many deliveries wait to be written.',
      remedy: 'Send it again after Retry-After; Jira does so by itself.',
      retryAfterSeconds,
    });
  }
  const outcome = await submitted;
  // The answer does not wait for it: what it looks for is found by the hourly comparison too.
  ports.siteWatch
    .note(event, authenticated.scope, outcome !== 'unmatched')
    .catch((error: unknown) => ports.logError(error, 'an unknown site was not looked into'));
  return success(
    outcome === 'unmatched' ? { outcome: 'ignored', reason: 'no item is linked to this issue' } : { outcome },
  );
}

const unknownSender = {
  code: 'unauthenticated' as const,
  detail: 'The delivery carries no credentials that UserHero knows.',
  remedy:
    'Send "Authorization: Bearer {your-webhook-secret}", or set the same secret on the Jira webhook so that it signs its deliveries.',
};

function notAnEvent(field = '(body)', message = 'The body is not a Jira event.') {
  return {
    code: 'not_an_event' as const,
    detail: `${field}: ${message}`,
    remedy: 'Send the body of a Jira webhook, unchanged.',
    errors: [{ field, message }],
  };
}

const namedSchema = z.object({ self: z.string() });
const siteSchema = z.object({ issue: namedSchema.nullish(), comment: namedSchema.nullish() });

/** The site of an event that is not needed: a webhook may be set to send more than syncing takes. */
function siteOf(body: { ok: true; value: unknown } | { ok: false }): string | null {
  const parsed = siteSchema.safeParse(body.ok ? body.value : null);
  if (!parsed.success) return null;
  const { issue, comment } = parsed.data;
  return readIssueSelf(issue?.self ?? comment?.self ?? null).siteUrl;
}

function parseJson(raw: Buffer): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(raw.toString('utf8')) };
  } catch {
    return { ok: false };
  }
}
