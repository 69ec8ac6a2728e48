import type {
  Account,
  CategoryKey,
  IssueType,
  Priority,
  Project,
  Resolution,
  Site,
  Status,
} from '../world.ts';

/** Where `self` links of a body point: the REST base a client used, or the site's own in webhooks. */
export type Links = {
  /** For example `…/ex/jira/{cloudId}/rest/api/3` or `…/s/acme/rest/api/2`. */
  rest: string;
  /** The site's address for people. */
  site: string;
};

const categoryLooks: Record<CategoryKey, { id: number; colorName: string }> = {
  undefined: { id: 1, colorName: 'medium-gray' },
  new: { id: 2, colorName: 'blue-gray' },
  indeterminate: { id: 4, colorName: 'yellow' },
  done: { id: 3, colorName: 'green' },
};

export const categoryKeys: CategoryKey[] = ['undefined', 'new', 'indeterminate', 'done'];

/** Jira's timestamps: `2026-11-24T07:31:02.000+0000`. */
export function jiraDate(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

/** A status category with Jira's fixed ids and the site's translated name. */
export function presentCategory(site: Site, key: CategoryKey, links: Links) {
  const look = categoryLooks[key];
  return {
    self: `${links.rest}/statuscategory/${look.id}`,
    id: look.id,
    key,
    colorName: look.colorName,
    name: site.categoryNames[key],
  };
}

/** A status with its category; team-managed ones name their project as scope. */
export function presentStatus(site: Site, status: Status, links: Links) {
  return {
    self: `${links.rest}/status/${status.id}`,
    description: status.description,
    iconUrl: `${links.site}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: presentCategory(site, status.category, links),
    ...(status.projectId ? { scope: { type: 'PROJECT', project: { id: status.projectId } } } : {}),
  };
}

/** A priority as it stands in an issue. */
export function presentPriority(priority: Priority, links: Links) {
  return {
    self: `${links.rest}/priority/${priority.id}`,
    iconUrl: `${links.site}/images/icons/priorities/${priority.icon}.svg`,
    name: priority.name,
    id: priority.id,
  };
}

/** A resolution as a screen offers it. */
export function presentResolution({ id, name }: Resolution, links: Links) {
  return { self: `${links.rest}/resolution/${id}`, id, name };
}

/** An issue type as it stands in an issue or a project. */
export function presentIssueType(type: IssueType, links: Links) {
  return {
    self: `${links.rest}/issuetype/${type.id}`,
    id: type.id,
    description: type.description,
    iconUrl: `${links.site}/images/icons/issuetypes/${type.hierarchyLevel === 0 ? 'task' : 'epic'}.svg`,
    name: type.name,
    subtask: type.subtask,
    hierarchyLevel: type.hierarchyLevel,
    ...(type.projectId ? { scope: { type: 'PROJECT', project: { id: type.projectId } } } : {}),
  };
}

/** The four sizes of an avatar that Jira lists everywhere. */
export function avatarUrls(base: string) {
  return {
    '48x48': `${base}?size=48`,
    '24x24': `${base}?size=24`,
    '16x16': `${base}?size=16`,
    '32x32': `${base}?size=32`,
  };
}

/** A project as it stands in an issue. */
export function presentProjectReference(project: Project, links: Links) {
  return {
    self: `${links.rest}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: 'software',
    simplified: project.style === 'next-gen',
    avatarUrls: avatarUrls(`${links.site}/images/avatars/project`),
  };
}

/** A user as it stands in issues, comments and changelogs. */
export function presentUser(account: Account, links: Links) {
  return {
    self: `${links.rest}/user?accountId=${account.accountId}`,
    accountId: account.accountId,
    ...(account.closed ? {} : { emailAddress: account.emailAddress, timeZone: account.timeZone }),
    avatarUrls: avatarUrls(`${links.site}/images/avatars/user`),
    displayName: account.closed ? 'Former user' : account.displayName,
    active: account.active !== false,
    accountType: account.kind ?? 'atlassian',
  };
}
