import { randomUUID } from 'node:crypto';
import { choiceSettings } from '../control/choice-settings.ts';
import { faultPresets } from '../faults/fault-presets.ts';
import type { FaultRule } from '../faults/fault-rule.ts';
import { forgeSettingsPart } from '../forge-host/forge-settings-page.ts';
import { limitPart } from '../limits/limit-controls.ts';
import { personalDataPart } from '../personal-data/personal-data-controls.ts';
import type { Settings } from '../world.ts';
import { deliveryPart } from './delivery-controls.ts';
import { deliveryTable } from './delivery-table.ts';
import { type Html, html } from './html.ts';
import { showMissing, type Visit } from './visit.ts';

type NumberSetting = {
  [Name in keyof Settings]: number extends Settings[Name] ? Name : never;
}[keyof Settings];

const settingFields: [NumberSetting, string][] = [
  ['searchLagMs', 'Search follows after (ms)'],
  ['accessTokenSeconds', 'Access token lives (s)'],
  ['reuseIntervalSeconds', 'Refresh token reuse interval (s)'],
  ['retryBaseMs', 'First webhook retry after (ms)'],
  ['deliveryDelayMs', 'Everything Jira sends is late by (ms)'],
  ['deliveryDuplicates', 'Share of webhooks sent twice (0 to 1)'],
  ['deliveryReorderWindow', 'Webhooks shuffled in groups of'],
];

/** Faults, settings, validation and deliveries of the sandbox itself; Jira has no such page. */
export function showControls(visit: Visit): void {
  const { world, validator, calls, forge } = visit.sandbox;
  visit.show(
    'Sandbox controls',
    html`<h1>Sandbox controls</h1>
      <p class="subtle">What a real Jira does on a bad day, on demand.</p>
      <section class="card" aria-labelledby="sites"><h2 id="sites">Sites</h2>
        <p>Permissions, projects, statuses and addresses, changed while UserHero is connected.</p>
        <ul>${world.sites.map((one) => html`<li><a href="/controls/sites/${one.slug}">Change ${one.name}</a></li>`)}</ul></section>
      <section class="card" aria-labelledby="faults"><h2 id="faults">Faults</h2>${faultPart(world.faults)}</section>
      <section class="card" aria-labelledby="limits"><h2 id="limits">Limits</h2>${limitPart(visit)}</section>
      <section class="card" aria-labelledby="settings"><h2 id="settings">Settings</h2>${settingsPart(world.settings)}</section>
      <section class="card" aria-labelledby="sending"><h2 id="sending">Sending</h2>${deliveryPart(visit)}</section>
      ${forge ? html`<section class="card" aria-labelledby="forge"><h2 id="forge">Forge</h2>${forgeSettingsPart(forge.host)}</section>` : null}
      <section class="card" aria-labelledby="people"><h2 id="people">Accounts and personal data</h2>${personalDataPart(visit.sandbox)}</section>
      <section class="card" aria-labelledby="truth"><h2 id="truth">Validation against Atlassian’s document</h2>
        ${validationPart(validator.report())}</section>
      <section class="card" aria-labelledby="calls"><h2 id="calls">Calls</h2>
        ${calls.size === 0 ? html`<p class="subtle">None yet.</p>` : html`<dl>${[...calls].map(([id, count]) => html`<dt>${count}</dt><dd>${id}</dd>`)}</dl>`}
      </section>
      <section aria-labelledby="deliveries"><h2 id="deliveries">Deliveries</h2>
        ${deliveryTable(world.deliveries.slice(-50).reverse())}</section>`,
  );
}

function faultPart(faults: FaultRule[]): Html {
  return html`
    <ul>${faults.map(
      (one) => html`<li>${describe(one)}
        <form method="post" action="/controls/faults/${one.id}/delete"><button type="submit" aria-label="Remove fault: ${describe(one)}">Remove</button></form></li>`,
    )}</ul>
    <form method="post" action="/controls/faults"><div class="field"><label for="preset">New fault</label>
      <select id="preset" name="preset">${faultPresets.map((one) => html`<option value="${one.id}">${one.label}</option>`)}</select></div>
      <button type="submit">Add fault</button></form>`;
}

function describe(rule: FaultRule): string {
  const what = rule.kind === 'status' ? `status ${rule.status}` : rule.kind.replaceAll('_', ' ');
  const where = [rule.match.method, rule.match.pathIncludes, rule.match.cloudId].filter(Boolean).join(' ');
  const left = rule.remaining === undefined ? '' : `, ${rule.remaining} left`;
  return `${what} on ${where || 'every call'}${left}, hit ${rule.hits} times`;
}

function settingsPart(settings: Settings): Html {
  return html`<form method="post" action="/controls/settings">${settingFields.map(
    ([name, label]) => html`<div class="field"><label for="${name}">${label}</label>
      <input id="${name}" name="${name}" type="number" min="0" step="any" value="${settings[name]}"></div>`,
  )}${choiceSettings.map(
    ({ name, label, values }) => html`<div class="field"><label for="${name}">${label}</label>
      <select id="${name}" name="${name}">${values.map(
        (value) =>
          html`<option value="${String(value)}"${value === settings[name] ? html` selected` : null}>${String(value)}</option>`,
      )}</select></div>`,
  )}<button type="submit">Save settings</button></form>`;
}

function validationPart(report: ReturnType<Visit['sandbox']['validator']['report']>): Html {
  if (!report.enabled) return html`<p>The document is not there, so nothing is validated.</p>`;
  return html`<p>${report.requests} requests and ${report.responses} responses, ${report.failures.length} failures kept.</p>
    <ul>${report.failures.map((one) => html`<li>${one.direction} of ${one.operation}: ${one.problem}</li>`)}</ul>`;
}

/** Adds one of the prepared faults. */
export function addFault(visit: Visit): void {
  const preset = faultPresets.find((one) => one.id === visit.form.preset);
  if (!preset) {
    showMissing(visit, 'This fault');
    return;
  }
  visit.sandbox.world.faults.push({ ...structuredClone(preset.rule), id: randomUUID(), hits: 0 });
  visit.sandbox.save();
  visit.done('/controls', `Added: ${preset.label}.`);
}

/** Removes a fault. */
export function removeFault(visit: Visit): void {
  const { world, save } = visit.sandbox;
  world.faults = world.faults.filter((one) => one.id !== visit.params.id);
  save();
  visit.done('/controls', 'The fault was removed.');
}

/** Saves the settings of the form; what is no number, or none of the choices, stays as it was. */
export function saveSettings(visit: Visit): void {
  const { world, save } = visit.sandbox;
  for (const [name] of settingFields) {
    const value = Number(visit.form[name]);
    if (visit.form[name] !== '' && Number.isFinite(value) && value >= 0) world.settings[name] = value;
  }
  for (const { name, values } of choiceSettings) {
    const chosen = values.find((value) => String(value) === visit.form[name]);
    if (chosen !== undefined) Object.assign(world.settings, { [name]: chosen });
  }
  save();
  visit.done('/controls', 'The settings were saved.');
}

/** Sends a delivery again. */
export function repeatDelivery(visit: Visit): void {
  const delivery = visit.sandbox.world.deliveries.find((one) => one.id === visit.params.id);
  if (!delivery) {
    showMissing(visit, 'This delivery');
    return;
  }
  visit.sandbox.queue.repeat(delivery);
  visit.done('/controls', `${delivery.event} of ${delivery.issueKey} was sent again.`);
}
