import type { Issue, Site } from '../../../jira-sandbox/src/world.ts';

const ageMs = 3 * 24 * 60 * 60_000;

/** Adds an issue to a project of the local Jira that nobody has touched for days; no event tells of it. */
export function addOldIssue(site: Site, projectId: string): Issue {
  const project = site.projects.find(({ id }) => id === projectId);
  const model = Object.values(site.issues).find((issue) => issue.projectId === projectId);
  if (!project || !model) throw new Error('no project with an issue');
  const at = Date.now() - ageMs;
  const id = String(site.nextIssueId++);
  const issue: Issue = {
    ...model,
    id,
    key: `${project.key}-${project.nextNumber++}`,
    statusId: project.initialStatusId,
    summary: `Old issue ${id}`,
    formerKeys: [],
    resolvedAt: null,
    createdAt: at,
    updatedAt: at,
    statusChangedAt: at,
    properties: {},
    remoteLinks: [],
    comments: [],
    changes: [],
  };
  site.issues[id] = issue;
  return issue;
}
