import {
  adapterSchema,
  chooseProjectSchema,
  chooseSiteSchema,
  issueTypeSchema,
  jiraPersonSchema,
  jiraProjectSchema,
  registeredWebhookSchema,
  siteSchema,
  webhookSetupSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { adapterChecksSchema } from '@userhero/shared/contracts/checks.ts';
import { forgeAccountSchema } from '@userhero/shared/contracts/forge.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { z } from 'zod';
import { readWebhookSetup } from '../../adapters/adapter-health.ts';
import { listSites } from '../../adapters/adapters.ts';
import { chooseJiraProject, listIssueTypes, searchJiraProjects } from '../../adapters/choose-jira-project.ts';
import { chooseSite } from '../../adapters/choose-site.ts';
import type { ConnectPorts } from '../../adapters/connect-ports.ts';
import { readJiraPerson, searchJiraPeople } from '../../adapters/jira-person.ts';
import { readChecks } from '../../adapters/read-checks.ts';
import { readRegisteredWebhook } from '../../adapters/registered-webhook.ts';
import { ownAdapter } from '../own.ts';
import { jiraProblems } from '../problem.ts';
import { type Route, route, tagged } from '../route.ts';

export type SetUpPorts = ConnectPorts & { publicUrl: string };

const jiraIdQuery = z.string().min(1).max(100);

/** What a person chooses between the consent and the first push. */
export function setUpRoutes(ports: SetUpPorts): Route[] {
  return tagged('Set-up', [
    route({
      method: 'get',
      path: '/api/adapters/:id/sites',
      name: 'listSites',
      summary: 'List the Jira sites that the consent covers',
      may: ownAdapter,
      answers: pageOf(siteSchema),
      problems: ['adapter_wrong_state', 'needs_reauth', 'jira_unavailable'],
      handle: ({ adapter }) => listSites(ports, adapter),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/site',
      name: 'chooseSite',
      summary: 'Select the Jira site',
      may: ownAdapter,
      body: chooseSiteSchema,
      answers: adapterSchema,
      problems: ['adapter_wrong_state', 'needs_reauth', 'jira_unavailable', 'site_not_granted'],
      handle: ({ principal, adapter, body }) => chooseSite(ports, principal, adapter, body),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-projects',
      name: 'searchJiraProjects',
      summary: 'Search the Jira projects that the connected account sees',
      may: ownAdapter,
      query: pageQuerySchema.extend({ query: z.string().max(200).optional() }),
      answers: pageOf(jiraProjectSchema),
      problems: jiraProblems,
      handle: ({ adapter, query }) => searchJiraProjects(ports, adapter, query),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-people',
      name: 'searchJiraPeople',
      summary: 'Search the people of a Jira project, for a required field that wants a person',
      may: ownAdapter,
      query: z.object({ projectId: jiraIdQuery, query: z.string().max(200).optional() }),
      answers: pageOf(jiraPersonSchema),
      problems: [...jiraProblems, 'project_not_found'],
      handle: ({ adapter, query }) => searchJiraPeople(ports, adapter, query),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-people/:accountId',
      name: 'getJiraPerson',
      summary: 'Get the name that Jira shows of an Atlassian account',
      may: ownAdapter,
      params: { accountId: forgeAccountSchema },
      answers: jiraPersonSchema,
      problems: jiraProblems,
      handle: ({ adapter, params }) => readJiraPerson(ports, adapter, params.accountId),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/issue-types',
      name: 'listIssueTypes',
      summary: 'List the issue types of a Jira project, with the required fields that need a fixed value',
      may: ownAdapter,
      query: z.object({ projectId: jiraIdQuery }),
      answers: pageOf(issueTypeSchema),
      problems: [...jiraProblems, 'project_not_found'],
      handle: ({ adapter, query }) => listIssueTypes(ports, adapter, query.projectId),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/checks',
      name: 'getSetUpChecks',
      summary: 'Get what the account and the Jira project lack of what syncing needs',
      description: 'Of the chosen Jira project, or of the one that `projectId` names.',
      may: ownAdapter,
      query: z.object({ projectId: jiraIdQuery.optional(), issueTypeId: jiraIdQuery.optional() }),
      answers: adapterChecksSchema,
      problems: jiraProblems,
      handle: ({ adapter, query }) => readChecks(ports, adapter, query),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/jira-project',
      name: 'chooseJiraProject',
      summary: 'Select the Jira project and issue type',
      description: 'The adapter then becomes active.',
      may: ownAdapter,
      body: chooseProjectSchema,
      answers: adapterSchema,
      problems: [...jiraProblems, 'project_not_found', 'issue_type_not_found', 'required_fields_missing'],
      handle: ({ principal, adapter, body }) => chooseJiraProject(ports, principal, adapter, body),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/webhook-setup',
      name: 'getWebhookSetup',
      summary: 'Get the URL and the secret for a Jira webhook of an adapter',
      may: ownAdapter,
      answers: webhookSetupSchema,
      handle: ({ adapter }) => readWebhookSetup(ports, adapter),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/registered-webhook',
      name: 'getRegisteredWebhook',
      summary: 'Get whether Jira sends the updates over the webhook that UserHero registered',
      may: ownAdapter,
      answers: registeredWebhookSchema,
      problems: jiraProblems,
      handle: ({ adapter }) => readRegisteredWebhook(ports, adapter),
    }),
  ]);
}
