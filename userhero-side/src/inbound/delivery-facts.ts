import { createHash, randomUUID } from 'node:crypto';
import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';
import { believable } from '@userhero/shared/sync/status/event-order.ts';

export type Sender = 'webhook' | 'forge' | 'registered' | 'reconciliation';

/** What a sender has proven; the event may touch references within it, and no others. */
export type SenderScope =
  /** A secret of the whole deployment: the site in the payload must match a reference. */
  | { kind: 'deployment' }
  /** An adapter's own secret. */
  | { kind: 'adapter'; adapterId: string }
  /** A token that names the cloud. */
  | { kind: 'cloud'; cloudId: string };

/** An authenticated event, as the intake keeps it: facts only, never the body. */
export type DeliveryFacts = {
  event: IssueEvent;
  sender: Sender;
  scope: SenderScope;
  dedupeKey: string;
  keyWithoutId?: string;
  /** Of a reading by the issue's id: when it began, by the database's clock. */
  readBeganAt?: Date;
};

/**
 * The identity of a change: what it is called, and what it tells, since a name may be one that its sender made up. The
 * changelog id is the same whichever webhook reports it; without one, `X-Atlassian-Webhook-Identifier` is the same for
 * all tries of a delivery; without that, the facts are. Forge's events have neither: a change that a webhook reports too
 * is kept twice, and applies once, by its effect (developer.atlassian.com, "forge/events-reference/jira", documents no
 * changelog id and no time).
 *
 * `keyWithoutId` is the identity where the changelog id turns out to be made up: it names several changes.
 */
export function identityOf(
  event: IssueEvent,
  webhookIdentifier: string | null,
): Pick<DeliveryFacts, 'dedupeKey' | 'keyWithoutId'> {
  const { kind, status } = event;
  const { changelogId } = believable(event);
  const keyWithoutId = keyWithoutIdOf(event, webhookIdentifier);
  if (changelogId === null) return { dedupeKey: keyWithoutId };
  // Senders differ in the time that they tell of a change.
  return { dedupeKey: `change:${changelogId}:${digest([kind, status])}`, keyWithoutId };
}

function keyWithoutIdOf(event: IssueEvent, webhookIdentifier: string | null): string {
  const { kind, status, resolutionId, changedAtMs, issueKey, projectId, needsReading } = event;
  const facts = digest([
    kind,
    changedAtMs,
    status,
    issueKey,
    projectId,
    ...(resolutionId ? [resolutionId] : []),
  ]);
  if (webhookIdentifier !== null) return `webhook:${webhookIdentifier}:${facts}`;
  // Without a moment, or where all it says is that the issue changed, it may be told again because it happened again:
  // Automation's times know tenths of a second, and a reading may have begun between two changes of one.
  return changedAtMs === null || needsReading !== null ? `event:${randomUUID()}` : `facts:${facts}`;
}

const digest = (facts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
