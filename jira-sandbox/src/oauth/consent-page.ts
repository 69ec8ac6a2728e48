import type { Request, Response } from 'express';
import { html } from '../pages/html.ts';
import { bareLayout } from '../pages/layout.ts';
import type { Sandbox } from '../sandbox.ts';
import type { World } from '../world.ts';
import { isServed, notShared } from './app-sharing.ts';
import { type AuthorizeRequest, readAuthorizeRequest, redirectUrl } from './authorize-request.ts';
import { grantConsent } from './grants.ts';
import { scopeWords } from './scopes.ts';

/** GET /authorize: Atlassian's consent page, with the account to be chosen, since there is no sign-in. */
export function showConsent(sandbox: Sandbox, request: Request, response: Response): void {
  const query = queryOf(request);
  const read = readAuthorizeRequest(sandbox, query);
  if (!read.ok) {
    showProblem(response, read.problem);
    return;
  }
  response.type('html').send(consentPage(sandbox, read.request, query));
}

/** POST /authorize: back to the app with a code, or with access_denied. */
export function decideConsent(sandbox: Sandbox, request: Request, response: Response): void {
  const read = readAuthorizeRequest(sandbox, queryOf(request));
  if (!read.ok) {
    showProblem(response, read.problem);
    return;
  }
  const { account: accountId, site: cloudId, decision } = request.body ?? {};
  if (decision !== 'accept') {
    const denied = { error: 'access_denied', error_description: 'User did not authorize the request' };
    response.redirect(303, redirectUrl(read.request, denied));
    return;
  }
  const { sites } = sandbox.world;
  const accounts = people(sandbox.world);
  const account = accounts.find((one) => one.accountId === accountId);
  const granted = cloudId === 'all' ? sites : sites.filter((one) => one.cloudId === cloudId);
  if (!account || granted.length === 0) {
    showProblem(response, 'Choose an account and a site.');
    return;
  }
  if (!isServed(sandbox.world, account.accountId)) {
    showProblem(response, notShared(sandbox));
    return;
  }
  const code = grantConsent(sandbox, {
    accountId: account.accountId,
    scopes: read.request.scopes,
    cloudIds: granted.map((one) => one.cloudId),
    redirectUri: read.request.redirectUri,
  });
  response.redirect(303, redirectUrl(read.request, { code }));
}

function queryOf(request: Request): URLSearchParams {
  return new URL(request.originalUrl, 'http://jira.invalid').searchParams;
}

function showProblem(response: Response, problem: string): void {
  response
    .status(400)
    .type('html')
    .send(
      bareLayout(
        'Something went wrong',
        html`<div class="card"><h1>Something went wrong</h1>
          <p class="problem">${problem}</p>
          <p>Go back to the app and try again, or tell its makers.</p></div>`,
      ),
    );
}

function consentPage(sandbox: Sandbox, wanted: AuthorizeRequest, query: URLSearchParams): string {
  const { world, client } = sandbox;
  const { origin } = new URL(wanted.redirectUri);
  return bareLayout(
    `${client.name} is requesting access`,
    html`<div class="card">
      <h1>${client.name} is requesting access to your Atlassian account</h1>
      <form method="post" action="/authorize?${query.toString()}">
        <fieldset><legend>Atlassian account</legend>${people(world).map(
          (one, index) => html`<div class="choice">
            <input type="radio" id="account-${index}" name="account" value="${one.accountId}"${index === 0 ? html` checked` : null}>
            <label for="account-${index}">${one.displayName}<br><span class="subtle">${one.emailAddress}, ${one.role === 'admin' ? 'administrator' : 'member'}</span></label>
          </div>`,
        )}</fieldset>
        <div class="field"><label for="site">Use app on</label>
          <select id="site" name="site"><option value="all" selected>All sites</option>${world.sites.map(
            (one) => html`<option value="${one.cloudId}">${one.name}</option>`,
          )}</select></div>
        <h2>In Jira, it would like to</h2>
        <ul>${wanted.scopes.map((scope) => html`<li>${scopeWords[scope] ?? scope}</li>`)}</ul>
        <p class="subtle">You will be sent back to ${origin}. You can remove the access at any time under Connected apps.</p>
        <div class="buttons">
          <button class="primary" type="submit" name="decision" value="accept">Accept</button>
          <button type="submit" name="decision" value="cancel">Cancel</button>
        </div>
      </form></div>`,
  );
}

/** Apps have accounts too; only people give consent. */
function people(world: World): World['accounts'] {
  return world.accounts.filter((one) => one.kind !== 'app' && one.active !== false);
}
