import { type Response, Router } from 'express';
import { installFromPage, showApps, showProjectPage, uninstallFromPage } from '../forge-host/forge-pages.ts';
import {
  releaseForgeEvents,
  saveForgeSettings,
  withdrawFromPage,
} from '../forge-host/forge-settings-page.ts';
import { belowApps, forgeStyleSheet } from '../forge-host/forge-style.ts';
import { resetLimits, saveLimits } from '../limits/limit-controls.ts';
import { decideConsent, showConsent } from '../oauth/consent-page.ts';
import { changeAccountFromPage } from '../personal-data/personal-data-controls.ts';
import type { Sandbox } from '../sandbox.ts';
import { changeRule, createRule, showRules } from './automation-page.ts';
import { createFromBoard, showBoard } from './board-page.ts';
import { revokeFromPage, showConnectedApps } from './connected-apps-page.ts';
import { addFault, removeFault, repeatDelivery, saveSettings, showControls } from './controls-page.ts';
import { releaseFromPage, saveDelivery } from './delivery-controls.ts';
import { editFromPage } from './edit-form.ts';
import { showProjects, showSites } from './home-pages.ts';
import {
  commentFromPage,
  deleteFromPage,
  issueOfVisit,
  moveFromPage,
  moveProjectFromPage,
  onIssue,
  pathOf,
} from './issue-actions.ts';
import { showIssue } from './issue-page.ts';
import { icon, script, styleSheet } from './style.ts';
import { actAsCookie, readVisit, showMissing, type Visit } from './visit.ts';
import { changeWebhook, createWebhook, showWebhooks } from './webhooks-page.ts';
import { addPostFunction, removePostFunction, showWorkflow } from './workflow-page.ts';
import { saveRules } from './workflow-rules.ts';
import { changeWorld, showWorld } from './world-page.ts';

type Page = (visit: Visit) => void;

const pages: Record<string, Page> = {
  '/': showSites,
  '/connected-apps': showConnectedApps,
  '/controls': showControls,
  '/controls/sites/:site': showWorld,
  '/s/:site': showProjects,
  '/s/:site/projects/:project/board': showBoard,
  '/s/:site/projects/:project/workflow': (visit) => showWorkflow(visit),
  '/s/:site/projects/:project/apps/:module': showProjectPage,
  '/s/:site/apps': showApps,
  '/s/:site/settings/webhooks': (visit) => showWebhooks(visit),
  // Its address in Jira Cloud.
  '/s/:site/plugins/servlet/webhooks': (visit) => showWebhooks(visit),
  '/s/:site/automation': (visit) => showRules(visit),
};

const forms: Record<string, Page> = {
  '/connected-apps/:id/revoke': revokeFromPage,
  '/controls/faults': addFault,
  '/controls/faults/:id/delete': removeFault,
  '/controls/settings': saveSettings,
  '/controls/limits': saveLimits,
  '/controls/limits/reset': resetLimits,
  '/controls/deliveries': saveDelivery,
  '/controls/deliveries/release': releaseFromPage,
  '/controls/sites/:site/:control': changeWorld,
  '/controls/personal-data': changeAccountFromPage,
  '/controls/forge': saveForgeSettings,
  '/controls/forge/release': releaseForgeEvents,
  '/controls/deliveries/:id/repeat': repeatDelivery,
  '/s/:site/projects/:project/workflow': addPostFunction,
  '/s/:site/projects/:project/workflow/remove': removePostFunction,
  '/s/:site/projects/:project/workflow/rules': saveRules,
  '/s/:site/projects/:project/issues': createFromBoard,
  '/s/:site/browse/:key/move': onIssue(moveFromPage),
  '/s/:site/browse/:key/edit': onIssue(editFromPage),
  '/s/:site/browse/:key/comment': onIssue(commentFromPage),
  '/s/:site/browse/:key/move-project': onIssue(moveProjectFromPage),
  '/s/:site/browse/:key/delete': onIssue(deleteFromPage),
  '/s/:site/settings/webhooks': createWebhook,
  '/s/:site/settings/webhooks/:id/toggle': (visit) => changeWebhook(visit, 'toggle'),
  '/s/:site/settings/webhooks/:id/delete': (visit) => changeWebhook(visit, 'delete'),
  '/s/:site/automation': createRule,
  '/s/:site/apps/install': installFromPage,
  '/s/:site/apps/uninstall': uninstallFromPage,
  '/s/:site/apps/withdraw': withdrawFromPage,
  '/s/:site/automation/:id/toggle': (visit) => changeRule(visit, 'toggle'),
  '/s/:site/automation/:id/delete': (visit) => changeRule(visit, 'delete'),
};

/** Everything that a person sees: consent, sites, boards, issues, webhooks, automation, controls. */
export function pagesRouter(sandbox: Sandbox): Router {
  const router = Router();
  router.use((request, response, next) => {
    response.set({
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      // Summaries and descriptions are strangers' text: no script of theirs may run, even if one slips through.
      'content-security-policy':
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    });
    // Without sign-in, a form on a stranger's page could otherwise act here.
    const strange = request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site';
    if (strange) response.status(403).type('text').send('This form comes from another site.');
    else next();
  });
  router.get('/app/jira.css', (_request, response) =>
    asset(response, 'css', forgeStyleSheet + belowApps(styleSheet)),
  );
  router.get('/app/jira.js', (_request, response) => asset(response, 'js', script));
  router.get(['/app/icon.svg', '/s/:site/images/*rest'], (_request, response) =>
    asset(response, 'svg', icon),
  );
  router.get('/authorize', (request, response) => showConsent(sandbox, request, response));
  router.post('/authorize', (request, response) => decideConsent(sandbox, request, response));
  router.post('/act-as', (request, response) => {
    const { account = '', back = '/' } = request.body ?? {};
    response.set('set-cookie', actAsCookie(String(account)));
    response.redirect(303, /^\/(?!\/)/.test(String(back)) ? String(back) : '/');
  });
  router.get('/s/:site/browse/:key', (request, response) => {
    const visit = readVisit(sandbox, request, response);
    const found = issueOfVisit(visit);
    if (!found) return showMissing(visit, 'This issue');
    // A former key leads on to the issue, as in Jira.
    if (found.issue.key !== request.params.key) return response.redirect(pathOf(found.site, found.issue));
    showIssue(visit, found.site, found.issue);
  });
  for (const [path, page] of Object.entries(pages)) {
    router.get(path, (request, response) => page(readVisit(sandbox, request, response)));
  }
  for (const [path, page] of Object.entries(forms)) {
    router.post(path, (request, response) => page(readVisit(sandbox, request, response)));
  }
  router.use((request, response) => showMissing(readVisit(sandbox, request, response), 'This page'));
  return router;
}

function asset(response: Response, type: string, content: string): void {
  response.type(type).set('cache-control', 'public, max-age=60').send(content);
}
