import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { controlRouter } from './control/control-router.ts';
import { faultMiddleware } from './faults/fault-middleware.ts';
import { forgeRouter } from './forge-host/forge-router.ts';
import { accessibleResources } from './oauth/accessible-resources.ts';
import { tokenEndpoint } from './oauth/token-endpoint.ts';
import { pagesRouter } from './pages/pages-router.ts';
import { reportAccounts } from './personal-data/report-accounts.ts';
import { restGateway } from './rest/gateway.ts';
import type { Sandbox } from './sandbox.ts';
import { redirectRenamed } from './sites/rename-site.ts';

/** One origin plays auth.atlassian.com, api.atlassian.com and every site. */
export function createApp(sandbox: Sandbox): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json({ limit: '10mb', strict: false }));
  app.use(express.urlencoded({ extended: false, limit: '1mb' }));
  // After the bodies: Jira carries out what it has heard, though its sender has died while it was slow.
  app.use(['/ex/jira', '/oauth', '/app/report-accounts'], faultMiddleware(sandbox));
  app.post('/oauth/token', (request, response) => tokenEndpoint(sandbox, request, response));
  app.get('/oauth/token/accessible-resources', (request, response) =>
    accessibleResources(sandbox, request, response),
  );
  app.post('/app/report-accounts', (request, response) => reportAccounts(sandbox, request, response));
  app.use('/ex/jira', (request, response) => restGateway(sandbox, request, response));
  app.use('/sandbox/api', controlRouter(sandbox));
  app.use(redirectRenamed(sandbox));
  app.use(hostedApp(sandbox));
  app.use(pagesRouter(sandbox));
  app.use(answerError(sandbox));
  return app;
}

/** The host starts when the server's address is known, so its routes are made when they are first needed. */
function hostedApp(sandbox: Sandbox): RequestHandler {
  let router: RequestHandler | null = null;
  return (request, response, next) => {
    if (sandbox.forge) router ??= forgeRouter(sandbox.forge.host);
    if (router) router(request, response, next);
    else next();
  };
}

function answerError(sandbox: Sandbox): ErrorRequestHandler {
  return (error, request, response, _next) => {
    if (error instanceof SyntaxError && 'body' in error) {
      response.status(400).json({
        errorMessages: ['There was an error parsing JSON. Check that your request body is valid.'],
        errors: {},
      });
      return;
    }
    const status = typeof error?.status === 'number' ? error.status : 500;
    if (status >= 500) sandbox.log(`error: ${request.method} ${request.path}: ${error?.stack ?? error}`);
    response.status(status).json({ errorMessages: [String(error?.message ?? error)], errors: {} });
  };
}
