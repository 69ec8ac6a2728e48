import type { Project, Site } from '../../jira-sandbox/src/world.ts';

/** Adds a project like the first one to a site of the local Jira, with one issue. */
export function anotherProject(site: Site, n: number): Project | undefined {
  const [model] = site.projects;
  const issue = Object.values(site.issues).find(({ projectId }) => projectId === model?.id);
  if (!model || !issue) return undefined;
  const project = { ...model, id: `2${n}000`, key: `B${n}`, name: `Bench ${n}`, nextNumber: 2 };
  site.projects.push(project);
  // What is added later is made after it.
  const id = String(site.nextIssueId++);
  site.issues[id] = { ...issue, id, key: `${project.key}-1`, projectId: project.id };
  return project;
}
