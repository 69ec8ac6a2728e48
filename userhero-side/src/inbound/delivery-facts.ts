import { createHash, randomUUID } from 'node:crypto';
import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';

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
  /** Of a reading by the issue's id: when it began, by the database's clock. */
  readBeganAt?: Date;
};

/**
 * The identity of a change. The changelog id is the same whichever webhook reports it; without one,
 * `X-Atlassian-Webhook-Identifier` is the same for all tries of a delivery; without that, the facts are. Forge's
 * events have neither: a change that a webhook reports too is kept twice, and applies once, by its effect
 * (developer.atlassian.com, "forge/events-reference/jira", documents no changelog id and no time). An event without
 * any moment may be told again because it happened again, so it is always a new one.
 */
export function dedupeKeyOf(event: IssueEvent, webhookIdentifier: string | null): string {
  if (event.changelogId !== null) return `change:${event.changelogId}`;
  if (webhookIdentifier !== null) return `webhook:${webhookIdentifier}`;
  if (event.changedAtMs === null) return `event:${randomUUID()}`;
  const facts = JSON.stringify([
    event.kind,
    event.changedAtMs,
    event.status,
    event.issueKey,
    event.projectId,
  ]);
  return `facts:${createHash('sha256').update(facts).digest('base64url')}`;
}
