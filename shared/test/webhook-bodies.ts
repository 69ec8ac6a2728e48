import type { IssueEvent } from '../src/jira/issue-event.ts';
import { parseEvent } from '../src/jira/parse-event.ts';

/** A status as Jira writes it. */
export const status = {
  id: '3',
  name: 'In Progress',
  statusCategory: { id: 4, key: 'indeterminate', name: 'En cours' },
};
/** An issue, with more or other parts and fields. */
export const issue = (more: object = {}, fields: object = {}) => ({
  id: '10040',
  key: 'TES-41',
  self: 'https://acme.atlassian.net/rest/api/2/issue/10040',
  fields: { status, project: { id: '10000', key: 'TES' }, ...fields },
  ...more,
});
/** A webhook's body that reports a change of status, with more or other parts. */
export const updated = (more: object = {}) => ({
  timestamp: 1_550_286_862_039,
  webhookEvent: 'jira:issue_updated',
  user: { accountId: '557058:abc', displayName: 'Test User', emailAddress: 'test@example.com' },
  issue: issue(),
  changelog: {
    id: '10227',
    items: [
      {
        field: 'status',
        fieldId: 'status',
        from: '10001',
        fromString: 'To Do',
        to: '3',
        toString: 'In Progress',
      },
    ],
  },
  ...more,
});
/** The event that a body holds; a test whose body is none fails with the reason. */
export function eventOf(body: unknown): IssueEvent {
  const parsed = parseEvent(body);
  if (parsed.kind !== 'event') throw new Error(JSON.stringify(parsed));
  return parsed.event;
}
