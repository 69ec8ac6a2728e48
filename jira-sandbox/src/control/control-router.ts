import { type ErrorRequestHandler, Router } from 'express';
import { z } from 'zod';
import { forgeControls } from '../forge-host/forge-controls.ts';
import type { ForgeHost } from '../forge-host/forge-host.ts';
import { statusesOf } from '../issues/find.ts';
import { limitControls } from '../limits/limit-controls.ts';
import { personalDataControls } from '../personal-data/personal-data-controls.ts';
import type { Sandbox } from '../sandbox.ts';
import type { RuleHeader } from '../webhooks/automation-rule.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { Site } from '../world.ts';
import { issueControls } from './issue-controls.ts';
import { ControlProblem } from './read-wanted.ts';
import { sandboxControls } from './sandbox-controls.ts';
import { senderControls } from './sender-controls.ts';
import { worldControlRouter } from './world-controls.ts';

/** The JSON controls for tests and the tour. They ask for no password: the sandbox is for this machine. */
export function controlRouter(sandbox: Sandbox): Router {
  const router = Router();
  const controlsOf = controlsOnce();

  router.get(['/', '/state'], (_request, response) => {
    const { world } = sandbox;
    response.json({
      url: sandbox.url,
      sites: world.sites.map((site) => describeSite(sandbox, site)),
      accounts: world.accounts,
      grants: world.grants,
      settings: world.settings,
      client: { id: sandbox.client.id },
    });
  });

  router.get('/revision', (_request, response) => {
    response.json({ revision: sandbox.revision });
  });

  router.get('/calls', (_request, response) => {
    const calls = Object.fromEntries(sandbox.calls);
    const ms = Object.fromEntries(sandbox.callMs);
    response.json({ calls, ms, total: [...sandbox.calls.values()].reduce((sum, count) => sum + count, 0) });
  });

  router.delete('/calls', (_request, response) => {
    sandbox.calls.clear();
    sandbox.callMs.clear();
    response.status(204).end();
  });

  router.get('/validations', (_request, response) => {
    response.json(sandbox.validator.report());
  });

  router.use('/forge', (request, response, next) => {
    const host = sandbox.forge?.host;
    if (!host) throw new ControlProblem('The Forge host does not run');
    controlsOf(host)(request, response, next);
  });
  router.use(worldControlRouter(sandbox));
  router.use(issueControls(sandbox));
  router.use(senderControls(sandbox));
  router.use(personalDataControls(sandbox));
  router.use(limitControls(sandbox));
  router.use(sandboxControls(sandbox));
  router.use((_request, response) => {
    response.status(404).json({ error: 'There is no such control' });
  });
  router.use(answerProblem);
  return router;
}

/** One router a host, made when it is first asked: the host starts after the routes stand. */
function controlsOnce(): (host: ForgeHost) => Router {
  let made: Router | null = null;
  return (host) => {
    made ??= forgeControls(host);
    return made;
  };
}

const answerProblem: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof ControlProblem) response.status(404).json({ error: error.message });
  else if (error instanceof z.ZodError) response.status(400).json({ error: z.prettifyError(error) });
  else next(error);
};

function describeSite(sandbox: Sandbox, site: Site) {
  return {
    slug: site.slug,
    cloudId: site.cloudId,
    name: site.name,
    url: `${sandbox.url}/s/${site.slug}`,
    projects: site.projects.map((project) => ({
      id: project.id,
      key: project.key,
      name: project.name,
      style: project.style,
      boardUrl: `${sandbox.url}/s/${site.slug}/projects/${project.key}/board`,
      statuses: statusesOf(site, project).map(({ id, name, category }) => ({ id, name, category })),
      issueTypes: site.issueTypes
        .filter((one) => project.issueTypeIds.includes(one.id))
        .map(({ id, name, subtask }) => ({
          id,
          name,
          subtask,
          statusIds: workflowOf(project, id).statusIds,
        })),
    })),
    priorities: site.priorities.map(({ id, name }) => ({ id, name })),
    webhooks: site.webhooks.map(({ secret: _, ...one }) => one),
    dynamicWebhooks: site.dynamicWebhooks,
    rules: site.rules.map((one) => ({ ...one, headers: one.headers.map(withoutHidden) })),
  };
}

/** As in Jira, a header that was hidden is not shown again. */
function withoutHidden({ name, value, hidden }: RuleHeader): RuleHeader {
  return hidden ? { name, value: '', hidden } : { name, value };
}
