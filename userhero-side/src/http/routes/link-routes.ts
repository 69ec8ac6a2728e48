import { itemSchema } from '@userhero/shared/contracts/item.ts';
import { linkIssueSchema, linkPreviewSchema, previewLinkSchema } from '@userhero/shared/contracts/link.ts';
import { resolveHoldSchema } from '@userhero/shared/contracts/sync.ts';
import { z } from 'zod';
import { type LinkPorts, linkIssue, previewLink, unlinkIssue } from '../../push/link-issue.ts';
import { resolveHold } from '../../sync/resolve-hold.ts';
import { ownItem, ownItemToLink } from '../own.ts';
import { connectionProblems, jiraProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';

const linkProblems = [
  ...jiraProblems,
  ...connectionProblems,
  'issue_in_other_project',
  'already_linked',
] as const;

/** Links between items and Jira issues that exist already. */
export function linkRoutes(ports: LinkPorts): Route[] {
  return tagged('Links', [
    route({
      method: 'post',
      path: '/api/items/:id/references/jira/preview',
      name: 'previewLink',
      summary: 'Preview which status would win if an item were linked',
      description: 'Previewing changes nothing.',
      may: ownItemToLink,
      body: previewLinkSchema,
      answers: linkPreviewSchema,
      problems: linkProblems,
      handle: ({ item, body }) => previewLink(ports, item, body),
    }),
    route({
      method: 'put',
      path: '/api/items/:id/references/jira',
      name: 'linkIssue',
      summary: 'Link an item to an existing Jira issue',
      may: ownItemToLink,
      body: linkIssueSchema,
      answers: z.union([itemSchema, linkPreviewSchema]),
      problems: [...linkProblems, 'issue_already_linked'],
      handle: ({ principal, item, body }) =>
        body.dryRun ? previewLink(ports, item, body) : linkIssue(ports, principal, item, body),
    }),
    route({
      method: 'post',
      path: '/api/items/:id/references/jira/resolve',
      name: 'resolveHold',
      summary: 'Choose whose value of a held thing counts',
      description: 'Whatever the direction, if both values are still the ones that were shown.',
      may: ownItem,
      body: resolveHoldSchema,
      answers: itemSchema,
      problems: ['adapter_wrong_state', 'mapping_invalid'],
      handle: ({ principal, item, body }) => resolveHold(ports, principal, item, body),
    }),
    route({
      method: 'delete',
      path: '/api/items/:id/references/jira',
      name: 'unlinkIssue',
      summary: 'Unlink an item from its Jira issue',
      description: 'Both stay; changes no longer travel between them.',
      may: ownItem,
      answers: itemSchema,
      handle: ({ principal, item }) => unlinkIssue(ports, principal, item),
    }),
  ]);
}
