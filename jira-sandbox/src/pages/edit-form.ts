import { adfText, textDocument } from '../issues/adf.ts';
import { editIssue, type IssueEdit } from '../issues/edit-issue.ts';
import { projectOf, statusById } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { editScreenOf } from '../issues/screens.ts';
import { isReadOnly } from '../workflows/find-transition.ts';
import type { Account, AdfDocument, Issue, Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { type Found, pathOf } from './issue-actions.ts';
import type { Visit } from './visit.ts';

/** The form "Edit" with what is on the edit screen of the issue's type, or why the issue cannot be edited. */
export function editPart(account: Account, site: Site, issue: Issue): Html {
  const reason = readOnlyReason(account, site, issue);
  const content = reason ? html`<p class="subtle">${reason}</p>` : editForm(site, issue);
  return html`<section class="card" aria-labelledby="edit"><h2 id="edit">Edit</h2>${content}</section>`;
}

function readOnlyReason(account: Account, site: Site, issue: Issue): string | null {
  const project = projectOf(site, issue);
  if (!hasPermission(account, 'EDIT_ISSUES', project)) {
    return `${account.displayName} may not edit issues of ${project.key}.`;
  }
  return isReadOnly(project, issue)
    ? `Issues in ${statusById(site, issue.statusId).name} cannot be edited.`
    : null;
}

function editForm(site: Site, issue: Issue): Html {
  const project = projectOf(site, issue);
  const priorities = site.priorities.filter((one) => project.priorityIds.includes(one.id));
  const fields: Record<string, () => Html> = {
    summary: () => html`<div class="field"><label for="summary">Summary</label>
      <input id="summary" name="summary" required maxlength="255" value="${issue.summary}"></div>`,
    description: () => html`<div class="field"><label for="new-description">Description</label>
      <textarea id="new-description" name="description">${adfText(issue.description)}</textarea></div>`,
    priority: () => html`<div class="field"><label for="priority">Priority</label>
      <select id="priority" name="priority">
        ${issue.priorityId === null ? html`<option value="" selected>None</option>` : null}
        ${priorities.map(
          (one) =>
            html`<option value="${one.id}"${one.id === issue.priorityId ? html` selected` : null}>${one.name}</option>`,
        )}
      </select></div>`,
    labels: () => html`<div class="field"><label for="labels">Labels, with spaces between</label>
      <input id="labels" name="labels" value="${issue.labels.join(' ')}"></div>`,
  };
  const screen = editScreenOf(project, issue.issueTypeId);
  const shown = Object.entries(fields).filter(([id]) => screen.includes(id));
  return html`<form method="post" action="${pathOf(site, issue)}/edit">
    ${shown.map(([, field]) => field())}
    <button type="submit">Save</button></form>`;
}

/** Saves what the form has and the edit screen allows. */
export function editFromPage(visit: Visit, { site, issue }: Found): void {
  const { account, sandbox } = visit;
  const reason = readOnlyReason(account, site, issue);
  if (reason) {
    visit.done(pathOf(site, issue), reason);
    return;
  }
  const change = editIssue(sandbox, site, issue, wantedEdit(visit.form, site, issue), account.accountId);
  visit.done(pathOf(site, issue), change ? `${issue.key} was saved.` : 'Nothing was changed.');
}

function wantedEdit(form: Record<string, string>, site: Site, issue: Issue): IssueEdit {
  const { summary = '', description, priority, labels } = form;
  const read: IssueEdit = {
    summary: summary.replace(/\s+/g, ' ').trim() || issue.summary,
    description: description === undefined ? undefined : newDescription(description, issue.description),
    priorityId: site.priorities.find((one) => one.id === priority)?.id,
    labels: labels === undefined ? undefined : [...new Set(labels.split(/\s+/).filter(Boolean))],
  };
  const screen = editScreenOf(projectOf(site, issue), issue.issueTypeId);
  const ids = { summary: 'summary', description: 'description', priorityId: 'priority', labels: 'labels' };
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) =>
      screen.includes(id) ? [[name, Reflect.get(read, name)]] : [],
    ),
  );
}

/** A text that nobody touched keeps its looks, which the form does not show. */
function newDescription(text: string, before: AdfDocument | null): AdfDocument | null {
  const wanted = text.replace(/\r\n/g, '\n').trim();
  if (wanted === adfText(before).trim()) return before;
  return wanted === '' ? null : textDocument(wanted);
}
