import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { type EventFault, fault, remedies } from '@userhero/shared/jira/event-fault.ts';
import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import { readIssueSelf } from '@userhero/shared/jira/issue-self.ts';
import { type BodyShape, type ParsedEvent, parseEvent } from '@userhero/shared/jira/parse-event.ts';
import { z } from 'zod';
import { failure, type Outcome, success } from '../outcome.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import { type Authenticated, authenticateSender, type SenderPorts } from './authenticate-sender.ts';
import { type DeliveryFacts, identityOf } from './delivery-facts.ts';
import type { Inserted } from './insert-deliveries.ts';
import type { NoteHeard } from './note-heard.ts';
import type { NoteRefused } from './note-refused.ts';
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
  noteHeard: NoteHeard;
  noteRefused: NoteRefused;
  logError(error: unknown, message: string): void;
};

const retryAfterSeconds = 5;

/**
 * The intake: authenticates the sender, reads the facts, and answers once they are durable. It never waits for
 * Jira nor for the event to be applied, which `delivery-worker.ts` sees to.
 *
 * Errors: `unauthenticated`, `not_json`, `not_an_event` (with the field), `overloaded` (Jira retries by itself).
 */
export async function receiveDelivery(
  ports: ReceivePorts,
  delivery: IncomingDelivery,
): Promise<Outcome<DeliveryAnswer>> {
  if (delivery.authorization === undefined && delivery.signature === undefined) return failure(unknownSender);
  const body = parseJson(delivery.rawBody);
  const parsed = readBody(body);
  const origin =
    parsed?.kind === 'event' ? parsed.event : { issueId: null, issueKey: null, siteUrl: siteOf(body) };
  const authenticated = await authenticateSender(ports, delivery, origin);
  if (!authenticated) return failure(unknownSender);

  const read = judge(parsed, authenticated);
  noteReadable(ports, authenticated, read);
  if (!read.ok) return read;
  if (read.value.kind === 'not_needed') {
    return success({ outcome: 'ignored', reason: `"${read.value.eventName}" is not needed for syncing` });
  }
  const { event } = read.value;
  const { sender, scope } = authenticated;
  const identifier = delivery.webhookIdentifier?.slice(0, 200) ?? null;
  const submitted = ports.commit.submit({ event, sender, scope, ...identityOf(event, identifier) });
  if (submitted === 'full') {
    return failure({
      code: 'overloaded',
      detail: 'Too many deliveries wait to be written.',
      remedy: 'Send it again after Retry-After; Jira does so by itself.',
      retryAfterSeconds,
    });
  }
  const outcome = await submitted;
  // The answer does not wait for these: what the first looks for is found by a comparison too.
  ports.siteWatch
    .note(event, authenticated.scope, outcome !== 'unmatched')
    .catch((error: unknown) => ports.logError(error, 'an unknown site was not looked into'));
  if (outcome === 'unmatched') {
    ports
      .noteHeard(event, authenticated.scope)
      .catch((error: unknown) => ports.logError(error, 'an event of an unlinked issue was not noted'));
  }
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

/** What a sender's body comes to: an event that it may send, one that is not needed, or why it is refused. */
function judge(
  parsed: ParsedEvent | null,
  authenticated: Authenticated,
): Outcome<Exclude<ParsedEvent, EventFault>> {
  if (parsed === null)
    return failure({ code: 'not_json', detail: 'The body is not JSON.', remedy: 'Send the event as JSON.' });
  if (parsed.kind === 'fault') return failure(notAnEvent(parsed));
  if (parsed.kind === 'not_needed') return success(parsed);
  const refused = refusalOf(parsed.shape, authenticated, parsed.event);
  return refused ? failure(notAnEvent(refused)) : success(parsed);
}

/** Lets an adapter's health say that its sender cannot be understood, until it can. The answer does not wait for it. */
function noteReadable(
  ports: ReceivePorts,
  { scope, lastWasRefused }: Authenticated,
  read: Outcome<{ kind: string }>,
): void {
  if (scope.kind !== 'adapter') return;
  if (read.ok && (!lastWasRefused || read.value.kind === 'not_needed')) return;
  ports
    .noteRefused(scope.adapterId, read.ok ? null : read.problem)
    .catch((error: unknown) => ports.logError(error, 'whether a body could be read was not noted'));
}

function notAnEvent({ field, message, remedy }: EventFault) {
  return {
    code: 'not_an_event' as const,
    detail: field === '(body)' ? message : `${field}: ${message}`,
    remedy,
    errors: [{ field, message }],
  };
}

/** What its sender may not send, though it can be read. */
function refusalOf(
  shape: BodyShape,
  { sender, scope }: Authenticated,
  event: Pick<IssueEvent, 'issueId' | 'siteUrl' | 'cloudId'>,
): EventFault | null {
  // Forge and registered webhooks name their events; only people's rules and workflows do not.
  if (sender !== 'webhook' && (shape === 'issue' || shape === 'transition')) {
    return fault('webhookEvent', 'This sender names its events, and this body has no name.');
  }
  if (scope.kind !== 'deployment') return null;
  const lacksId = event.issueId === null && shape !== 'issue';
  if (lacksId || (event.siteUrl === null && event.cloudId === null)) {
    return fault(
      lacksId ? 'issue.id' : 'issue.self',
      'With the deployment-wide secret, the issue needs its id and, in issue.self, its Jira site: a key or an id exists on many.',
      "Send issue.id and issue.self too, or use the adapter's own secret, which its webhook set-up shows.",
    );
  }
  return null;
}

/** What a body holds; `null`: it is no JSON. */
function readBody(body: Json): ParsedEvent | null {
  if (body.kind === 'nothing') return fault('(body)', 'The body is empty.', remedies.jiraFormat);
  return body.kind === 'json' ? parseEvent(body.value) : null;
}

const namedSchema = z.object({ self: z.string() });
const siteSchema = z.object({ issue: namedSchema.nullish(), comment: namedSchema.nullish() });

/** The site of an event that is not needed: a webhook may be set to send more than syncing takes. */
function siteOf(body: Json): string | null {
  const parsed = siteSchema.safeParse(body.kind === 'json' ? body.value : null);
  if (!parsed.success) return null;
  const { issue, comment } = parsed.data;
  return readIssueSelf(issue?.self ?? comment?.self ?? null).siteUrl;
}

type Json = { kind: 'json'; value: unknown } | { kind: 'nothing' } | { kind: 'not_json' };

function parseJson(raw: Buffer): Json {
  const text = raw.toString('utf8');
  if (text.trim() === '') return { kind: 'nothing' };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'not_json' };
  }
}
