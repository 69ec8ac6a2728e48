import { Router } from 'express';
import { ControlProblem } from '../control/read-wanted.ts';
import { type Html, html } from '../pages/html.ts';
import type { Visit } from '../pages/visit.ts';
import type { Sandbox } from '../sandbox.ts';
import { clearLimitCounts } from './limit-counts.ts';
import { limitReport } from './limit-report.ts';
import { type LimitSettings, limitChoices, limitNumbers, limitShape } from './limit-settings.ts';

/** `/limits`: what is limited and what was counted; a reset begins the counts anew. */
export function limitControls(sandbox: Sandbox): Router {
  const router = Router();
  router.get('/limits', (_request, response) => {
    response.json(limitReport(sandbox));
  });
  router.post('/limits', (request, response) => {
    changeLimits(sandbox, limitShape.parse(request.body));
    response.json(limitReport(sandbox));
  });
  router.delete('/limits', (_request, response) => {
    clearLimitCounts(sandbox.limitCounts);
    response.status(204).end();
  });
  return router;
}

function changeLimits(sandbox: Sandbox, wanted: Partial<LimitSettings>): void {
  const { world } = sandbox;
  const unknown = wanted.sitesWithPool?.find((slug) => !world.sites.some((one) => one.slug === slug));
  if (unknown !== undefined) throw new ControlProblem(`There is no site ${unknown}`);
  Object.assign(world.limits, wanted);
  sandbox.save();
}

/** The same on the page of controls: points used, refusals, and the settings. */
export function limitPart(visit: Visit): Html {
  const { settings, pools, window, byOperation, refused } = limitReport(visit.sandbox);
  const { sites } = visit.sandbox.world;
  const counted = Object.entries(byOperation).sort(([, left], [, right]) => right.points - left.points);
  return html`<p>A window ends at ${new Date(window.end).toISOString()} by the clock of the limits.</p>
    <ul>${pools.map(
      ({ app, site, used, points, left }) =>
        html`<li>${app}${site ? ` on ${site}` : ', all sites'}: ${used} of ${points} points used, ${left} left</li>`,
    )}${Object.entries(refused).map(([reason, count]) => html`<li>${count} refused: ${reason}</li>`)}</ul>
    ${counted.length === 0 ? null : html`<dl>${counted.map(([id, one]) => html`<dt>${one.points}</dt><dd>${id}, ${one.calls} calls</dd>`)}</dl>`}
    <form method="post" action="/controls/limits">${limitNumbers.map(
      ({ name, label }) => html`<div class="field"><label for="${name}">${label}</label>
      <input id="${name}" name="${name}" type="number" step="any" value="${settings[name]}"></div>`,
    )}${limitChoices.map(
      ({ name, label, values }) => html`<div class="field"><label for="${name}">${label}</label>
      <select id="${name}" name="${name}">${values.map(
        (value) =>
          html`<option value="${value}"${value === settings[name] ? html` selected` : null}>${value}</option>`,
      )}</select></div>`,
    )}${sites.map(
      ({
        slug,
        name,
      }) => html`<div class="choice"><input type="checkbox" id="pool-${slug}" name="sitesWithPool" value="${slug}"${settings.sitesWithPool.includes(slug) ? html` checked` : null}>
      <label for="pool-${slug}">${name} has a pool of its own</label></div>`,
    )}<button type="submit">Save limits</button></form>
    <form method="post" action="/controls/limits/reset"><button type="submit">Count anew</button></form>`;
}

/** Saves the form; what is no number, or too small a one, stays as it was. */
export function saveLimits(visit: Visit): void {
  const { form, sandbox } = visit;
  const number = (text: string | undefined) => (text?.trim() ? Number(text) : undefined);
  const read: Record<string, unknown> = {
    ...form,
    ...Object.fromEntries(limitNumbers.map(({ name }) => [name, number(form[name])])),
    sitesWithPool: visit.all('sitesWithPool'),
  };
  const good = Object.entries(limitShape.shape).flatMap(([name, shape]) => {
    const parsed = shape.safeParse(read[name]);
    return parsed.success && parsed.data !== undefined ? [[name, parsed.data]] : [];
  });
  changeLimits(sandbox, Object.fromEntries(good));
  visit.done('/controls', 'The limits were saved.');
}

/** Begins the counts anew. */
export function resetLimits(visit: Visit): void {
  clearLimitCounts(visit.sandbox.limitCounts);
  visit.done('/controls', 'The limits count anew.');
}
