import { forgeScripts, issuePanels } from '../forge-host/forge-pages.ts';
import { adfText } from '../issues/adf.ts';
import { valueText } from '../issues/custom-field.ts';
import { fieldName } from '../issues/field-names.ts';
import {
  accountById,
  issueTypeById,
  priorityById,
  projectOf,
  resolutionById,
  statusById,
} from '../issues/find.ts';
import { browsableProjects, hasPermission } from '../issues/permissions.ts';
import { offeredTransitions } from '../workflows/offered-transitions.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { Issue, Project, Site, World } from '../world.ts';
import { adfHtml } from './adf-html.ts';
import { editPart } from './edit-form.ts';
import { type Html, html } from './html.ts';
import { lozenge, moment } from './layout.ts';
import type { Visit } from './visit.ts';

/** The page behind `{site}/browse/{key}`. */
export function showIssue(visit: Visit, site: Site, issue: Issue): void {
  const project = projectOf(site, issue);
  const { world } = visit.sandbox;
  const panels = issuePanels(visit, site, issue);
  visit.show(
    `[${issue.key}] ${issue.summary}`,
    html`<p class="crumbs"><a href="/s/${site.slug}/projects/${project.key}/board">${project.name}</a> / ${issue.key}</p>
      <h1>${issue.summary}</h1>
      <div class="columns">
        <div>
          ${statusPart(visit, site, issue)}
          <section aria-labelledby="description"><h2 id="description">Description</h2>
            <div class="adf">${issue.description ? adfHtml(issue.description) : html`<p class="subtle">None.</p>`}</div>
          </section>
          ${activityPart(world, site, issue)}
        </div>
        <div>
          <section class="card" aria-labelledby="details"><h2 id="details">Details</h2>${detailsPart(world, site, issue)}</section>
          ${panels}
          ${linksPart(issue)}
          ${editPart(visit.account, site, issue)}
          ${furtherPart(visit, site, project, issue)}
        </div>
      </div>`,
    { live: true, scripts: panels.length > 0 ? forgeScripts : [] },
  );
}

function statusPart(visit: Visit, site: Site, issue: Issue): Html {
  const status = statusById(site, issue.statusId);
  const resolution = resolutionById(site, issue.resolutionId);
  const path = `/s/${site.slug}/browse/${issue.key}/move`;
  const offered = offeredTransitions(site, issue, visit.account);
  const asking = offered.filter((one) => one.screen?.includes('resolution'));
  const plain = offered.filter((one) => !asking.includes(one));
  return html`<section aria-labelledby="status"><h2 id="status">Status</h2>
    <p>${lozenge(status.name, status.category)} ${resolution ? html`<span class="subtle">Resolution: ${resolution.name}</span>` : null}</p>
    <form method="post" action="${path}" class="buttons">
      ${plain.map(
        (one) =>
          html`<button type="submit" name="transition" value="${one.id}">Move to ${statusById(site, one.to).name}</button>`,
      )}
    </form>
    ${asking.map((one) => transitionScreen(site, path, one))}</section>`;
}

/** A transition whose screen wants a resolution asks for it before it is taken. */
function transitionScreen(site: Site, path: string, transition: Transition): Html {
  const id = `resolution-${transition.id}`;
  const to = statusById(site, transition.to).name;
  return html`<details class="card"><summary>Move to ${to}…</summary>
    <form method="post" action="${path}">
      <div class="field"><label for="${id}">Resolution for ${to}</label><select id="${id}" name="resolution">
        <option value="">Please select…</option>
        ${site.resolutions.map((one) => html`<option value="${one.id}">${one.name}</option>`)}</select></div>
      <button type="submit" name="transition" value="${transition.id}">Move to ${to}</button>
    </form></details>`;
}

function detailsPart(world: World, site: Site, issue: Issue): Html {
  const name = (id: string | null) => (id ? accountById(world, id).displayName : 'Unassigned');
  const custom = Object.keys(issue.custom)
    .map((id) => ({ id, name: fieldName(site, id) }))
    .filter(({ id }) => issue.custom[id])
    .map((field) => html`<dt>${field.name}</dt><dd>${valueText(world, issue.custom[field.id])}</dd>`);
  return html`<dl>
    <dt>Type</dt><dd>${issueTypeById(site, issue.issueTypeId).name}</dd>
    <dt>Priority</dt><dd>${priorityById(site, issue.priorityId)?.name ?? 'None'}</dd>
    <dt>Assignee</dt><dd>${name(issue.assigneeId)}</dd>
    <dt>Reporter</dt><dd>${name(issue.reporterId)}</dd>
    <dt>Labels</dt><dd>${issue.labels.join(', ') || 'None'}</dd>
    ${custom}
    <dt>Created</dt><dd>${moment(issue.createdAt)}</dd>
    <dt>Updated</dt><dd>${moment(issue.updatedAt)}</dd>
    <dt>Issue id</dt><dd>${issue.id}</dd>
  </dl>`;
}

function linksPart(issue: Issue): Html | null {
  if (issue.remoteLinks.length === 0) return null;
  return html`<section class="card" aria-labelledby="links"><h2 id="links">Web links</h2>
    <ul>${issue.remoteLinks.map(({ object }) =>
      /^https?:/.test(object.url)
        ? html`<li><a href="${object.url}">${object.title}</a></li>`
        : html`<li>${object.title}</li>`,
    )}</ul></section>`;
}

function furtherPart(visit: Visit, site: Site, project: Project, issue: Issue): Html {
  const others = browsableProjects(site, visit.account).filter((one) => one.id !== project.id);
  const mayDelete = hasPermission(visit.account, 'DELETE_ISSUES', project);
  const path = `/s/${site.slug}/browse/${issue.key}`;
  return html`<section class="card" aria-labelledby="further"><h2 id="further">More</h2>
    <form method="post" action="${path}/move-project">
      <div class="field"><label for="target">Move to project</label>
        <select id="target" name="project">${others.map((one) => html`<option value="${one.key}">${one.name}</option>`)}</select></div>
      <button type="submit">Move issue</button>
    </form>
    ${
      mayDelete
        ? html`<details><summary>Delete…</summary>
            <form method="post" action="${path}/delete"><p>This cannot be undone.</p>
            <button class="danger" type="submit">Delete ${issue.key}</button></form></details>`
        : null
    }</section>`;
}

function activityPart(world: World, site: Site, issue: Issue): Html {
  const changes = issue.changes.map((one) => ({
    at: one.at,
    text: html`<strong>${accountById(world, one.authorId).displayName}</strong> ${one.items.map(
      (item) =>
        html`<span>changed ${item.field} from “${item.fromString ?? 'None'}” to “${item.toString ?? 'None'}”. </span>`,
    )}`,
  }));
  const comments = issue.comments.map((one) => ({
    at: one.at,
    text: html`<strong>${accountById(world, one.authorId).displayName}</strong> commented: ${adfText(one.body)}`,
  }));
  const created = {
    at: issue.createdAt,
    text: html`<strong>${accountById(world, issue.creatorId).displayName}</strong> created the issue.`,
  };
  const all = [created, ...changes, ...comments].sort((left, right) => right.at - left.at);
  return html`<section aria-labelledby="activity"><h2 id="activity">Activity</h2>
    <form method="post" action="/s/${site.slug}/browse/${issue.key}/comment">
      <div class="field"><label for="comment">Add a comment</label>
        <textarea id="comment" name="text" required></textarea></div>
      <button type="submit">Comment</button>
    </form>
    <ol class="activity">${all.map((one) => html`<li>${one.text} <span class="subtle">${moment(one.at)}</span></li>`)}</ol>
  </section>`;
}
