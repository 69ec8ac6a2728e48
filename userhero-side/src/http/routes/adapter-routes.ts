import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import {
  adapterHealthSchema,
  adapterSchema,
  adapterSettingsSchema,
  adapterStartedSchema,
  chooseProjectSchema,
  chooseSiteSchema,
  createAdapterSchema,
  issueTypeSchema,
  jiraPersonSchema,
  jiraProjectSchema,
  jiraStatusesSchema,
  registeredWebhookSchema,
  siteSchema,
  webhookSetupSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { adapterChecksSchema } from '@userhero/shared/contracts/checks.ts';
import { deliveryEventSchema, eventStateSchema } from '@userhero/shared/contracts/delivery.ts';
import {
  applyMappingSchema,
  type MappingDocument,
  mappingApplySchema,
  mappingDocumentSchema,
  previewMappingSchema,
  previewSchema,
  saveMappingSchema,
} from '@userhero/shared/contracts/mapping-api.ts';
import { pageOf, pageQuerySchema } from '@userhero/shared/contracts/page.ts';
import { z } from 'zod';
import { listActivity } from '../../activity/list-activity.ts';
import { readHealth, readWebhookSetup } from '../../adapters/adapter-health.ts';
import { listAdapters, listSites, readAdapter } from '../../adapters/adapters.ts';
import { disconnectAdapter, pauseAdapter, resumeAdapter } from '../../adapters/change-adapter-state.ts';
import { chooseJiraProject, listIssueTypes, searchJiraProjects } from '../../adapters/choose-jira-project.ts';
import { chooseSite } from '../../adapters/choose-site.ts';
import type { ConnectPorts } from '../../adapters/connect-ports.ts';
import { readJiraPerson } from '../../adapters/jira-person.ts';
import { readChecks } from '../../adapters/read-checks.ts';
import { readRegisteredWebhook } from '../../adapters/registered-webhook.ts';
import { reconnectAdapter, startAdapter } from '../../adapters/start-adapter.ts';
import { listEvents, replayEvent } from '../../inbound/events.ts';
import {
  type MappingPorts,
  previewMapping,
  readJiraStatuses,
  readMapping,
  saveMapping,
} from '../../mapping/adapter-mapping.ts';
import { type ApplyMappingPorts, applyMapping, cancelApply, readApply } from '../../mapping/apply-mapping.ts';
import { type Outcome, success } from '../../outcome.ts';
import { requestReconcile } from '../../reconcile/request-reconcile.ts';
import type { Db } from '../../store/db.ts';
import { changeSettings } from '../../sync/sync-settings.ts';
import { answer, type Reply, type Route, route } from '../route.ts';

export type AdapterPorts = ConnectPorts &
  MappingPorts &
  ApplyMappingPorts & { publicUrl: string; wakeDeliveries(db: Db): Promise<void> };

/** Connecting, choosing, running and leaving: the life of an adapter. */
export function adapterRoutes(ports: AdapterPorts): Route[] {
  return [...setUpRoutes(ports), ...mappingRoutes(ports), ...runningRoutes(ports)];
}

function setUpRoutes(ports: AdapterPorts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/projects/:id/adapters',
      summary: 'List the sync adapters of a project',
      query: pageQuerySchema,
      answers: pageOf(adapterSchema),
      handle: ({ principal, params, query }) =>
        answer(listAdapters(ports.db, principal.organizationId, params.id ?? '', query)),
    }),
    route({
      method: 'post',
      path: '/api/projects/:id/adapters',
      summary: 'Add an adapter; send the browser to authorizeUrl',
      body: createAdapterSchema,
      answers: adapterStartedSchema,
      handle: ({ principal, params, body }) =>
        answer(startAdapter(ports, principal, params.id ?? '', body), 201),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id',
      summary: 'Read an adapter',
      answers: adapterSchema,
      handle: ({ principal, params }) =>
        answer(readAdapter(ports.db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'patch',
      path: '/api/adapters/:id',
      summary: 'Change settings',
      body: adapterSettingsSchema,
      answers: adapterSchema,
      handle: ({ principal, params, body }) =>
        answer(changeSettings(ports, principal, params.id ?? '', body)),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/sites',
      summary: 'List the Jira sites that the consent covers',
      answers: pageOf(siteSchema),
      handle: ({ principal, params }) => answer(listSites(ports, principal, params.id ?? '')),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/site',
      summary: 'Select the Jira site',
      body: chooseSiteSchema,
      answers: adapterSchema,
      handle: ({ principal, params, body }) => answer(chooseSite(ports, principal, params.id ?? '', body)),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-projects',
      summary: 'Search the Jira projects that the connected account sees',
      query: pageQuerySchema.extend({ query: z.string().max(200).optional() }),
      answers: pageOf(jiraProjectSchema),
      handle: ({ principal, params, query }) =>
        answer(searchJiraProjects(ports, principal, params.id ?? '', query)),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-people/:accountId',
      summary: 'Who an Atlassian account id is, by the name that Jira shows',
      answers: jiraPersonSchema,
      handle: ({ principal, params }) =>
        answer(readJiraPerson(ports, principal.organizationId, params.id ?? '', params.accountId ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/issue-types',
      summary: 'List the issue types of a Jira project, with the required fields that need a fixed value',
      query: z.object({ projectId: z.string().min(1).max(100) }),
      answers: pageOf(issueTypeSchema),
      handle: ({ principal, params, query }) =>
        answer(listIssueTypes(ports, principal, params.id ?? '', query.projectId)),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/checks',
      summary:
        'What the account and the Jira project lack of what syncing needs; of another project by its id',
      query: z.object({
        projectId: z.string().min(1).max(100).optional(),
        issueTypeId: z.string().min(1).max(100).optional(),
      }),
      answers: adapterChecksSchema,
      handle: ({ principal, params, query }) =>
        answer(readChecks(ports, principal.organizationId, params.id ?? '', query)),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/jira-project',
      summary: 'Confirm the Jira project and issue type; the adapter becomes active',
      body: chooseProjectSchema,
      answers: adapterSchema,
      handle: ({ principal, params, body }) =>
        answer(chooseJiraProject(ports, principal, params.id ?? '', body)),
    }),
  ];
}

function mappingRoutes(ports: AdapterPorts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/adapters/:id/jira-statuses',
      summary: 'The Jira statuses and priorities that a mapping may name',
      answers: jiraStatusesSchema,
      handle: ({ principal, params }) =>
        answer(readJiraStatuses(ports, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/mapping',
      summary: 'Read the mapping; the ETag is its version',
      answers: mappingDocumentSchema,
      handle: async ({ principal, params }) =>
        withEtag(await readMapping(ports.db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'put',
      path: '/api/adapters/:id/mapping',
      summary: 'Save the mapping; If-Match must be the ETag that was read, or `version` the same number',
      body: saveMappingSchema,
      answers: mappingDocumentSchema,
      handle: async ({ principal, params, body, header }) =>
        withEtag(
          await saveMapping(
            ports,
            principal,
            params.id ?? '',
            { ifMatch: header('if-match'), inBody: body.version },
            body.mapping,
          ),
        ),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/mapping/preview',
      summary: 'What a mapping would do to the items that are linked now',
      body: previewMappingSchema,
      answers: previewSchema,
      handle: ({ principal, params, body }) =>
        answer(previewMapping(ports, principal.organizationId, params.id ?? '', body.mapping)),
    }),
    route({
      method: 'post',
      path: '/api/adapters/:id/mapping/apply',
      summary: 'Apply the saved mapping to the items that are linked now; many of them are a job (202)',
      body: applyMappingSchema,
      answers: mappingApplySchema,
      handle: async ({ principal, params, body }) => {
        const applied = await applyMapping(ports, principal, params.id ?? '', body.version);
        if (!applied.ok) return applied;
        return success({ body: applied.value, status: applied.value.jobId === null ? 200 : 202 });
      },
    }),
    route({
      method: 'get',
      path: '/api/mapping-applies/:id',
      summary: 'Read how far applying a mapping is',
      answers: mappingApplySchema,
      handle: ({ principal, params }) =>
        answer(readApply(ports.db, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'post',
      path: '/api/mapping-applies/:id/cancel',
      summary: 'Cancel what applying a mapping has not reached yet',
      answers: mappingApplySchema,
      handle: ({ principal, params }) => answer(cancelApply(ports, principal, params.id ?? '')),
    }),
  ];
}

function runningRoutes(ports: AdapterPorts): Route[] {
  const step = (
    name: string,
    summary: string,
    status: number,
    run: (typeof steps)[keyof typeof steps],
  ): Route =>
    route({
      method: 'post',
      path: `/api/adapters/:id/${name}`,
      summary,
      answers: adapterSchema,
      handle: ({ principal, params }) => answer(run(ports, principal, params.id ?? ''), status),
    });
  return [
    step('pause', 'Pause: changes from Jira are kept, pushes wait', 200, steps.pause),
    step('resume', 'Resume: what was kept is applied', 200, steps.resume),
    step('disconnect', 'Disconnect; external references are preserved', 200, steps.disconnect),
    step('reconcile', 'Compare the linked issues with Jira now', 202, steps.reconcile),
    route({
      method: 'post',
      path: '/api/adapters/:id/reconnect',
      summary: 'Reconnect; send the browser to authorizeUrl',
      answers: adapterStartedSchema,
      handle: ({ principal, params }) => answer(reconnectAdapter(ports, principal, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/activity',
      summary: 'What happened, newest first',
      query: pageQuerySchema,
      answers: pageOf(activitySchema),
      handle: async ({ principal, params, query }) => {
        const adapter = await readAdapter(ports.db, principal.organizationId, params.id ?? '');
        return adapter.ok ? answer(listActivity(ports.db, { adapterId: adapter.value.id }, query)) : adapter;
      },
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/health',
      summary: 'How the adapter fares, at a glance',
      answers: adapterHealthSchema,
      handle: ({ principal, params }) => answer(readHealth(ports, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/webhook-setup',
      summary: 'The URL and the secret for a Jira webhook of this adapter',
      answers: webhookSetupSchema,
      handle: ({ principal, params }) =>
        answer(readWebhookSetup(ports, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/registered-webhook',
      summary: 'Whether Jira sends the updates by itself, so that no webhook has to be made by hand',
      answers: registeredWebhookSchema,
      handle: ({ principal, params }) =>
        answer(readRegisteredWebhook(ports, principal.organizationId, params.id ?? '')),
    }),
    route({
      method: 'get',
      path: '/api/adapters/:id/events',
      summary: 'Recorded events; state=failed is the dead letter list',
      query: pageQuerySchema.extend({ state: eventStateSchema.optional() }),
      answers: pageOf(deliveryEventSchema),
      handle: ({ principal, params, query }) =>
        answer(listEvents(ports.db, principal.organizationId, params.id ?? '', query)),
    }),
    route({
      method: 'post',
      path: '/api/events/:id/replay',
      summary: 'Try a failed event again',
      answers: deliveryEventSchema,
      handle: ({ principal, params }) => answer(replayEvent(ports, principal, params.id ?? '')),
    }),
  ];
}

const steps = {
  pause: pauseAdapter,
  resume: resumeAdapter,
  disconnect: disconnectAdapter,
  reconcile: requestReconcile,
};

function withEtag(outcome: Outcome<MappingDocument>): Outcome<Reply> {
  if (!outcome.ok) return outcome;
  return success({ body: outcome.value, headers: { ETag: `"${outcome.value.version}"` } });
}
