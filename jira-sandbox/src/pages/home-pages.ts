import { browsableProjects } from '../issues/permissions.ts';
import { html } from './html.ts';
import { showMissing, type Visit } from './visit.ts';

/** The sites of this local Jira. */
export function showSites(visit: Visit): void {
  visit.show(
    'Your sites',
    html`<h1>Your sites</h1>
      <ul class="tiles">
        ${visit.sandbox.world.sites.map(
          (site) => html`<li><div class="card">
            <h2><a href="/s/${site.slug}">${site.name}</a></h2>
            <p class="subtle">${browsableProjects(site, visit.account).length} projects</p>
          </div></li>`,
        )}
      </ul>`,
  );
}

/** The projects of a site that the acting person sees. */
export function showProjects(visit: Visit): void {
  const { site } = visit;
  if (!site) {
    showMissing(visit, 'This site');
    return;
  }
  visit.show(
    site.name,
    html`<h1>Projects of ${site.name}</h1>
      <ul class="tiles">
        ${browsableProjects(site, visit.account).map((project) => {
          const count = Object.values(site.issues).filter((one) => one.projectId === project.id).length;
          return html`<li><div class="card">
            <h2><a href="/s/${site.slug}/projects/${project.key}/board">${project.name}</a></h2>
            <p class="subtle">${project.key}, ${project.style === 'classic' ? 'company-managed' : 'team-managed'}, ${count} ${count === 1 ? 'issue' : 'issues'}</p>
            <p>${project.description}</p>
          </div></li>`;
        })}
      </ul>`,
    { live: true },
  );
}
