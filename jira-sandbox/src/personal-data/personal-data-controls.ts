import { Router } from 'express';
import { z } from 'zod';
import { actor } from '../control/read-wanted.ts';
import { type Html, html } from '../pages/html.ts';
import { moment } from '../pages/layout.ts';
import type { Visit } from '../pages/visit.ts';
import type { Sandbox } from '../sandbox.ts';

const changes = ['close', 'reopen', 'change'] as const;
type AccountChange = (typeof changes)[number];

/** Closes an account, opens it again, or has its person change their profile, at Atlassian. */
function changeAccount(sandbox: Sandbox, accountId: string, change: AccountChange): void {
  const { personalData } = sandbox.world;
  if (change === 'change') personalData.changedAt[accountId] = sandbox.now();
  else {
    personalData.closed = personalData.closed.filter((one) => one !== accountId);
    if (change === 'close') personalData.closed.push(accountId);
  }
  sandbox.save();
}

/** `/personal-data`: what was reported, and what Atlassian is to say of an account. */
export function personalDataControls(sandbox: Sandbox): Router {
  const router = Router();
  router.get('/personal-data', (_request, response) => {
    response.json(sandbox.world.personalData);
  });
  router.post('/personal-data', (request, response) => {
    const wanted = z.strictObject({ cycleDays: z.number().int().min(1) }).parse(request.body);
    sandbox.world.personalData.cycleDays = wanted.cycleDays;
    sandbox.save();
    response.json(sandbox.world.personalData);
  });
  router.post('/personal-data/accounts', (request, response) => {
    const wanted = z.strictObject({ account: z.string(), change: z.enum(changes) }).parse(request.body);
    changeAccount(sandbox, actor(sandbox.world, wanted.account), wanted.change);
    response.json(sandbox.world.personalData);
  });
  return router;
}

/** The same on the page of controls: each account with its last report. */
export function personalDataPart({ world }: Sandbox): Html {
  const { reports, closed } = world.personalData;
  const people = world.accounts.filter((one) => one.kind !== 'app');
  return html`<ul>${people.map(({ accountId, displayName }) => {
    const report = reports[accountId];
    const isClosed = closed.includes(accountId);
    return html`<li>${displayName}${isClosed ? ', closed' : null}:
      ${report ? html`reported ${report.times} times, last ${moment(report.at)}` : 'not reported'}
      ${button(accountId, displayName, isClosed ? 'reopen' : 'close')}${button(accountId, displayName, 'change')}</li>`;
  })}</ul>`;
}

const labels: Record<AccountChange, string> = {
  close: 'Close account',
  reopen: 'Reopen account',
  change: 'Change profile',
};

function button(accountId: string, name: string, change: AccountChange): Html {
  return html`<form method="post" action="/controls/personal-data">
    <input type="hidden" name="account" value="${accountId}"><input type="hidden" name="change" value="${change}">
    <button type="submit" aria-label="${labels[change]} of ${name}">${labels[change]}</button></form>`;
}

/** A button of that part was pressed. */
export function changeAccountFromPage(visit: Visit): void {
  const change = changes.find((one) => one === visit.form.change);
  if (change) changeAccount(visit.sandbox, actor(visit.sandbox.world, visit.form.account), change);
  visit.done('/controls', 'The account was changed.');
}
