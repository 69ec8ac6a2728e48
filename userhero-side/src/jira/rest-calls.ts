import { createCloudClient } from 'jira.js/cloud';
import type { Client } from 'jira.js/core';
import type { Problem } from '../outcome.ts';
import { toCreateScreen } from './create-screen.ts';
import { allRefused, toCreatedIssues } from './created-issues.ts';
import { findProject } from './find-project.ts';
import { itemPropertyKey, type Jira, type JiraAnswer } from './jira.ts';
import { toJiraFailure, WebhookRefused } from './jira-failure.ts';
import { listResolutions } from './list-resolutions.ts';
import { issueFields, toIssue, toPerson, toProject } from './read-jira.ts';
import { toProjectStatuses, toStatuses } from './read-statuses.ts';
import { toHiddenTransitions } from './read-transitions.ts';
import { toSyncedIssue } from './synced-issue.ts';

const createFieldsPage = 200;
const searchPage = 100;
/** Each transition with the fields of its screen, as `GET …/transitions` documents the expansion. */
const withTransitions = 'transitions,transitions.fields';
const peoplePage = 20;

/**
 * The operations of a conversation, each one or few documented REST calls.
 *
 * @param onProblem told of every call that failed, whoever made it
 */
export function createConversation(client: Client, onProblem: (problem: Problem) => void = () => {}): Jira {
  const jira = createCloudClient(client);
  const attempt = async <T>(call: () => Promise<T>): Promise<JiraAnswer<T>> => {
    try {
      return { ok: true, value: await call() };
    } catch (error) {
      const failure = toJiraFailure(error);
      onProblem(failure.problem);
      return failure;
    }
  };

  const fetchIssues = async (issueIds: readonly string[], fields: readonly string[] = []) => {
    const found = await jira.issues.bulkFetchIssues({
      issueIdsOrKeys: [...issueIds],
      fields: [...new Set([...issueFields, ...fields])],
      properties: [itemPropertyKey],
      expand: ['changelog'],
    });
    return {
      issues: (found.issues ?? []).map(toIssue),
      unloaded: (found.issueErrors ?? []).flatMap(({ id }) => (id ? [id] : [])),
    };
  };

  return {
    myself: () => attempt(async () => toPerson(await jira.myself.getCurrentUser())),

    person: (accountId) => attempt(async () => toPerson(await jira.users.getUser({ accountId }))),

    findPeople: (project, query) =>
      attempt(async () => {
        const found = await jira.userSearch.findAssignableUsers({ project, query, maxResults: peoplePage });
        return found.map(toPerson);
      }),

    searchProjects: (query, startAt, limit) =>
      attempt(async () => {
        const page = await jira.projects.searchProjects({
          startAt,
          maxResults: limit,
          orderBy: 'name',
          ...(query ? { query } : {}),
        });
        const projects = (page.values ?? []).map(toProject);
        return { projects, nextStartAt: page.isLast === false ? startAt + projects.length : null };
      }),

    readProject: (projectId) =>
      attempt(async () => toProject(await jira.projects.getProject({ projectIdOrKey: projectId }))),

    findProject: (projectIdOrKey) => attempt(() => findProject(jira, projectIdOrKey)),

    permissions: (projectId, keys) =>
      attempt(async () => {
        const answer = await jira.permissions.getMyPermissions({ projectId, permissions: keys.join(',') });
        const entries = Object.entries(answer.permissions ?? {});
        return Object.fromEntries(entries.map(([key, { havePermission }]) => [key, havePermission === true]));
      }),

    listIssueTypes: (projectId) =>
      attempt(async () => {
        const page = await jira.issues.getCreateIssueMetaIssueTypes({
          projectIdOrKey: projectId,
          maxResults: createFieldsPage,
        });
        return (page.issueTypes ?? page.createMetaIssueType ?? [])
          .filter((type) => type.subtask !== true)
          .map((type) => ({ id: type.id ?? '', name: type.name ?? '' }));
      }),

    readCreateScreen: (projectId, issueTypeId) =>
      attempt(async () => {
        const page = await jira.issues.getCreateIssueMetaIssueTypeId({
          projectIdOrKey: projectId,
          issueTypeId,
          maxResults: createFieldsPage,
        });
        return toCreateScreen(page.fields ?? page.results ?? []);
      }),

    listStatuses: (projectId, issueTypeId) =>
      attempt(async () =>
        toStatuses(await jira.projects.getAllStatuses({ projectIdOrKey: projectId }), issueTypeId),
      ),

    projectStatuses: (projectId) =>
      attempt(async () =>
        toProjectStatuses(await jira.projects.getAllStatuses({ projectIdOrKey: projectId })),
      ),

    listResolutions: () => attempt(() => listResolutions(client)),

    createIssue: ({ fields, properties }) =>
      attempt(async () => {
        const created = await jira.issues.createIssue({ fields, properties });
        if (!created.id || !created.key) throw new Error('Jira created an issue and did not say which');
        return { id: created.id, key: created.key };
      }),

    createIssues: (issues) =>
      attempt(async () => {
        const issueUpdates = issues.map(({ fields, properties }) => ({ fields, properties }));
        const answer = await jira.issues.createIssues({ issueUpdates }).catch(allRefused);
        return toCreatedIssues(answer);
      }),

    readIssue: (issueIdOrKey, { history, fields = [] }) =>
      attempt(async () =>
        toIssue(
          await jira.issues.getIssue({
            issueIdOrKey,
            fields: [...new Set([...issueFields, ...fields])],
            properties: [itemPropertyKey],
            expand: history ? `${withTransitions},changelog` : withTransitions,
          }),
        ),
      ),

    readIssues: (issueIds, fields) => attempt(async () => (await fetchIssues(issueIds, fields)).issues),

    fetchIssues: (issueIds, fields) => attempt(() => fetchIssues(issueIds, fields)),

    searchUpdated: (projectId, { minutes, fields, limit, pageToken }) =>
      attempt(async () => {
        // A period, since a date would be in the account's time zone.
        const page = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
          jql: `project = ${projectId} AND updated >= "-${minutes}m" ORDER BY updated ASC`,
          maxResults: Math.min(searchPage, limit),
          fields: [...new Set(['status', 'resolution', 'project', 'updated', ...fields])],
          ...(pageToken === null ? {} : { nextPageToken: pageToken }),
        });
        const isLast = page.isLast === true;
        return {
          issues: (page.issues ?? []).map(toIssue),
          nextPageToken: isLast ? null : (page.nextPageToken ?? null),
        };
      }),

    readSynced: (issueIdOrKey, fields) =>
      attempt(async () =>
        toSyncedIssue(
          await jira.issues.getIssue({
            issueIdOrKey,
            fields: [...new Set([...issueFields, ...fields])],
            properties: [itemPropertyKey],
            expand: `${withTransitions},changelog,editmeta`,
          }),
        ),
      ),

    hiddenTransitions: (issueIdOrKey) =>
      attempt(async () => {
        const about = { issueIdOrKey, includeUnavailableTransitions: true };
        return toHiddenTransitions((await jira.issues.getTransitions(about)).transitions);
      }),

    transition: (issueIdOrKey, transitionId, fields) =>
      attempt(async () => {
        const filled = fields ? { fields: { ...fields } } : {};
        await jira.issues.doTransition({ issueIdOrKey, transition: { id: transitionId }, ...filled });
        return null;
      }),

    editIssue: (issueIdOrKey, fields) =>
      attempt(async () => {
        await jira.issues.editIssue({ issueIdOrKey, fields });
        return null;
      }),

    editSynced: (issueIdOrKey, { fields, update }) =>
      attempt(async () =>
        toSyncedIssue(
          await jira.issues.editIssue({
            issueIdOrKey,
            ...(fields ? { fields } : {}),
            ...(update ? { update } : {}),
            returnIssue: true,
            expand: `${withTransitions},changelog,editmeta`,
          }),
        ),
      ),

    linkBack: (issueIdOrKey, link) =>
      attempt(async () => {
        await jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
          issueIdOrKey,
          globalId: link.globalId,
          relationship: 'UserHero item',
          application: { name: 'UserHero', type: 'co.userhero' },
          object: { url: link.url, title: link.title },
        });
        return null;
      }),

    setProperty: (issueIdOrKey, propertyKey, value) =>
      attempt(async () => {
        await jira.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey, body: value });
        return null;
      }),

    registeredWebhooks: () =>
      attempt(async () => {
        const page = await jira.webhooks.getDynamicWebhooksForApp({ maxResults: searchPage });
        return (page.values ?? []).map((one) => ({
          id: one.id,
          url: one.url,
          jqlFilter: one.jqlFilter,
          events: [...one.events],
          fieldIds: one.fieldIdsFilter ?? null,
          propertyKeys: one.issuePropertyKeysFilter ?? null,
          expiresAtMs: one.expirationDate ?? null,
        }));
      }),

    registerWebhook: (url, { jqlFilter, events, fieldIds, propertyKeys }) =>
      attempt(async () => {
        const answer = await jira.webhooks.registerDynamicWebhooks({
          url,
          webhooks: [
            {
              jqlFilter,
              events: [...events],
              fieldIdsFilter: [...fieldIds],
              issuePropertyKeysFilter: [...propertyKeys],
            },
          ],
        });
        const [result] = answer.webhookRegistrationResult ?? [];
        if (!result?.createdWebhookId) throw new WebhookRefused(result?.errors ?? []);
        return result.createdWebhookId;
      }),

    refreshWebhooks: (ids) =>
      attempt(async () => {
        await jira.webhooks.refreshWebhooks({ webhookIds: [...ids] });
        return null;
      }),

    deleteWebhooks: (ids) =>
      attempt(async () => {
        await jira.webhooks.deleteWebhookById({ webhookIds: [...ids] });
        return null;
      }),

    findByItems: (projectId, itemIds, sinceMinutes) =>
      attempt(async () => {
        // The property is searchable by JQL only where the Forge app is installed, so it is compared here.
        const jql = `project = ${projectId} AND creator = currentUser() AND created >= "-${sinceMinutes}m" ORDER BY created ASC`;
        const found = new Map<string, { id: string; key: string }>();
        let nextPageToken: string | undefined;
        do {
          const page = await jira.issueSearch.searchAndReconsileIssuesUsingJqlPost({
            jql,
            maxResults: searchPage,
            fields: ['created'],
            properties: [itemPropertyKey],
            ...(nextPageToken ? { nextPageToken } : {}),
          });
          for (const issue of page.issues ?? []) {
            const itemId = issue.properties?.[itemPropertyKey]?.itemId;
            if (typeof itemId !== 'string' || !itemIds.has(itemId) || found.has(itemId)) continue;
            if (issue.id && issue.key) found.set(itemId, { id: issue.id, key: issue.key });
          }
          nextPageToken = page.isLast === true ? undefined : (page.nextPageToken ?? undefined);
          // Each page costs points, and the rest of them is of no interest.
        } while (nextPageToken && found.size < itemIds.size);
        return found;
      }),
  };
}
