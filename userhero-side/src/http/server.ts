import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toNodeHandler } from 'better-auth/node';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Registry } from 'prom-client';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import type { Auth } from '../identity/auth.ts';
import type { ReceivePorts } from '../inbound/receive-delivery.ts';
import type { Problem } from '../outcome.ts';
import { newId } from '../store/ids.ts';
import { createAnswerProblem, type LogProblem } from './answer-problem.ts';
import { toApiPage } from './api-docs.ts';
import type { MayPorts } from './may.ts';
import { mountRoutes } from './mount-routes.ts';
import { mountOauthCallback } from './oauth-callback.ts';
import { toOpenApi } from './openapi/document.ts';
import { mountedApart } from './openapi/mounted-apart.ts';
import { sendProblem, toProblemDocument } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import type { Route } from './route.ts';
import { mountWebhookIntake } from './webhook-intake.ts';

export type ServerPorts = {
  publicUrl: string;
  /** The built pages; `null` serves the API alone. */
  pagesFolder: string | null;
  log: Logger;
  auth: Auth;
  connect: ConnectPorts;
  receive: ReceivePorts;
  /** None where this role serves no API. */
  routes: readonly Route[];
  /** Who may call them. */
  may: MayPorts;
  metrics: Registry;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
};

const jsonLimit = '1mb';

/** Builds the HTTP edge: everything that reaches a use case goes through here, parsed and authenticated. */
export function createServer(ports: ServerPorts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  const logProblem: LogProblem = (problem, requestId) => {
    const level = toProblemDocument(problem).status >= 500 ? 'error' : 'debug';
    ports.log[level]({ code: problem.code, requestId, err: problem.cause }, problem.detail);
  };
  const answerProblem = createAnswerProblem(logProblem);
  // Before everything that pages and people need: a storm from Jira passes through here.
  mountWebhookIntake(app, ports.receive, answerProblem);
  app.use(requestLog(ports.log));
  app.use(helmet(securityHeaders(ports.publicUrl)));
  mountProbes(app, ports);
  mountOauthCallback(app, ports.connect, ports.may.identify, logProblem);
  app.all('/api/auth/*rest', toNodeHandler(ports.auth));
  app.use('/api', express.json({ limit: jsonLimit }));
  mountRoutes(app, ports.routes, ports.may, answerProblem);
  const document = toOpenApi([...ports.routes, ...mountedApart], ports.publicUrl);
  app.get('/api/openapi.json', (_request, response) => {
    response.json(document);
  });
  const page = toApiPage(document);
  app.get('/api/docs', (_request, response) => {
    response.type('html').send(page);
  });
  app.use('/api', (request, response) => {
    sendProblem(response, { code: 'not_found', detail: 'There is no such route.' }, requestIdOf(request));
  });
  if (ports.pagesFolder) mountPages(app, ports.pagesFolder);
  app.use(handleErrors(ports.log));
  return app;
}

function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    genReqId: () => newId(),
    // Queries carry OAuth codes, headers carry keys: neither belongs in a log.
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'debug'),
  });
}

function securityHeaders(publicUrl: string): Parameters<typeof helmet>[0] {
  const isHttps = publicUrl.startsWith('https:');
  return {
    strictTransportSecurity: isHttps,
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // Mantine sets its colour variables in style elements.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'upgrade-insecure-requests': isHttps ? [] : null,
      },
    },
  };
}

function mountProbes(app: Express, ports: ServerPorts): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const ready = await ports.isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'the database does not answer' });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(ports.metrics.contentType).send(await ports.metrics.metrics());
  });
}

function mountPages(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return;
  app.use(express.static(folder, { index: false, immutable: true, maxAge: '1y' }));
  app.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html')) return next();
    response.set('Cache-Control', 'no-cache').sendFile(page);
  });
}

/** Errors of reading a request become problems; everything else is a defect: logged whole, told in general. */
function handleErrors(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    sendProblem(response, bodyProblem(error) ?? defect(log, error, request), requestIdOf(request));
  };
}

function bodyProblem(error: unknown): Problem | null {
  // A path with bytes that are no text.
  if (error instanceof URIError) return { code: 'not_found', detail: 'There is no such address.' };
  const type = typeof error === 'object' && error !== null && 'type' in error ? error.type : null;
  if (type === 'entity.too.large') {
    return { code: 'payload_too_large', detail: 'The body is too large.', remedy: 'Send less at once.' };
  }
  if (type === 'entity.parse.failed') {
    return { code: 'not_json', detail: 'The body is not JSON.', remedy: 'Send valid JSON.' };
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return {
      code: 'unsupported_media_type',
      detail: 'The body’s encoding is not supported.',
      remedy: 'Send UTF-8 JSON.',
    };
  }
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return { code: 'not_json', detail: 'The body did not arrive whole.', remedy: 'Send it again.' };
  }
  return null;
}

function defect(log: Logger, error: unknown, request: Request): Problem {
  if (isDatabaseDown(error)) {
    log.error({ err: error, requestId: requestIdOf(request) }, 'the database does not answer');
    return {
      code: 'overloaded',
      detail: 'The database does not answer at the moment.',
      remedy: 'Nothing was accepted; send it again after Retry-After.',
      retryAfterSeconds: 5,
    };
  }
  log.error({ err: error, requestId: requestIdOf(request) }, 'unexpected error');
  return {
    code: 'internal',
    detail: 'Something went wrong on our side.',
    remedy: 'Try again; support can find it by the request id.',
  };
}

/** PostgreSQL's shutdown and start-up codes, and connections that end or cannot be made. */
function isDatabaseDown(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message : '';
  return (
    /^(57P0\d|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|P1001|P1002|P1008|P1017|P2024|P2028)$/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Can't reach database/i.test(message)
  );
}
