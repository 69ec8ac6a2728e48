import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { activitySchema } from '@userhero/shared/contracts/activity.ts';
import {
  adapterHealthSchema,
  adapterSchema,
  adapterStartedSchema,
  type ChooseProject,
  issueTypeSchema,
  jiraPersonSchema,
  jiraProjectSchema,
  jiraStatusesSchema,
  registeredWebhookSchema,
  siteSchema,
  webhookSetupSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { adapterChecksSchema } from '@userhero/shared/contracts/checks.ts';
import { deliveryEventSchema } from '@userhero/shared/contracts/delivery.ts';
import { pageOf } from '@userhero/shared/contracts/page.ts';
import { z } from 'zod';
import { call, tell } from '../api.ts';

const adaptersSchema = pageOf(adapterSchema);
const sitesSchema = z.object({ items: z.array(siteSchema) });
const jiraProjectsSchema = z.object({ items: z.array(jiraProjectSchema) });
const jiraPeopleSchema = z.object({ items: z.array(jiraPersonSchema) });
const issueTypesSchema = z.object({ items: z.array(issueTypeSchema) });
const activitiesSchema = pageOf(activitySchema);
const eventsSchema = pageOf(deliveryEventSchema);

const adapterRefreshMs = 3_000;
const activityRefreshMs = 5_000;
const webhookRefreshMs = 10_000;
const webhookLooks = 6;

/** The sync adapters of a project. */
export function adaptersQuery(projectId: string) {
  return queryOptions({
    queryKey: ['adapters', projectId],
    queryFn: ({ signal }) =>
      call(adaptersSchema, `/api/projects/${projectId}/adapters?limit=200`, { signal }),
    staleTime: 3_000,
  });
}

/** One adapter; refreshes itself, since a grant can end and a plan can change at any time. */
export function adapterQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['adapter', adapterId],
    queryFn: ({ signal }) => call(adapterSchema, `/api/adapters/${adapterId}`, { signal }),
    refetchInterval: adapterRefreshMs,
  });
}

/** The adapter's health at a glance. */
export function healthQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['adapter-health', adapterId],
    queryFn: ({ signal }) => call(adapterHealthSchema, `/api/adapters/${adapterId}/health`, { signal }),
    refetchInterval: adapterRefreshMs,
  });
}

/** The Jira sites that the person's consent covers. */
export function sitesQuery(adapterId: string, enabled: boolean) {
  return queryOptions({
    queryKey: ['adapter-sites', adapterId],
    queryFn: ({ signal }) => call(sitesSchema, `/api/adapters/${adapterId}/sites`, { signal }),
    enabled,
    retry: 1,
  });
}

/** The Jira projects that match what was typed. */
export function jiraProjectsQuery(adapterId: string, query: string) {
  return queryOptions({
    queryKey: ['jira-projects', adapterId, query],
    queryFn: ({ signal }) =>
      call(
        jiraProjectsSchema,
        `/api/adapters/${adapterId}/jira-projects?query=${encodeURIComponent(query)}`,
        {
          signal,
        },
      ),
    placeholderData: (previous) => previous,
    staleTime: 30_000,
    retry: 1,
  });
}

/** The people of a Jira project whose names begin so. */
export function jiraPeopleQuery(place: { adapterId: string; projectId: string }, query: string) {
  const search = new URLSearchParams({ projectId: place.projectId, query });
  return queryOptions({
    queryKey: ['jira-people', place.adapterId, place.projectId, query],
    queryFn: ({ signal }) =>
      call(jiraPeopleSchema, `/api/adapters/${place.adapterId}/jira-people?${search}`, { signal }),
    placeholderData: (previous) => previous,
    staleTime: 30_000,
    retry: 1,
  });
}

/** Who an account id of the adapter's Jira is; names change rarely. */
export function jiraPersonQuery(adapterId: string, accountId: string) {
  return queryOptions({
    queryKey: ['jira-person', adapterId, accountId],
    queryFn: ({ signal }) =>
      call(jiraPersonSchema, `/api/adapters/${adapterId}/jira-people/${encodeURIComponent(accountId)}`, {
        signal,
      }),
    staleTime: 3_600_000,
    retry: 1,
  });
}

/** The issue types that a push could create in a Jira project. */
export function issueTypesQuery(adapterId: string, jiraProjectId: string | null) {
  return queryOptions({
    queryKey: ['issue-types', adapterId, jiraProjectId],
    queryFn: ({ signal }) =>
      call(
        issueTypesSchema,
        `/api/adapters/${adapterId}/issue-types?projectId=${encodeURIComponent(jiraProjectId ?? '')}`,
        { signal },
      ),
    enabled: jiraProjectId !== null,
    staleTime: 30_000,
    retry: 1,
  });
}

/** The chosen Jira project's statuses and priorities; mapping works without them when Jira cannot be asked. */
export function jiraStatusesQuery(adapterId: string, enabled: boolean) {
  return queryOptions({
    queryKey: ['jira-statuses', adapterId],
    queryFn: ({ signal }) => call(jiraStatusesSchema, `/api/adapters/${adapterId}/jira-statuses`, { signal }),
    enabled,
    staleTime: 60_000,
    retry: 1,
  });
}

/** Where Jira should send its events, and this adapter's own secret. */
export function webhookSetupQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['webhook-setup', adapterId],
    queryFn: ({ signal }) => call(webhookSetupSchema, `/api/adapters/${adapterId}/webhook-setup`, { signal }),
    staleTime: 300_000,
  });
}

/** Whether Jira sends the updates by itself; each look asks Jira, so they end where it does not. */
export function registeredWebhookQuery(adapterId: string, enabled: boolean) {
  return queryOptions({
    queryKey: ['registered-webhook', adapterId],
    queryFn: ({ signal }) =>
      call(registeredWebhookSchema, `/api/adapters/${adapterId}/registered-webhook`, { signal }),
    enabled,
    // It is registered some moments after the adapter became active, and its first event takes a moment too.
    refetchInterval: ({ state }) =>
      state.data?.lastEventAt === null && state.dataUpdateCount < webhookLooks ? webhookRefreshMs : false,
    staleTime: 60_000,
    retry: 1,
  });
}

/** What the account and a Jira project lack of what syncing needs. */
export function checksQuery(adapterId: string, projectId: string | null, issueTypeId: string | null) {
  const query = new URLSearchParams({
    ...(projectId ? { projectId } : {}),
    ...(issueTypeId ? { issueTypeId } : {}),
  });
  return queryOptions({
    queryKey: ['adapter-checks', adapterId, projectId, issueTypeId],
    queryFn: ({ signal }) =>
      call(adapterChecksSchema, `/api/adapters/${adapterId}/checks?${query}`, { signal }),
    enabled: projectId !== null,
    staleTime: 30_000,
    retry: 1,
  });
}

/** What the adapter did, newest first. */
export function adapterActivityQuery(adapterId: string) {
  return infiniteQueryOptions({
    queryKey: ['adapter-activity', adapterId],
    queryFn: ({ pageParam, signal }) =>
      call(
        activitiesSchema,
        `/api/adapters/${adapterId}/activity?limit=20${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: activityRefreshMs,
  });
}

/** The events that could not be applied. */
export function failedEventsQuery(adapterId: string) {
  return queryOptions({
    queryKey: ['failed-events', adapterId],
    queryFn: ({ signal }) =>
      call(eventsSchema, `/api/adapters/${adapterId}/events?state=failed&limit=50`, { signal }),
    refetchInterval: activityRefreshMs,
  });
}

/** Adds a Jira adapter for a workflow; the answer says where to send the browser. */
export function addJiraAdapter(projectId: string, workflowId: string) {
  return call(adapterStartedSchema, `/api/projects/${projectId}/adapters`, {
    method: 'POST',
    body: { kind: 'jira', workflowId },
  });
}

/** Chooses the Jira site. */
export function chooseSite(adapterId: string, cloudId: string) {
  return tell(`/api/adapters/${adapterId}/site`, { method: 'PUT', body: { cloudId } });
}

/** Chooses the Jira project; afterwards the adapter is active. */
export function chooseJiraProject(adapterId: string, input: ChooseProject) {
  return tell(`/api/adapters/${adapterId}/jira-project`, { method: 'PUT', body: input });
}

/** Starts a new consent; the answer says where to send the browser. */
export function reconnectAdapter(adapterId: string) {
  return call(adapterStartedSchema, `/api/adapters/${adapterId}/reconnect`, { method: 'POST', body: {} });
}

/** Pauses, resumes, disconnects or checks an adapter. */
export function commandAdapter(adapterId: string, command: 'pause' | 'resume' | 'disconnect' | 'reconcile') {
  return tell(`/api/adapters/${adapterId}/${command}`, { method: 'POST', body: {} });
}

/** Tries a failed event again. */
export function replayEvent(eventId: string) {
  return tell(`/api/events/${eventId}/replay`, { method: 'POST', body: {} });
}
