/** What keeps an adapter's Jira project from being synced. */
export type ProjectTrouble = 'not_visible' | 'deleted' | 'archived';

/** The trouble in words: what is the matter, and what to do. */
export type ProjectTroubleText = { message: string; remedy: string };

/** What a stored state of a Jira project means; `null` where nothing is the matter. */
export function projectTrouble(state: string): ProjectTrouble | null {
  return state === 'not_visible' || state === 'deleted' || state === 'archived' ? state : null;
}

/** The trouble in English, the same in a push, at the consent and in the health of an adapter. */
export function projectTroubleText(
  trouble: ProjectTrouble,
  names: { project: string; account: string },
): ProjectTroubleText {
  const project = `the Jira project ${names.project}`;
  switch (trouble) {
    case 'not_visible':
      return {
        message: `The account ${names.account} does not see ${project}.`,
        remedy:
          'Ask a Jira admin to give it access to the project, or reconnect the adapter with an account that has it. Linked items keep their issues.',
      };
    case 'deleted':
      return {
        message: `T${project.slice(1)} was deleted.`,
        remedy:
          'A Jira admin can restore it from the trash for 60 days. Otherwise disconnect the adapter and connect another project.',
      };
    case 'archived':
      return {
        message: `T${project.slice(1)} is archived, so nothing in it can be changed.`,
        remedy: 'Ask a Jira admin to restore the project from the archive.',
      };
  }
}
