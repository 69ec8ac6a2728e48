import { createHmac } from 'node:crypto';
import type { JiraIssue } from './steps.ts';

const statuses = {
  'To Do': { id: '10001', category: 'new' },
  'In Progress': { id: '3', category: 'indeterminate' },
  'In Review': { id: '10002', category: 'indeterminate' },
  Done: { id: '10003', category: 'done' },
  Closed: { id: '6', category: 'done' },
} as const;
export type StatusName = keyof typeof statuses;

/** The body of `jira:issue_updated` for an issue that went to a status, as Jira Cloud sends it. */
export function movedBody(
  issue: Pick<JiraIssue, 'id' | 'key' | 'url'>,
  to: StatusName,
  change: { id: string | null; at: number },
) {
  const { id, category } = statuses[to];
  return {
    timestamp: change.at,
    webhookEvent: 'jira:issue_updated',
    issue_event_type_name: 'issue_generic',
    user: { accountId: '5b10ac8d82e05b22cc7d4ef5', displayName: 'Ada Admin' },
    issue: {
      id: issue.id,
      key: issue.key,
      self: `${issue.url.split('/browse/')[0]}/rest/api/2/issue/${issue.id}`,
      fields: {
        summary: 'Cart total is wrong',
        project: { id: '10000', key: issue.key.split('-')[0] },
        status: { id, name: to, statusCategory: { id: 1, key: category, name: category } },
      },
    },
    ...(change.id === null ? {} : { changelog: { id: change.id, items: [] } }),
  };
}

/** Jira's native signature of a body. */
export function signature(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
