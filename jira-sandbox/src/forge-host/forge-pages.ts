import { accountById, findProject } from '../issues/find.ts';
import { canBrowse } from '../issues/permissions.ts';
import { scopeWords } from '../oauth/scopes.ts';
import { type Html, html } from '../pages/html.ts';
import { moment } from '../pages/layout.ts';
import { refusesMember, showMissing, type Visit } from '../pages/visit.ts';
import type { Issue, Project, Site } from '../world.ts';
import { titleText } from './deployment.ts';
import type { Place } from './extension-context.ts';
import { appName, type ForgeHost, installedApp } from './forge-host.ts';
import { consentsPart } from './forge-settings-page.ts';
import { installApp, uninstallApp } from './installs.ts';
import { scopesOf, type UiModule } from './manifest.ts';

/** The site's installed apps, with what an administrator may do about them. */
export function showApps(visit: Visit) {
  const { site } = visit;
  const host = visit.sandbox.forge?.host ?? null;
  if (!site) return showMissing(visit, 'This site');
  const deployment = host?.source.current() ?? null;
  const content = deployment && host ? appCard(visit, host, site) : null;
  visit.show(
    'Apps',
    html`<h1>Apps of ${site.name}</h1>${
      content ??
      html`<p class="subtle">No app was built here: ${host?.source.problem() ?? 'the Forge host does not run'}.</p>`
    }`,
  );
}

function appCard(visit: Visit, host: ForgeHost, site: Site): Html | null {
  const deployment = host.source.current();
  if (!deployment) return null;
  const installed = installedApp(host, site);
  const since = installed?.installation;
  const { manifest } = deployment;
  const by = since ? accountById(visit.sandbox.world, since.installedBy).displayName : '';
  return html`<section class="card" aria-labelledby="app"><h2 id="app">${appName(deployment)}</h2>
    <dl class="app-facts">
      <dt>State</dt><dd>${since ? html`Installed by ${by}, ${moment(since.installedAt)}` : 'Not installed'}</dd>
      <dt>App id</dt><dd><code>${manifest.app.id}</code></dd>
      ${since ? html`<dt>Installation</dt><dd><code>${since.id}</code></dd>` : null}
      <dt>Version</dt><dd>${deployment.version}, from this repository’s build</dd>
      <dt>May</dt><dd><ul>${scopesOf(manifest).map((one) => html`<li>${scopeWords[one] ?? one} <span class="subtle">(${one})</span></li>`)}</ul></dd>
      <dt>Sends data to</dt><dd>${manifest.remotes.length > 0 ? `${host.remoteUrl} (${manifest.remotes.map((one) => one.key).join(', ')})` : 'Nobody'}</dd>
    </dl>
    <form method="post" action="/s/${site.slug}/apps/${since ? 'uninstall' : 'install'}">
      ${since ? html`<button class="danger" type="submit">Uninstall</button>` : html`<button class="primary" type="submit">Install</button>`}
    </form>${consentsPart(visit, host, site)}</section>`;
}

/** Installs the app from the page. */
export function installFromPage(visit: Visit) {
  const host = visit.sandbox.forge?.host;
  if (!visit.site || !host) return showMissing(visit, 'This app');
  if (refusesMember(visit)) return;
  const done = installApp(host, visit.site, visit.account.accountId);
  visit.done(`/s/${visit.site.slug}/apps`, done ? 'The app was installed.' : 'There is no app to install.');
}

/** Takes the app off from the page. */
export function uninstallFromPage(visit: Visit) {
  const host = visit.sandbox.forge?.host;
  if (!visit.site || !host) return showMissing(visit, 'This app');
  if (refusesMember(visit)) return;
  uninstallApp(host, visit.site);
  visit.done(`/s/${visit.site.slug}/apps`, 'The app was uninstalled.');
}

/** A project's pages: the board, and what the installed app adds. */
export function projectTabs(visit: Visit, site: Site, project: Project, current: string): Html {
  const base = `/s/${site.slug}/projects/${project.key}`;
  const app = visit.sandbox.forge ? installedApp(visit.sandbox.forge.host, site) : null;
  const added = app?.deployment.manifest.modules['jira:projectPage'] ?? [];
  const tab = (key: string, path: string, text: string) =>
    html`<a href="${base}${path}"${key === current ? html` aria-current="page"` : null}>${text}</a>`;
  return html`<nav class="project-tabs" aria-label="Project pages">${tab('board', '/board', 'Board')}${added.map(
    (one) => tab(one.key, `/apps/${one.key}`, app ? moduleTitle(visit, app.deployment, one) : one.key),
  )}</nav>`;
}

type Built = Parameters<typeof titleText>[0];

function moduleTitle(visit: Visit, deployment: Built, module: UiModule): string {
  return titleText(deployment, module.title, visit.locale) || module.key;
}

/** A project page of the installed app, drawn in the browser. */
export function showProjectPage(visit: Visit) {
  const { site, params } = visit;
  const project = site ? findProject(site, params.project ?? '') : undefined;
  const host = visit.sandbox.forge?.host;
  const app = site && host ? installedApp(host, site) : null;
  const module = app?.deployment.manifest.modules['jira:projectPage'].find(
    (one) => one.key === params.module,
  );
  if (!site || !project || !app || !module || !canBrowse(visit.account, project)) {
    return showMissing(visit, 'This page');
  }
  const title = moduleTitle(visit, app.deployment, module);
  visit.show(
    `${title} - ${project.name}`,
    html`<p class="crumbs"><a href="/s/${site.slug}">Projects</a> / <a href="/s/${site.slug}/projects/${project.key}/board">${project.name}</a></p>
      ${projectTabs(visit, site, project, module.key)}
      <h1>${title}</h1>
      ${mount(visit, site, module, { project: project.key }, title)}`,
    { scripts: forgeScripts },
  );
}

/** The scripts of a page with app content. */
export const forgeScripts = ['/app/forge/main.js'];

/** The app's panels of an issue; empty where it adds none. */
export function issuePanels(visit: Visit, site: Site, issue: Issue): Html[] {
  const host = visit.sandbox.forge?.host;
  const app = host ? installedApp(host, site) : null;
  if (!app) return [];
  const { modules } = app.deployment.manifest;
  return [...modules['jira:issuePanel'], ...modules['jira:issueContext']].map((module) => {
    const title = moduleTitle(visit, app.deployment, module);
    return html`<section class="card" aria-labelledby="app-${module.key}"><h2 id="app-${module.key}">${title}</h2>
      ${mount(visit, site, module, { issue: issue.key }, title)}</section>`;
  });
}

/** Where the browser draws a module; `main.ts` of the renderer reads these attributes. */
function mount(visit: Visit, site: Site, module: UiModule, place: Place, title: string): Html {
  return html`<div class="forge-app" data-forge="${JSON.stringify({
    site: site.slug,
    moduleKey: module.key,
    resource: module.resource.split('/')[0],
    place,
    locale: visit.locale,
    title,
    people: namesByAccount(visit),
  })}"><p class="forge-wait" role="status">Loading ${title}…</p></div>`;
}

/** UI Kit's `User` has the account id alone; Jira puts the name to it. */
function namesByAccount(visit: Visit): Record<string, string> {
  return Object.fromEntries(visit.sandbox.world.accounts.map((one) => [one.accountId, one.displayName]));
}
