import type { IssueEvent } from '@userhero/shared/jira/issue-event.ts';

/**
 * The facts of an event in Forge's own form, so that the intake reads them as it reads any other; names, texts
 * and people stay in Jira. What it reads from this is the same event again.
 */
export function deliveryBody(event: IssueEvent): Record<string, unknown> {
  const { status, statusStep } = event;
  const items: Record<string, unknown>[] = [];
  if (statusStep) {
    items.push({
      field: 'status',
      fieldId: 'status',
      from: statusStep.fromId,
      fromString: statusStep.fromName,
      to: statusStep.toId,
      toString: statusStep.toName,
    });
  }
  // One field stands for all: only that something was touched counts.
  if (event.touched > 0) items.push({ field: 'summary', fieldId: 'summary' });
  return {
    eventType: event.kind === 'deleted' ? 'avi:jira:deleted:issue' : 'avi:jira:updated:issue',
    timestamp: event.changedAtMs,
    atlassianId: event.actorAccountId,
    issue: {
      id: event.issueId,
      key: event.issueKey,
      fields: {
        project: { id: event.projectId, key: event.projectKey },
        status: status && {
          id: status.id,
          name: status.name,
          statusCategory: status.category && { key: status.category },
        },
      },
    },
    changelog: { id: event.changelogId, items },
  };
}
