import type { Site } from '@userhero/shared/contracts/adapter.ts';

/** Whether going to a site leaves the one that an adapter is on. A site is its cloud id; its address may change. */
export function isAnotherSite(adapter: { cloudId: string | null }, site: Site | null): boolean {
  return adapter.cloudId !== (site?.cloudId ?? null);
}

/**
 * What an adapter holds once it is on a site; `null` while none has been chosen. Ids of projects, issue types, fields
 * and statuses count on one site only, and those of two sites overlap, so nothing of the former site is kept. The
 * mapping and the external references stay: they know which place they belong to.
 */
export function placeOnSite(adapter: { cloudId: string | null }, site: Site | null) {
  return {
    cloudId: site?.cloudId ?? null,
    siteName: site?.name ?? null,
    siteUrl: site?.url ?? null,
    ...(isAnotherSite(adapter, site) ? noProject : {}),
  };
}

const noProject = {
  jiraProjectId: null,
  jiraProjectKey: null,
  jiraProjectName: null,
  jiraProjectState: 'live',
  issueTypeId: null,
  issueTypeName: null,
  fixedFields: {},
};
