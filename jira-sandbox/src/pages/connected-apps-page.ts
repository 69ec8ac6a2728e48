import { findSite } from '../issues/find.ts';
import { revokeGrant } from '../oauth/grants.ts';
import { scopeWords } from '../oauth/scopes.ts';
import { html } from './html.ts';
import { moment } from './layout.ts';
import { showMissing, type Visit } from './visit.ts';

/** What the acting person granted to apps, and the button that takes it back. */
export function showConnectedApps(visit: Visit): void {
  const { world, client } = visit.sandbox;
  const grants = world.grants.filter(
    (one) => one.accountId === visit.account.accountId && one.revokedAt === null,
  );
  visit.show(
    'Connected apps',
    html`<h1>Connected apps of ${visit.account.displayName}</h1>
      ${grants.length === 0 ? html`<p class="subtle">No app has access to your account.</p>` : null}
      <ul class="tiles">${grants.map(
        (grant) => html`<li><div class="card"><h2>${client.name}</h2>
          <p>Sites: ${grant.cloudIds.map((id) => findSite(world, id)?.name ?? id).join(', ')}</p>
          <p class="subtle">Since ${moment(grant.createdAt)}</p>
          <ul>${grant.scopes.map((scope) => html`<li>${scopeWords[scope] ?? scope}</li>`)}</ul>
          <form method="post" action="/connected-apps/${grant.id}/revoke"><button class="danger" type="submit">Remove access</button></form>
        </div></li>`,
      )}</ul>`,
  );
}

/** Revokes a grant of the acting person. */
export function revokeFromPage(visit: Visit): void {
  const grant = visit.sandbox.world.grants.find(
    (one) => one.id === visit.params.id && one.accountId === visit.account.accountId,
  );
  if (!grant) {
    showMissing(visit, 'This app');
    return;
  }
  revokeGrant(visit.sandbox, grant);
  visit.done('/connected-apps', `${visit.sandbox.client.name} has no access any more.`);
}
