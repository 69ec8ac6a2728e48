import { presentChange } from '../issues/present-issue.ts';
import type { Issue } from '../world.ts';
import {
  type Call,
  errors,
  issueNotFound,
  listOf,
  type Operation,
  page,
  record,
  strings,
  visibleIssue,
} from './operation.ts';
import { presentIssue } from './select-fields.ts';

const bulkFetchLimit = 100;

export const readIssueOperations: Operation[] = [
  {
    id: 'getIssue',
    method: 'GET',
    path: '/issue/{issueIdOrKey}',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const selection = {
        fields: listOf(call.query, 'fields'),
        properties: listOf(call.query, 'properties'),
        expand: listOf(call.query, 'expand'),
      };
      return { status: 200, body: presentIssue(call, issue, selection) };
    },
  },
  {
    id: 'bulkFetchIssues',
    method: 'POST',
    path: '/issue/bulkfetch',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const body = record(call.body);
      const wanted = strings(body.issueIdsOrKeys);
      if (wanted.length === 0) return errors(400, ['The request must contain at least one issue ID or key.']);
      if (wanted.length > bulkFetchLimit) {
        return errors(400, [`The request must not contain more than ${bulkFetchLimit} issue IDs or keys.`]);
      }
      const fields = strings(body.fields);
      const selection = {
        fields: fields.length > 0 ? fields : ['*navigable'],
        properties: strings(body.properties),
        expand: strings(body.expand),
      };
      const found = new Map(wanted.map((idOrKey) => [idOrKey, visibleIssue(call, idOrKey)]));
      const failed = failingReads(call, [...found.values()]);
      const issues = new Set([...found.values()].filter((issue) => issue !== null));
      const missing = [...found].filter(([, issue]) => issue === null).map(([id]) => id);
      const named = call.sandbox.world.settings.bulkFetchErrors === 'listed' ? missing : [];
      return {
        status: 200,
        body: {
          issues: [...issues]
            .filter((issue) => !failed.has(issue.id))
            .sort((left, right) => Number(left.id) - Number(right.id))
            .map((issue) => presentIssue(call, issue, selection)),
          issueErrors: [
            ...[...failed].map(([id, errorMessage]) => ({ id, errorMessage })),
            ...named.map((id) => ({
              id,
              errorMessage: 'Issue does not exist or you do not have permission to see it.',
            })),
          ],
        },
      };
    },
  },
  {
    id: 'getChangeLogs',
    method: 'GET',
    path: '/issue/{issueIdOrKey}/changelog',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const issue = visibleIssue(call);
      if (!issue) return issueNotFound;
      const { values, ...rest } = page(call, issue.changes, 100);
      return {
        status: 200,
        body: {
          self: `${call.links.rest}/issue/${issue.id}/changelog`,
          ...rest,
          values: values.map((change) => presentChange(call.sandbox.world, change, call.links)),
        },
      };
    },
  },
];

/** The issues of a bulk fetch that fail for a passing reason, with what Jira says; each call counts once. */
function failingReads(call: Call, wanted: (Issue | null)[]): Map<string, string> {
  const failed = new Map<string, string>();
  for (const failure of call.site.readFailures ?? []) {
    const hit = wanted.filter((issue) => issue !== null && failure.issueIds.includes(issue.id));
    if (hit.length === 0) continue;
    failure.calls -= 1;
    for (const issue of hit) if (issue) failed.set(issue.id, failure.message);
  }
  call.site.readFailures = call.site.readFailures?.filter((one) => one.calls > 0);
  if (failed.size > 0) call.sandbox.save();
  return failed;
}
