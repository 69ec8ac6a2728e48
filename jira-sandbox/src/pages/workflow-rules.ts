import { transitionControls, transitionRules } from '../control/transition-controls.ts';
import { findProject, statusById } from '../issues/find.ts';
import type { Transition, Workflow } from '../workflows/workflow.ts';
import type { Project, Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { refusesMember, showMissing, type Visit } from './visit.ts';
import { carryOut, fieldPart, readForm } from './world-page.ts';

/** The rules of a transition, and the form that switches them; what it leaves alone stays. */
export function rulesPart(
  visit: Visit,
  site: Site,
  project: Project,
  workflow: Workflow,
  one: Transition,
): Html {
  const typeId = typeOf(project, workflow);
  const rules = transitionRules(site, one);
  const form = `rules-${typeId}-${one.id}`;
  return html`${rules.length > 0 ? html`<ul>${rules.map((line) => html`<li>${line}</li>`)}</ul>` : html`<p class="subtle">None.</p>`}
    <details><summary>Change the rules of ${one.name}</summary>
    <form method="post" action="/s/${site.slug}/projects/${project.key}/workflow/rules">
      <input type="hidden" name="transition" value="${one.id}"><input type="hidden" name="issueType" value="${typeId}">
      ${ruleFields(visit, site).map((field) => fieldPart(form, field))}
      <button type="submit">Save rules</button></form></details>`;
}

/** The statuses of a workflow that make an issue read-only, in words. */
export function readOnlyPart(site: Site, { readOnlyStatusIds = [] }: Workflow): Html {
  const names = readOnlyStatusIds.map((id) => statusById(site, id).name).join(', ');
  return html`<p>Read-only statuses: ${names || 'none'}
    (<a href="/controls/sites/${site.slug}#read-only">change</a>).</p>`;
}

/** Saves the rules of a transition from its form. */
export function saveRules(visit: Visit): void {
  const { site, sandbox, form } = visit;
  const project = site ? findProject(site, visit.params.project ?? '') : undefined;
  const [control] = transitionControls;
  if (!site || !project || !control) {
    showMissing(visit, 'This workflow');
    return;
  }
  if (refusesMember(visit)) return;
  const { transition, issueType } = form;
  const rules = readForm(ruleFields(visit, site), form);
  const wish = { site: site.slug, project: project.key, transition, issueType, ...rules };
  const { note } = carryOut(() => control.change(sandbox, wish));
  visit.done(`/s/${site.slug}/projects/${project.key}/workflow`, note);
}

/** The fields of the control that are not said by the row itself. */
function ruleFields({ sandbox }: Visit, site: Site) {
  const all = transitionControls.flatMap((one) => one.fields(sandbox, site));
  return all.filter(({ name }) => name !== 'project' && name !== 'transition');
}

/** A type that has this workflow: the control finds the workflow by it. */
function typeOf(project: Project, workflow: Workflow): string {
  const own = project.typeWorkflows ?? [];
  const named = own.find((one) => one === workflow)?.issueTypeIds;
  const taken = own.flatMap((one) => one.issueTypeIds);
  return (named ?? project.issueTypeIds.filter((id) => !taken.includes(id)))[0] ?? '';
}
