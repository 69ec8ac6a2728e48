import type { Account, Project, Site } from '../world.ts';

/** Jira's project permissions that the sandbox knows, with their ids and names. */
export const knownPermissions = {
  ADMINISTER_PROJECTS: { id: '23', name: 'Administer Projects', type: 'PROJECT' },
  BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', type: 'PROJECT' },
  CREATE_ISSUES: { id: '11', name: 'Create Issues', type: 'PROJECT' },
  EDIT_ISSUES: { id: '12', name: 'Edit Issues', type: 'PROJECT' },
  DELETE_ISSUES: { id: '16', name: 'Delete Issues', type: 'PROJECT' },
  TRANSITION_ISSUES: { id: '46', name: 'Transition Issues', type: 'PROJECT' },
  ADD_COMMENTS: { id: '15', name: 'Add Comments', type: 'PROJECT' },
  ADMINISTER: { id: '0', name: 'Administer Jira', type: 'GLOBAL' },
} as const;

export type PermissionKey = keyof typeof knownPermissions;

const adminOnly: PermissionKey[] = ['ADMINISTER_PROJECTS', 'DELETE_ISSUES', 'ADMINISTER'];

/** Whether the account sees the project at all. */
export function canBrowse(account: Account, project: Project): boolean {
  return !project.hiddenFromAccountIds.includes(account.accountId);
}

/** Whether the account has the permission, in the project or (without one) in any project. */
export function hasPermission(account: Account, key: PermissionKey, project?: Project): boolean {
  if (project && !canBrowse(account, project)) return false;
  return account.role === 'admin' || !adminOnly.includes(key);
}

/** The projects that the account sees, in the order of the site. */
export function browsableProjects(site: Site, account: Account): Project[] {
  return site.projects.filter((project) => canBrowse(account, project));
}
