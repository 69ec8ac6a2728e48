import { projectTabs } from '../forge-host/forge-pages.ts';
import { addIssue } from '../issues/add-issue.ts';
import { findProject, issueTypeById, priorityById, statusById, statusesOf } from '../issues/find.ts';
import { canBrowse, canSee } from '../issues/permissions.ts';
import { usualPriority } from '../issues/screens.ts';
import { offeredTransitions } from '../workflows/offered-transitions.ts';
import type { Issue, Project, Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { showMissing, type Visit } from './visit.ts';

/** A column for each status; a card moves by its "Move to" list, which offers what the workflow allows. */
export function showBoard(visit: Visit): void {
  const found = projectOfVisit(visit);
  if (!found) {
    showMissing(visit, 'This project');
    return;
  }
  const { site, project } = found;
  const issues = Object.values(site.issues).filter(
    (one) => one.projectId === project.id && canSee(visit.account, site, one),
  );
  visit.show(
    `${project.key} board`,
    html`<p class="crumbs"><a href="/s/${site.slug}">Projects</a> / ${project.name}</p>
      ${projectTabs(visit, site, project, 'board')}
      <h1>${project.key} board</h1>
      ${createForm(site, project)}
      <div class="board" role="group" aria-label="Columns" tabindex="0">
        ${statusesOf(site, project).map((status) => {
          const here = issues.filter((one) => one.statusId === status.id);
          return html`<section class="column" aria-labelledby="status-${status.id}">
            <h2 id="status-${status.id}">${status.name} <span>${here.length}</span></h2>
            <ul>${here.map((issue) => html`<li class="issue" data-issue="${issue.key}">${card(visit, site, issue)}</li>`)}</ul>
          </section>`;
        })}
      </div>`,
    { live: true },
  );
}

function createForm(site: Site, project: Project): Html {
  return html`<details class="card"><summary>Create issue</summary>
    <form method="post" action="/s/${site.slug}/projects/${project.key}/issues">
      <div class="field"><label for="new-summary">Summary</label>
        <input id="new-summary" name="summary" required maxlength="255"></div>
      <div class="field"><label for="new-type">Issue type</label>
        <select id="new-type" name="type">${site.issueTypes
          .filter((one) => project.issueTypeIds.includes(one.id) && !one.subtask)
          .map((one) => html`<option value="${one.id}">${one.name}</option>`)}</select></div>
      <button class="primary" type="submit">Create</button>
    </form></details>`;
}

function card(visit: Visit, site: Site, issue: Issue): Html {
  const priority = priorityById(site, issue.priorityId);
  return html`<p><a href="/s/${site.slug}/browse/${issue.key}">${issue.key}</a> ${issue.summary}</p>
    <p class="meta"><span>${issueTypeById(site, issue.issueTypeId).name}</span><span>${priority?.name ?? 'No priority'}</span></p>
    <form method="post" action="/s/${site.slug}/browse/${issue.key}/move">
      <input type="hidden" name="back" value="board">
      <select name="transition" aria-label="Move ${issue.key} to">
        ${offeredTransitions(site, issue, visit.account).map(
          (one) => html`<option value="${one.id}">${statusById(site, one.to).name}</option>`,
        )}
      </select>
      <button type="submit" aria-label="Move ${issue.key}">Move</button>
    </form>`;
}

/** Creates an issue from the board's form. */
export function createFromBoard(visit: Visit): void {
  const found = projectOfVisit(visit);
  const summary = (visit.form.summary ?? '').trim();
  if (!found || summary === '') {
    showMissing(visit, 'This project');
    return;
  }
  const { site, project } = found;
  const [first = ''] = project.issueTypeIds;
  const issueTypeId = project.issueTypeIds.find((id) => id === visit.form.type) ?? first;
  const issue = addIssue(visit.sandbox, site, {
    project,
    issueTypeId,
    summary,
    description: null,
    priorityId: usualPriority(project, issueTypeId),
    creatorId: visit.account.accountId,
  });
  visit.done(`/s/${site.slug}/projects/${project.key}/board`, `${issue.key} was created.`);
}

function projectOfVisit(visit: Visit): { site: Site; project: Project } | null {
  const { site } = visit;
  const project = site ? findProject(site, visit.params.project ?? '') : undefined;
  return site && project && canBrowse(visit.account, project) ? { site, project } : null;
}
