import type { Transition } from '../workflows/workflow.ts';
import type { Change, Comment, Issue, Site, WebhookEventName } from '../world.ts';

/** A transition that an issue went through, with the status that it left. */
export type TakenTransition = { transition: Transition; fromId: string };

/** Something that happened to an issue, as the webhooks and the automation rules need it. */
export type IssueEvent = {
  site: Site;
  name: WebhookEventName;
  /** `issue_event_type_name` of the webhook body; Jira omits it for deleted issues and comments. */
  typeName: string | null;
  issue: Issue;
  actorId: string;
  at: number;
  change: Change | null;
  comment: Comment | null;
  /** The property that was set or deleted. */
  property?: { key: string; value: unknown };
  /** The workflow's transition, when the status changed by one. */
  transition?: TakenTransition | null;
  /** A sub-task that was deleted with its parent. */
  withParent?: boolean;
};
