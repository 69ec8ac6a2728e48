/** Styles of what an app draws: Jira's look with the pages' own colours. */
export const forgeStyleSheet = `
.project-tabs { display: flex; flex-wrap: wrap; gap: 4px 20px; border-bottom: 2px solid var(--line); margin: 0 0 20px; }
.project-tabs a { padding: 6px 0; margin-bottom: -2px; color: var(--subtle); font-weight: 500; text-decoration: none; border-bottom: 2px solid transparent; }
.project-tabs a:hover { color: var(--link); }
.project-tabs a[aria-current] { color: var(--link); border-color: var(--link); }
`;
