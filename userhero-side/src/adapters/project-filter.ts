/** A Jira project as a filter may name it. */
export type NamedProject = { id: string; key: string | null };

/** The JQL of a webhook that covers these projects; by id, since keys change, unless Jira wants keys. */
export function projectFilter(projects: readonly NamedProject[], by: 'id' | 'key'): string {
  // A key may be a reserved word of JQL, so it is quoted.
  const names = projects.map(({ id, key }) => (by === 'key' && key !== null ? `"${key}"` : id));
  return `project in (${names.join(', ')})`;
}

/**
 * The ids and keys of a filter that says nothing but which projects, however it is written: Atlassian does not promise
 * to give a filter back as it was registered. `null` when the filter says something else.
 */
export function projectsOfFilter(jql: string): string[] | null {
  const names: string[] = [];
  for (const part of jql.split(/\bOR\b/i)) {
    const list = clausePattern.exec(part)?.groups?.list;
    if (list === undefined) return null;
    for (const value of list.split(',')) {
      const name = valuePattern.exec(value)?.groups?.name;
      if (name === undefined) return null;
      names.push(name.toUpperCase());
    }
  }
  return names;
}

/** No two neighbours take the same character, so that a long filter costs no more than its length. */
const clausePattern = /^[\s(]*"?project"?\s*(?:=|\bin\b)(?:\s*\()?(?<list>[^()]*)(?:\)[\s)]*)?$/i;
const valuePattern = /^\s*(?<quote>["']?)(?<name>[\w-]+)\k<quote>\s*$/;

/** Whether a filter covers the project. */
export function coversProject(jql: string, project: NamedProject): boolean {
  return projectsOfFilter(jql)?.some((name) => names(project, name)) ?? false;
}

/** Whether a filter covers these projects and no other. */
export function coversExactly(jql: string, projects: readonly NamedProject[]): boolean {
  const found = projectsOfFilter(jql);
  if (found === null) return false;
  return (
    found.every((name) => projects.some((project) => names(project, name))) &&
    projects.every((project) => found.some((name) => names(project, name)))
  );
}

function names({ id, key }: NamedProject, name: string): boolean {
  return name === id || name === key?.toUpperCase();
}
