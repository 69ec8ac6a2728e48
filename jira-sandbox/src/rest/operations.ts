import { commentOperations } from './comments.ts';
import { createIssueOperations } from './create-issue.ts';
import { createMetaOperations } from './create-meta.ts';
import { dynamicWebhookOperations } from './dynamic-webhooks.ts';
import { editIssueOperations } from './edit-issue.ts';
import { editMetaOperations } from './edit-meta.ts';
import { findPeopleOperations } from './find-people.ts';
import { issuePropertyOperations } from './issue-properties.ts';
import type { Operation } from './operation.ts';
import { peopleOperations } from './people.ts';
import { projectOperations } from './projects.ts';
import { readIssueOperations } from './read-issue.ts';
import { remoteLinkOperations } from './remote-links.ts';
import { resolutionOperations } from './resolutions.ts';
import { searchOperations } from './search-issues.ts';
import { transitionOperations } from './transitions.ts';

/** Every operation that the sandbox serves, those with fixed paths before those with parameters. */
export const operations: Operation[] = [
  ...peopleOperations,
  ...findPeopleOperations,
  ...projectOperations,
  ...createMetaOperations,
  ...createIssueOperations,
  ...readIssueOperations,
  ...editIssueOperations,
  ...editMetaOperations,
  ...transitionOperations,
  ...resolutionOperations,
  ...searchOperations,
  ...remoteLinkOperations,
  ...issuePropertyOperations,
  ...commentOperations,
  ...dynamicWebhookOperations,
].sort((left, right) => weight(left.path) - weight(right.path));

function weight(path: string): number {
  return path.split('{').length;
}
