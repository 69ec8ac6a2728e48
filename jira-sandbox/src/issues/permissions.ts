import type { Account, Issue, Project, Site } from '../world.ts';
import { projectOf } from './find.ts';
import type { PermissionKey } from './known-permissions.ts';

const adminOnly: PermissionKey[] = ['ADMINISTER_PROJECTS', 'DELETE_ISSUES', 'ADMINISTER'];
/** What is left in an archived project. */
const readOnly: PermissionKey[] = ['BROWSE_PROJECTS', 'ADMINISTER_PROJECTS', 'ADMINISTER'];

/** Whether the account may browse the project. */
export function canBrowse(account: Account, project: Project): boolean {
  return project.state !== 'deleted' && isGranted(account, 'BROWSE_PROJECTS', project);
}

/** Whether the account sees the issue: it browses the project and the issue's security level holds it. */
export function canSee(account: Account, site: Site, issue: Issue): boolean {
  const { visibleTo } = issue;
  return canBrowse(account, projectOf(site, issue)) && (!visibleTo || visibleTo.includes(account.accountId));
}

/** Whether the account has the permission in the project. Administering alone needs no browsing. */
export function hasPermission(account: Account, key: PermissionKey, project: Project): boolean {
  if (project.state === 'archived' && !readOnly.includes(key)) return false;
  if (key !== 'ADMINISTER_PROJECTS' && key !== 'ADMINISTER' && !canBrowse(account, project)) return false;
  return isGranted(account, key, project);
}

/** Whether the account has the permission on the site: a project's permission counts when any project gives it. */
export function hasSitePermission(account: Account, key: PermissionKey, site: Site): boolean {
  if (key === 'ADMINISTER') return byRole(account, key);
  return site.projects.some((project) => hasPermission(account, key, project));
}

/** The projects that the account browses, in the order of the site. */
export function browsableProjects(site: Site, account: Account): Project[] {
  return site.projects.filter((project) => canBrowse(account, project));
}

/** Whether an administrator's access rule keeps OAuth apps out of the project. */
export function isHiddenFromApps(site: Site, project: Project): boolean {
  return site.appAccess?.projectIds.includes(project.id) ?? false;
}

function isGranted(account: Account, key: PermissionKey, project: Project): boolean {
  return project.permissions[account.accountId]?.[key] ?? byRole(account, key);
}

function byRole(account: Account, key: PermissionKey): boolean {
  return account.role === 'admin' || !adminOnly.includes(key);
}
