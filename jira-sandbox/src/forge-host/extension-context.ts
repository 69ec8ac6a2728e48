import { findIssue, findProject, issueTypeById, projectOf } from '../issues/find.ts';
import { canBrowse, canSee } from '../issues/permissions.ts';
import type { Account, Issue, Project, Site } from '../world.ts';
import type { ForgeHost, InstalledApp } from './forge-host.ts';
import { environmentAri } from './invocation-token.ts';
import type { UiModuleType } from './manifest.ts';

/** Where on a site a module is shown; keys as the page names them. */
export type Place = { project?: string; issue?: string };

/** A place that the person may see. */
export type SeenPlace = { project: Project; issue: Issue | null };

/** The place, if it exists and the person may browse it; the browser's word alone counts for nothing. */
export function seenPlace(site: Site, account: Account, place: Place): SeenPlace | null {
  const issue = place.issue ? findIssue(site, place.issue) : null;
  if (place.issue && !issue) return null;
  if (issue) return canSee(account, site, issue) ? { project: projectOf(site, issue), issue } : null;
  const project = findProject(site, place.project ?? '');
  return project && canBrowse(account, project) ? { project, issue: null } : null;
}

/** `context.extension` of a module (docs, "jira:projectPage" and "jira:issuePanel", extension context). */
export function extensionOf(site: Site, type: UiModuleType, place: SeenPlace): Record<string, unknown> {
  const { project, issue } = place;
  const projectFacts = { id: project.id, key: project.key, type: 'software' };
  if (!issue) return { type, project: projectFacts, location: `/projects/${project.key}` };
  const issueType = issueTypeById(site, issue.issueTypeId);
  return {
    type,
    issue: { id: issue.id, key: issue.key, type: issueType.name, typeId: issueType.id },
    project: projectFacts,
    location: `/browse/${issue.key}`,
  };
}

export type ContextInput = {
  account: Account;
  moduleKey: string;
  extension: Record<string, unknown>;
  locale: string;
};

/** What `view.getContext()` answers, and what a resolver finds in `context`. */
export function viewContext(host: ForgeHost, app: InstalledApp, input: ContextInput) {
  const appId = app.deployment.manifest.app.id;
  const { installation, site } = app;
  return {
    accountId: input.account.accountId,
    accountType: 'licensed',
    cloudId: site.cloudId,
    siteUrl: `${host.sandbox.url}/s/${site.slug}`,
    environmentId: installation.environmentId,
    environmentType: 'DEVELOPMENT',
    environmentAri: environmentAri(appId, installation.environmentId),
    appVersion: app.deployment.version,
    localId: `${appId}/${installation.environmentId}/static/${input.moduleKey}`,
    moduleKey: input.moduleKey,
    locale: input.locale,
    timezone: input.account.timeZone,
    userAccess: { enabled: false, hasAccess: true },
    extension: input.extension,
  };
}
