import {
  accountHeader,
  forgeAccountSchema,
  forgePageSchema,
  forgePanelSchema,
  forgeProjectQuerySchema,
  saveMappingFromJiraSchema,
} from '@userhero/shared/contracts/forge.ts';
import {
  mappingDocumentSchema,
  previewMappingSchema,
  previewSchema,
} from '@userhero/shared/contracts/mapping-api.ts';
import { z } from 'zod';
import { previewMappingFromJira, saveMappingFromJira } from '../../forge/change-forge-mapping.ts';
import { type ForgePagePorts, readForgePage } from '../../forge/read-forge-page.ts';
import { readForgePanel } from '../../forge/read-forge-panel.ts';
import type { ForgeCaller } from '../../forge/verify-forge-token.ts';
import { success } from '../../outcome.ts';
import { fromJiraIssue, fromJiraProject } from '../may-from-jira.ts';
import { jiraProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';
import { ifMatchSchema } from './mapping-routes.ts';

const accountHeaderSchema = z.object({
  [accountHeader]: forgeAccountSchema
    .optional()
    .catch(undefined)
    .describe('The Atlassian account that acts, where the token is a backend function’s.'),
});

/** What the Forge app's functions ask. */
export function forgeRoutes(ports: ForgePagePorts): Route[] {
  return tagged('Forge app', [
    route({
      method: 'get',
      path: '/api/forge/projects/:jiraProjectId',
      name: 'getForgePage',
      summary: 'Get what the project page in Jira shows',
      may: fromJiraProject,
      query: forgeProjectQuerySchema,
      answers: forgePageSchema,
      handle: ({ place, query }) => readForgePage(ports, place, query.adapter),
    }),
    route({
      method: 'put',
      path: '/api/forge/projects/:jiraProjectId/mapping',
      name: 'saveMappingFromJira',
      summary: 'Save a mapping from inside Jira',
      description: 'What the mapping leaves out stays as `saveMapping` says.',
      may: fromJiraProject,
      query: forgeProjectQuerySchema,
      headers: ifMatchSchema.extend(accountHeaderSchema.shape),
      body: saveMappingFromJiraSchema,
      answers: mappingDocumentSchema,
      etag: (document) => document.version,
      problems: ['precondition_required', 'mapping_conflict', 'mapping_invalid'],
      handle: ({ place, caller, query, headers, body }) =>
        saveMappingFromJira(
          ports,
          { place, adapterId: query.adapter, mapping: body.mapping },
          accountOf(caller, body.accountId ?? headers[accountHeader]),
          { ifMatch: headers['If-Match'], inBody: body.version },
        ),
    }),
    route({
      method: 'post',
      path: '/api/forge/projects/:jiraProjectId/mapping/preview',
      name: 'previewMappingFromJira',
      summary: 'Preview a mapping from inside Jira',
      may: fromJiraProject,
      query: forgeProjectQuerySchema,
      body: previewMappingSchema,
      answers: previewSchema,
      problems: [...jiraProblems, 'mapping_invalid'],
      handle: ({ place, query, body }) =>
        previewMappingFromJira(ports, { place, adapterId: query.adapter, mapping: body.mapping }),
    }),
    route({
      method: 'get',
      path: '/api/forge/issues/:issueId',
      name: 'getForgePanel',
      summary: 'Get the items that a Jira issue is linked to',
      may: fromJiraIssue,
      answers: forgePanelSchema,
      handle: async ({ place }) => success(await readForgePanel(ports, place)),
    }),
  ]);
}

/** Who acts: whom the token names, or whom the function names that the token is of. */
function accountOf({ accountId, ofFunction }: ForgeCaller, named: string | undefined): string | null {
  return accountId !== null || !ofFunction ? accountId : (named ?? null);
}
