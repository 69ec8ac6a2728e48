import { statusIdsOf } from '../workflows/find-transition.ts';
import type {
  Account,
  Issue,
  IssueType,
  Priority,
  Project,
  Resolution,
  Site,
  Status,
  World,
} from '../world.ts';

/** A site by its slug or its cloud id. */
export function findSite(world: World, slugOrCloudId: string): Site | undefined {
  return world.sites.find((site) => site.slug === slugOrCloudId || site.cloudId === slugOrCloudId);
}

/** A project by id, key or (as JQL allows) name, ignoring case; by a former key where no present one fits. */
export function findProject(site: Site, idKeyOrName: string): Project | undefined {
  const wanted = idKeyOrName.toLowerCase();
  return (
    site.projects.find(
      (one) => one.id === wanted || one.key.toLowerCase() === wanted || one.name.toLowerCase() === wanted,
    ) ?? site.projects.find((one) => one.formerKeys?.includes(idKeyOrName.toUpperCase()))
  );
}

/** An issue by id or by its current or a former key. */
export function findIssue(site: Site, idOrKey: string): Issue | undefined {
  const byId = Object.hasOwn(site.issues, idOrKey) ? site.issues[idOrKey] : undefined;
  if (byId) return byId;
  const key = idOrKey.toUpperCase();
  const all = Object.values(site.issues);
  return all.find((issue) => issue.key === key) ?? all.find((issue) => issue.formerKeys.includes(key));
}

/** The project an issue lives in. */
export function projectOf(site: Site, issue: Issue): Project {
  return must(
    site.projects.find((one) => one.id === issue.projectId),
    `project ${issue.projectId}`,
  );
}

/** A status of the site by id. */
export function statusById(site: Site, id: string): Status {
  return must(
    site.statuses.find((one) => one.id === id),
    `status ${id}`,
  );
}

/** The statuses of all workflows of a project, in workflow order. */
export function statusesOf(site: Site, project: Project): Status[] {
  return statusIdsOf(project).map((id) => statusById(site, id));
}

/** An issue type of the site by id. */
export function issueTypeById(site: Site, id: string): IssueType {
  return must(
    site.issueTypes.find((one) => one.id === id),
    `issue type ${id}`,
  );
}

/** A priority of the site by id, or none. */
export function priorityById(site: Site, id: string | null): Priority | null {
  return site.priorities.find((one) => one.id === id) ?? null;
}

/** A resolution of the site by id, or none. */
export function resolutionById(site: Site, id: string | null): Resolution | null {
  return site.resolutions.find((one) => one.id === id) ?? null;
}

/** An account by id. */
export function accountById(world: World, accountId: string): Account {
  return must(
    world.accounts.find((one) => one.accountId === accountId),
    `account ${accountId}`,
  );
}

/** An account by id, e-mail address or first name, as people and tests write it. */
export function findAccount(world: World, wanted: string): Account | undefined {
  const text = wanted.toLowerCase();
  return world.accounts.find(
    (one) =>
      one.accountId === wanted ||
      one.emailAddress === text ||
      one.displayName.toLowerCase() === text ||
      one.displayName.toLowerCase().split(' ')[0] === text,
  );
}

function must<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The world has no ${what}`);
  return found;
}
