import { randomUUID } from 'node:crypto';
import {
  changeEvents,
  httpMethods,
  type RuleBody,
  type RuleHeader,
  type RuleTrigger,
  ruleBodies,
  ruleTriggers,
  singleEvents,
} from '../webhooks/automation-rule.ts';
import type { Site } from '../world.ts';
import { type Html, html } from './html.ts';
import { lozenge } from './layout.ts';
import { refusesMember, showMissing, type Visit } from './visit.ts';

const triggers: Record<RuleTrigger, string> = {
  transitioned: 'Work item transitioned',
  field_changed: 'Field value changed',
  updated: 'Work item updated',
  created: 'Work item created',
  moved: 'Work item moved',
  deleted: 'Work item deleted',
  multiple: 'Multiple work item events',
};
const bodies: Record<RuleBody, string> = {
  empty: 'Empty',
  jira: 'Issue data (Jira format)',
  automation: 'Issue data (Automation format)',
  custom: 'Custom data',
};
const headerRows = 3;

/** Automation rules of one shape: when something happens, send a web request with headers. */
export function showRules(visit: Visit, problem?: string): void {
  const { site } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  if (refusesMember(visit)) return;
  visit.show(
    'Automation',
    html`<p class="crumbs"><a href="/s/${site.slug}">${site.name}</a> / Settings</p>
      <h1>Automation</h1>
      <p>Unlike a webhook, the action “Send web request” can send headers, such as <code>Authorization</code>.</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
      ${ruleList(site)}
      ${createForm(site)}`,
    { status: problem ? 400 : 200 },
  );
}

function ruleList(site: Site): Html {
  if (site.rules.length === 0) return html`<p class="subtle">There are no rules yet.</p>`;
  return html`<ul class="tiles">${site.rules.map((one) => {
    const path = `/s/${site.slug}/automation/${one.id}`;
    return html`<li><div class="card"><h2>${one.name}</h2>
      <p>${lozenge(one.enabled ? 'Enabled' : 'Disabled', one.enabled ? 'done' : 'new')}</p>
      <p>When: ${triggers[one.trigger]}${one.trigger === 'field_changed' ? ` (${one.fields.join(', ')})` : ''}${one.projectKey ? ` in ${one.projectKey}` : ''}<br>Then: send web request, ${one.method} to <code>${one.url}</code></p>
      <p class="subtle">${one.headers.map(headerText).join(', ') || 'No headers'}; ${bodies[one.body]}</p>
      <div class="buttons">
        <form method="post" action="${path}/toggle"><button type="submit" aria-label="${one.enabled ? 'Disable' : 'Enable'} ${one.name}">${one.enabled ? 'Disable' : 'Enable'}</button></form>
        <form method="post" action="${path}/delete"><button class="danger" type="submit" aria-label="Delete ${one.name}">Delete</button></form>
      </div></div></li>`;
  })}</ul>`;
}

/** A hidden value stays hidden; the others stand there for every administrator to read. */
function headerText({ name, value, hidden }: RuleHeader): string {
  return `${name}: ${hidden ? '••••••' : value}`;
}

function createForm(site: Site): Html {
  const options = (list: readonly (readonly [string, string])[]) =>
    list.map(([value, label]) => html`<option value="${value}">${label}</option>`);
  const projects: [string, string][] = site.projects.map((one) => [one.key, one.name]);
  return html`<section class="card" aria-labelledby="create"><h2 id="create">Create rule</h2>
    <form method="post" action="/s/${site.slug}/automation">
      <div class="field"><label for="name">Name</label><input id="name" name="name" required></div>
      <div class="field"><label for="trigger">When</label><select id="trigger" name="trigger">${options(Object.entries(triggers))}</select></div>
      <div class="field"><label for="fields">Fields to monitor (for “Field value changed”)</label><input id="fields" name="fields" value="status"></div>
      <fieldset><legend>Events (for “Multiple work item events”)</legend>${singleEvents.map(
        (
          one,
        ) => html`<div class="choice"><input type="checkbox" id="event-${one}" name="events" value="${one}"${changeEvents.includes(one) ? html` checked` : null}>
          <label for="event-${one}">${triggers[one]}</label></div>`,
      )}</fieldset>
      <div class="field"><label for="project">Scope</label><select id="project" name="project">${options([['', 'All projects'], ...projects])}</select></div>
      <h3>Then: Send web request</h3>
      <div class="field"><label for="url">Web request URL</label><input id="url" name="url" type="url" required></div>
      <div class="field"><label for="method">HTTP method</label><select id="method" name="method">${options(httpMethods.map((one) => [one, one]))}</select></div>
      <fieldset><legend>Headers</legend>${Array.from(
        { length: headerRows },
        (_, index) => html`<div class="row">
          <input name="header-name" aria-label="Header ${index + 1} name" placeholder="${index === 0 ? 'Authorization' : 'Name'}">
          <input name="header-value" aria-label="Header ${index + 1} value" placeholder="${index === 0 ? 'Bearer …' : 'Value'}" autocomplete="off">
          <label><input type="checkbox" name="header-hidden" value="${index}" aria-label="Hide header ${index + 1}"> Hidden</label></div>`,
      )}</fieldset>
      <div class="field"><label for="body">Web request body</label><select id="body" name="body">${options(Object.entries(bodies))}</select></div>
      <div class="field"><label for="custom">Custom data (smart values such as <code>{{issue.key}}</code>)</label><textarea id="custom" name="custom" rows="4"></textarea></div>
      <button class="primary" type="submit">Turn on rule</button>
    </form></section>`;
}

/** Creates a rule from the form. */
export function createRule(visit: Visit): void {
  const { site, form } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  if (refusesMember(visit)) return;
  const url = (form.url ?? '').trim();
  if (!URL.canParse(url)) {
    showRules(visit, 'The web request URL is not valid.');
    return;
  }
  const values = visit.all('header-value');
  const hidden = visit.all('header-hidden');
  const headers = visit
    .all('header-name')
    .map((name, index) => ({
      name: name.trim(),
      value: (values[index] ?? '').trim(),
      ...(hidden.includes(String(index)) ? { hidden: true } : {}),
    }))
    .filter((one) => one.name !== '');
  if (headers.some((one) => !/^[\w-]+$/.test(one.name) || /[\r\n]/.test(one.value))) {
    showRules(visit, 'A header name has letters, digits and hyphens only.');
    return;
  }
  const name = (form.name ?? '').trim() || 'Rule';
  site.rules.push({
    id: randomUUID(),
    name,
    trigger: ruleTriggers.find((one) => one === form.trigger) ?? 'transitioned',
    events: singleEvents.filter((one) => visit.all('events').includes(one)),
    fields: (form.fields ?? 'status').split(',').map((one) => one.trim().toLowerCase()),
    projectKey: form.project ?? '',
    url,
    headers,
    method: httpMethods.find((one) => one === form.method) ?? 'POST',
    body: ruleBodies.find((one) => one === form.body) ?? 'empty',
    customData: form.custom ?? '',
    enabled: true,
  });
  visit.sandbox.save();
  visit.done(`/s/${site.slug}/automation`, `${name} is on.`);
}

/** Switches a rule on or off, or deletes it. */
export function changeRule(visit: Visit, action: 'toggle' | 'delete'): void {
  const { site } = visit;
  const rule = site?.rules.find((one) => one.id === visit.params.id);
  if (!site || !rule) {
    showMissing(visit, 'This rule');
    return;
  }
  if (refusesMember(visit)) return;
  if (action === 'toggle') rule.enabled = !rule.enabled;
  else site.rules = site.rules.filter((one) => one !== rule);
  visit.sandbox.save();
  const verb = action === 'delete' ? 'was deleted' : rule.enabled ? 'is on' : 'is off';
  visit.done(`/s/${site.slug}/automation`, `${rule.name} ${verb}.`);
}
