import { findProject, statusById } from '../issues/find.ts';
import { workflowName } from '../webhooks/post-function.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
import type { Transition, Workflow } from '../workflows/workflow.ts';
import type { Project, Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { refusesMember, showMissing, type Visit } from './visit.ts';
import { readOnlyPart, rulesPart } from './workflow-rules.ts';

/** Only the workflows of company-managed projects have the post function "Trigger a Webhook". */
export function hasPostFunctions(project: Project): boolean {
  return project.style === 'classic';
}

/** A project's workflows: their transitions with their rules, and the webhooks that their post functions trigger. */
export function showWorkflow(visit: Visit, problem?: string): void {
  const found = workflowOf(visit);
  if (!found) return;
  const { site, project } = found;
  visit.show(
    'Workflow',
    html`<p class="crumbs"><a href="/s/${site.slug}">${site.name}</a> /
        <a href="/s/${site.slug}/projects/${project.key}/board">${project.name}</a> / Project settings</p>
      <h1>Workflows of ${project.name}</h1>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
      ${workflowsOf(project).map((one, index) => workflowPart(visit, site, project, one, index))}
      ${hasPostFunctions(project) ? addForm(site, project) : html`<p>A team-managed workflow has no post function “Trigger a Webhook”.</p>`}`,
    { status: problem ? 400 : 200 },
  );
}

function workflowPart(visit: Visit, site: Site, project: Project, workflow: Workflow, index: number): Html {
  const name = workflowName(project, workflow);
  return html`<section aria-labelledby="workflow-${index}"><h2 id="workflow-${index}">${name}</h2>
    ${readOnlyPart(site, workflow)}
    <div class="scroll" tabindex="0" role="group" aria-label="Transitions of ${name}"><table>
      <thead><tr><th scope="col">Transition</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Rules</th><th scope="col">Post functions</th></tr></thead>
      <tbody>${workflow.transitions.map(
        (one) => html`<tr>${whereTo(site, one)}
          <td>${rulesPart(visit, site, project, workflow, one)}</td>
          <td>${webhooksPart(site, project, one)}</td></tr>`,
      )}</tbody></table></div></section>`;
}

function whereTo(site: Site, transition: Transition): Html {
  const name = (id: string) => statusById(site, id).name;
  return html`<td>${transition.name} <span class="subtle">(${transition.id})</span></td>
    <td>${transition.from?.map(name).join(', ') ?? 'Any status'}</td><td>${name(transition.to)}</td>`;
}

function webhooksPart(site: Site, project: Project, transition: Transition): Html {
  const webhooks = site.webhooks.filter((one) => transition.webhookIds?.includes(one.id));
  return html`${webhooks.map(
    (one) => html`<form method="post" action="/s/${site.slug}/projects/${project.key}/workflow/remove">
        <input type="hidden" name="transition" value="${transition.id}"><input type="hidden" name="webhook" value="${one.id}">
        Trigger a Webhook: ${one.name} <button type="submit" aria-label="Remove ${one.name} from ${transition.name}">Remove</button></form>`,
  )}`;
}

function addForm(site: Site, project: Project): Html {
  if (site.webhooks.length === 0) {
    return html`<p>A post function triggers a webhook of <a href="/s/${site.slug}/settings/webhooks">Settings, System, WebHooks</a>. There is none yet.</p>`;
  }
  return html`<section class="card" aria-labelledby="add"><h2 id="add">Add post function: Trigger a Webhook</h2>
    <form method="post" action="/s/${site.slug}/projects/${project.key}/workflow">
      <div class="field"><label for="transition">Transition</label><select id="transition" name="transition">
        <option value="all">Every transition</option>
        ${project.transitions.map((one) => html`<option value="${one.id}">${one.name}</option>`)}</select></div>
      <div class="field"><label for="webhook">Webhook</label><select id="webhook" name="webhook">
        ${site.webhooks.map((one) => html`<option value="${one.id}">${one.name}</option>`)}</select></div>
      <button class="primary" type="submit">Add</button>
    </form></section>`;
}

/** Adds the post function to one transition, or to each. */
export function addPostFunction(visit: Visit): void {
  const found = workflowOf(visit);
  if (!found) return;
  const { site, project } = found;
  const webhook = site.webhooks.find((one) => one.id === visit.form.webhook);
  if (!webhook || !hasPostFunctions(project)) {
    showWorkflow(visit, 'This webhook cannot be triggered here.');
    return;
  }
  const wanted = visit.form.transition;
  for (const one of workflowsOf(project).flatMap(({ transitions }) => transitions)) {
    if (wanted !== 'all' && one.id !== wanted) continue;
    one.webhookIds = [...new Set([...(one.webhookIds ?? []), webhook.id])];
  }
  visit.sandbox.save();
  visit.done(`/s/${site.slug}/projects/${project.key}/workflow`, `The workflow triggers ${webhook.name}.`);
}

/** Takes the post function from a transition. */
export function removePostFunction(visit: Visit): void {
  const found = workflowOf(visit);
  if (!found) return;
  const { site, project } = found;
  const transitions = workflowsOf(project).flatMap((one) => one.transitions);
  for (const transition of transitions.filter((one) => one.id === visit.form.transition))
    transition.webhookIds = transition.webhookIds?.filter((one) => one !== visit.form.webhook);
  visit.sandbox.save();
  visit.done(`/s/${site.slug}/projects/${project.key}/workflow`, 'The post function was removed.');
}

function workflowOf(visit: Visit): { site: Site; project: Project } | null {
  const { site } = visit;
  const project = site ? findProject(site, visit.params.project ?? '') : undefined;
  if (!site || !project) {
    showMissing(visit, 'This workflow');
    return null;
  }
  return refusesMember(visit) ? null : { site, project };
}
