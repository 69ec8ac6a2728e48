import type { Sandbox } from '../sandbox.ts';
import type { Project, Site } from '../world.ts';

/** Gives a project and its issues another key. Jira sends no event of an issue for it, and old keys still find. */
export function renameKey(sandbox: Sandbox, site: Site, project: Project, key: string): void {
  const former = project.key;
  if (key === former) return;
  project.formerKeys = [...(project.formerKeys ?? []), former].filter((one) => one !== key);
  project.key = key;
  for (const issue of Object.values(site.issues).filter((one) => one.projectId === project.id)) {
    const renamed = `${key}-${issue.key.split('-').at(-1)}`;
    issue.formerKeys = [...issue.formerKeys, issue.key].filter((one) => one !== renamed);
    issue.key = renamed;
  }
  // Rules hold the project, not its key.
  for (const rule of site.rules) if (rule.projectKey === former) rule.projectKey = key;
  sandbox.save();
}
