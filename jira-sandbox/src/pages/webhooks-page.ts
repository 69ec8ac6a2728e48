import { randomUUID } from 'node:crypto';
import { filterProblem } from '../jql/read-filter.ts';
import { usersOfWebhook } from '../webhooks/post-function.ts';
import type { Site, WebhookEventName } from '../world.ts';
import { deliveryTable } from './delivery-table.ts';
import { type Html, html } from './html.ts';
import { lozenge, moment } from './layout.ts';
import { refusesMember, showMissing, type Visit } from './visit.ts';
import { hasPostFunctions } from './workflow-page.ts';

const eventNames: [WebhookEventName, string][] = [
  ['jira:issue_created', 'Issue created'],
  ['jira:issue_updated', 'Issue updated'],
  ['jira:issue_deleted', 'Issue deleted'],
  ['comment_created', 'Comment created'],
];

/** Settings → System → WebHooks, with the fields of Jira Cloud's own form: there is none for headers. */
export function showWebhooks(visit: Visit, problem?: string): void {
  const { site } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  if (refusesMember(visit)) return;
  const deliveries = visit.sandbox.world.deliveries.filter((one) => one.siteSlug === site.slug);
  visit.show(
    'WebHooks',
    html`<p class="crumbs"><a href="/s/${site.slug}">${site.name}</a> / Settings / System</p>
      <h1>WebHooks</h1>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : null}
      ${webhookList(site)}
      ${createForm(visit, site)}
      <p>A workflow’s post function can send a webhook too:
        ${site.projects.filter(hasPostFunctions).map((one, index) => html`${index > 0 ? ', ' : ''}<a href="/s/${site.slug}/projects/${one.key}/workflow">${one.key}</a>`)}</p>
      ${registeredList(site)}
      <h2>Last deliveries</h2>
      ${deliveryTable(deliveries.slice(-20).reverse())}`,
    { status: problem ? 400 : 200 },
  );
}

function webhookList(site: Site): Html {
  if (site.webhooks.length === 0) return html`<p class="subtle">There are no webhooks yet.</p>`;
  return html`<ul class="tiles">${site.webhooks.map((one) => {
    const path = `/s/${site.slug}/settings/webhooks/${one.id}`;
    return html`<li><div class="card">
      <h2>${one.name}</h2>
      <p>${lozenge(one.enabled ? 'Enabled' : 'Disabled', one.enabled ? 'done' : 'new')} ${one.secret ? 'Signed with a secret' : 'No secret'}</p>
      <p><code>${one.url}</code></p>
      <p class="subtle">${one.events.join(', ') || 'No events'}${usersText(site, one.id)}${one.jqlFilter ? html`<br>JQL: ${one.jqlFilter}` : null}</p>
      <div class="buttons">
        <form method="post" action="${path}/toggle"><button type="submit" aria-label="${one.enabled ? 'Disable' : 'Enable'} ${one.name}">${one.enabled ? 'Disable' : 'Enable'}</button></form>
        <form method="post" action="${path}/delete"><button class="danger" type="submit" aria-label="Delete ${one.name}">Delete</button></form>
      </div></div></li>`;
  })}</ul>`;
}

/** The transitions that trigger it; without events it is sent by those alone. */
function usersText(site: Site, webhookId: string): Html | null {
  const users = usersOfWebhook(site, webhookId);
  if (users.length === 0) return null;
  return html`<br>Triggered by ${users.map(({ project, transition }) => `${project.key}: ${transition.name}`).join(', ')}`;
}

function createForm(visit: Visit, site: Site): Html {
  const { form } = visit;
  return html`<section class="card" aria-labelledby="create"><h2 id="create">Create a WebHook</h2>
    <form method="post" action="/s/${site.slug}/settings/webhooks">
      <div class="field"><label for="name">Name</label><input id="name" name="name" required value="${form.name ?? ''}"></div>
      <div class="field"><label for="url">URL</label><input id="url" name="url" type="url" required value="${form.url ?? ''}"></div>
      <div class="field"><label for="secret">Secret</label><input id="secret" name="secret" autocomplete="off" value="${form.secret ?? ''}"></div>
      <fieldset><legend>Events</legend>${eventNames.map(
        ([name, label]) => html`<div class="choice">
          <input type="checkbox" id="event-${name}" name="events" value="${name}"${name === 'jira:issue_updated' ? html` checked` : null}>
          <label for="event-${name}">${label}</label></div>`,
      )}</fieldset>
      <div class="field"><label for="jql">JQL filter</label><input id="jql" name="jql" placeholder="project = SHOP" value="${form.jql ?? ''}"></div>
      <button class="primary" type="submit">Create</button>
    </form></section>`;
}

function registeredList(site: Site): Html | null {
  if (site.dynamicWebhooks.length === 0) return null;
  return html`<h2>Registered by apps</h2><ul>${site.dynamicWebhooks.map(
    (one) =>
      html`<li>${one.events.join(', ')} to <code>${one.url}</code> for ${one.jqlFilter}, until ${moment(one.expiresAt)}</li>`,
  )}</ul>`;
}

/** Creates a webhook from the form. */
export function createWebhook(visit: Visit): void {
  const { site, form } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  if (refusesMember(visit)) return;
  const url = (form.url ?? '').trim();
  if (!URL.canParse(url)) {
    showWebhooks(visit, 'The URL is not valid.');
    return;
  }
  const events = eventNames.map(([name]) => name).filter((name) => visit.all('events').includes(name));
  const jqlFilter = (form.jql ?? '').trim();
  const problem = jqlFilter ? filterProblem(site, jqlFilter, null) : null;
  if (problem) {
    showWebhooks(visit, problem);
    return;
  }
  const name = (form.name ?? '').trim() || 'WebHook';
  const secret = (form.secret ?? '').trim();
  site.webhooks.push({ id: randomUUID(), name, url, secret, events, jqlFilter, enabled: true });
  visit.sandbox.save();
  visit.done(`/s/${site.slug}/settings/webhooks`, `${name} was created.`);
}

/** Enables, disables or deletes a webhook. */
export function changeWebhook(visit: Visit, action: 'toggle' | 'delete'): void {
  const { site } = visit;
  const webhook = site?.webhooks.find((one) => one.id === visit.params.id);
  if (!site || !webhook) {
    showMissing(visit, 'This webhook');
    return;
  }
  if (refusesMember(visit)) return;
  if (action === 'delete' && usersOfWebhook(site, webhook.id).length > 0) {
    showWebhooks(visit, 'A workflow’s post function uses this webhook. Remove it there first.');
    return;
  }
  if (action === 'toggle') webhook.enabled = !webhook.enabled;
  else site.webhooks = site.webhooks.filter((one) => one !== webhook);
  visit.sandbox.save();
  const verb = action === 'delete' ? 'deleted' : webhook.enabled ? 'enabled' : 'disabled';
  visit.done(`/s/${site.slug}/settings/webhooks`, `${webhook.name} was ${verb}.`);
}
