import type { Express, Request } from 'express';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import { finishConsent } from '../adapters/finish-consent.ts';
import type { Principal } from '../identity/principal.ts';
import type { Problem } from '../outcome.ts';
import type { LogProblem } from './answer-problem.ts';
import { toProblemDocument } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** `GET /oauth/atlassian/callback`: where Atlassian sends the browser after consent; leads back to the adapter's page. */
export function mountOauthCallback(
  app: Express,
  ports: ConnectPorts,
  identify: (request: Request) => Promise<Principal | null>,
  logProblem: LogProblem,
): void {
  app.get('/oauth/atlassian/callback', async (request, response) => {
    const text = (name: string): string | undefined => {
      const value = request.query[name];
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const query = { state: text('state'), code: text('code'), error: text('error') };
    const outcome = await finishConsent(ports, await identify(request), query);
    const problem = outcome.ok ? outcome.value.problem : outcome.problem;
    if (problem) logProblem(problem, requestIdOf(request));
    if (!outcome.ok) {
      const document = toProblemDocument(outcome.problem, requestIdOf(request));
      response.status(document.status);
      if (request.accepts(['html', 'json']) === 'html')
        response.type('html').send(refusalPage(outcome.problem));
      else response.type('application/problem+json').send(JSON.stringify(document));
      return;
    }
    const { projectId, adapterId } = outcome.value;
    const page = `/projects/${projectId}/settings/sync-adapters/${adapterId}`;
    response.redirect(303, problem ? `${page}?error=${problem.code}` : page);
  });
}

function refusalPage(problem: Problem): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Not connected – UserHero</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem}</style></head>
<body><main><h1>Jira was not connected</h1><p>${problem.detail}</p><p>${problem.remedy ?? ''}</p><p><a href="/">Back to UserHero</a></p></main></body></html>`;
}
