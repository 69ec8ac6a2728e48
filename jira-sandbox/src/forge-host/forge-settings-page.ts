import { accountById } from '../issues/find.ts';
import { type Html, html } from '../pages/html.ts';
import { showMissing, type Visit } from '../pages/visit.ts';
import type { Site } from '../world.ts';
import { withdrawConsent } from './consents.ts';
import { type ForgeHost, forgeState } from './forge-host.ts';
import { type ForgeSettings, forgeSettingsSchema, moveChangelogs } from './forge-settings.ts';
import { releaseEvents } from './product-events.ts';

type Switch = { [Name in keyof ForgeSettings]: ForgeSettings[Name] extends boolean ? Name : never };
const switches: [Switch[keyof ForgeSettings], string][] = [
  ['consentNeeded', 'asUser() asks each person for consent first'],
  ['statusHasCategory', 'An event’s status has its category'],
  ['subtaskDeletes', 'Sub-tasks deleted with their parent have events of their own'],
  ['functionTokenHasContext', 'Functions’ tokens have context and principal'],
  ['holdEvents', 'Hold events until they are released'],
];
const numbers: ['eventDelayMs' | 'maxEventBytes', string][] = [
  ['eventDelayMs', 'Forge events are late by (ms, up to 180000)'],
  ['maxEventBytes', 'Forge events over this size are dropped (bytes)'],
];
const moveLabels: Record<ForgeSettings['moveChangelog'], string> = {
  full: 'names project and Key',
  left_out: 'does not name project and Key',
  no_changelog: 'is not there at all',
};

/** The host's settings on the sandbox's page of controls. */
export function forgeSettingsPart(host: ForgeHost): Html {
  const { settings, events } = forgeState(host);
  const held = events.filter((one) => one.held).length;
  return html`<form method="post" action="/controls/forge">
    <fieldset><legend>Played as</legend>${switches.map(
      ([name, label]) => html`<div class="choice">
        <input type="checkbox" id="${name}" name="${name}"${settings[name] ? html` checked` : null}>
        <label for="${name}">${label}</label></div>`,
    )}</fieldset>
    <div class="field"><label for="moveChangelog">The changelog of a move between projects</label>
      <select id="moveChangelog" name="moveChangelog">${moveChangelogs.map(
        (one) =>
          html`<option value="${one}"${one === settings.moveChangelog ? html` selected` : null}>${moveLabels[one]}</option>`,
      )}</select></div>
    <div class="field"><label for="droppedHeaders">Headers that invokeRemote does not hand on, separated by commas</label>
      <input id="droppedHeaders" name="droppedHeaders" value="${settings.droppedHeaders.join(', ')}"></div>
    ${numbers.map(
      ([name, label]) => html`<div class="field"><label for="${name}">${label}</label>
        <input id="${name}" name="${name}" type="number" min="0" value="${settings[name]}"></div>`,
    )}
    <button type="submit">Save Forge settings</button></form>
    <form method="post" action="/controls/forge/release"><button type="submit">Release held events (${held})</button></form>`;
}

/** Saves the form; what is not valid leaves all as it was, and says so. */
export function saveForgeSettings(visit: Visit) {
  const host = visit.sandbox.forge?.host;
  if (!host) return showMissing(visit, 'The Forge host');
  const { form, all } = visit;
  const read = forgeSettingsSchema.safeParse({
    ...Object.fromEntries(switches.map(([name]) => [name, all(name).length > 0])),
    ...Object.fromEntries(numbers.map(([name]) => [name, Number(form[name])])),
    moveChangelog: form.moveChangelog,
    droppedHeaders: (form.droppedHeaders ?? '').split(',').filter((name) => name.trim() !== ''),
  });
  if (read.success) Object.assign(forgeState(host).settings, read.data);
  visit.sandbox.save();
  visit.done(
    '/controls',
    read.success ? 'The Forge settings were saved.' : 'Not saved: a number is out of range.',
  );
}

/** Delivers what was held. */
export function releaseForgeEvents(visit: Visit) {
  const host = visit.sandbox.forge?.host;
  if (!host) return showMissing(visit, 'The Forge host');
  visit.done('/controls', `${releaseEvents(host)} held events go out now.`);
}

/** Who lets the app act for them on a site, with a button to take it back. */
export function consentsPart(visit: Visit, host: ForgeHost, site: Site): Html | null {
  const consents = forgeState(host).consents.filter((one) => one.siteSlug === site.slug);
  if (consents.length === 0) return null;
  return html`<h2>Acts on behalf of</h2><ul>${consents.map((one) => {
    const { displayName } = accountById(visit.sandbox.world, one.accountId);
    return html`<li>${displayName}
      <form method="post" action="/s/${site.slug}/apps/withdraw"><input type="hidden" name="account" value="${one.accountId}">
        <button type="submit" aria-label="Withdraw the consent of ${displayName}">Withdraw</button></form></li>`;
  })}</ul>`;
}

/** Takes a consent back. */
export function withdrawFromPage(visit: Visit) {
  const host = visit.sandbox.forge?.host;
  if (!visit.site || !host) return showMissing(visit, 'This app');
  withdrawConsent(host, visit.site, visit.form.account ?? '');
  visit.done(`/s/${visit.site.slug}/apps`, 'The consent was withdrawn.');
}
