import { z } from 'zod';
import { ControlProblem } from '../control/read-wanted.ts';
import type { ControlField, WorldControl } from '../control/world-control.ts';
import { worldControls } from '../control/world-controls.ts';
import type { Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { showMissing, type Visit } from './visit.ts';

/** What an administrator changes in a real site; here without asking who does it. */
export function showWorld(visit: Visit): void {
  const { site } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  visit.show(
    `Change ${site.name}`,
    html`<h1>Change ${site.name}</h1>
      <p class="subtle">What an administrator does to a site while UserHero is connected to it.</p>
      ${worldControls.map((one) => controlPart(visit, site, one))}`,
  );
}

function controlPart(visit: Visit, site: Site, control: WorldControl): Html {
  const { name, title, about } = control;
  const now = control.now(visit.sandbox, site);
  return html`<section class="card" aria-labelledby="${name}"><h2 id="${name}">${title}</h2>
    <p>${about}</p>
    ${now.length > 0 ? html`<ul>${now.map((line) => html`<li>${line}</li>`)}</ul>` : null}
    <form method="post" action="/controls/sites/${site.slug}/${name}" aria-labelledby="${name}">
      ${control.fields(visit.sandbox, site).map((field) => fieldPart(name, field))}
      <button type="submit">Change</button>
    </form></section>`;
}

/** A field of a control's form; `form` makes its id unique on the page. */
export function fieldPart(form: string, { name, label, choices }: ControlField): Html {
  const id = `${form}-${name}`;
  const input = choices
    ? html`<select id="${id}" name="${name}">${choices.map(
        ({ text, value }) => html`<option value="${JSON.stringify(value) ?? ''}">${text}</option>`,
      )}</select>`
    : html`<input id="${id}" name="${name}">`;
  return html`<div class="field"><label for="${id}">${label}</label>${input}</div>`;
}

/** Carries out a control from its form; what cannot be done is said on the page. */
export function changeWorld(visit: Visit): void {
  const { site, sandbox } = visit;
  const control = worldControls.find((one) => one.name === visit.params.control);
  if (!site || !control) {
    showMissing(visit, 'This control');
    return;
  }
  const wish = readForm(control.fields(sandbox, site), visit.form);
  const { note } = carryOut(() => control.change(sandbox, { site: site.slug, ...wish }));
  // The site's name in addresses may be another one now.
  visit.done(`/controls/sites/${site.slug}`, note);
}

/** Carries a change out, or says in its note why it was not. */
export function carryOut(change: () => { note: string }): { note: string } {
  try {
    return change();
  } catch (error) {
    if (error instanceof ControlProblem) return { note: `${error.message}.` };
    if (error instanceof z.ZodError) return { note: `Nothing was changed. ${z.prettifyError(error)}` };
    throw error;
  }
}

/** The wish of a form: a choice as the value that it stands for, a text as it is, nothing where it is empty. */
export function readForm(fields: ControlField[], form: Record<string, string>): Record<string, unknown> {
  const values = fields.map(({ name, choices }) => {
    const text = (form[name] ?? '').trim();
    if (text === '') return [name, undefined];
    const chosen = choices?.find(({ value }) => JSON.stringify(value) === text);
    return [name, choices ? chosen?.value : text];
  });
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
