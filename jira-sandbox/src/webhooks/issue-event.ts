import type { Change, Comment, Issue, Site, WebhookEventName } from '../world.ts';
import type { TakenTransition } from './post-function.ts';

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
  /** The workflow's transition, when the status changed by one. */
  transition?: TakenTransition | null;
  /** A sub-task that was deleted with its parent. */
  withParent?: boolean;
};
