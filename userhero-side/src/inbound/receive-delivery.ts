import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { parseEvent } from '@userhero/shared/jira/parse-event.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { authenticateSender, type SenderPorts } from './authenticate-sender.ts';
import { type DeliveryFacts, dedupeKeyOf } from './delivery-facts.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Inserted } from './insert-deliveries.ts';

/** One request to the intake, unread. */
export type IncomingDelivery = {
  rawBody: Buffer;
  authorization: string | undefined;
  signature: string | undefined;
  webhookIdentifier: string | undefined;
};

export type ReceivePorts = SenderPorts & { commit: GroupCommit<DeliveryFacts, Inserted> };

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
  const issueId = parsed?.kind === 'event' ? parsed.event.issueId : null;
  const authenticated = await authenticateSender(ports, delivery, issueId);
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

function parseJson(raw: Buffer): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(raw.toString('utf8')) };
  } catch {
    return { ok: false };
  }
}
