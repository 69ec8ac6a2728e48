import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { accountById } from '../issues/find.ts';
import { limitCall } from '../limits/limit-call.ts';
import { bearerToken } from '../oauth/accessible-resources.ts';
import { grantOfToken } from '../oauth/grants.ts';
import type { Sandbox } from '../sandbox.ts';
import { type Answer, type Call, errors, type Operation } from './operation.ts';
import { operations } from './operations.ts';

type Route = { operation: Operation; pattern: RegExp; names: string[] };

const routes: Route[] = operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, '([^/]+)')}$`),
  names: [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
}));

/** Atlassian's API gateway and Jira behind it: token, site, scope, limits, validation, operation, validation. */
export function restGateway(sandbox: Sandbox, request: Request, response: Response): void {
  const answer = answerCall(sandbox, request);
  response.set(answer.headers ?? {});
  response.set('atl-request-id', randomUUID());
  response.set('cache-control', 'no-cache, no-store, no-transform');
  if (answer.body === undefined) response.status(answer.status).end();
  else response.status(answer.status).json(answer.body);
}

function answerCall(sandbox: Sandbox, request: Request): Answer & { headers?: Record<string, string> } {
  const url = new URL(request.originalUrl, 'http://jira.invalid');
  const [, cloudId = '', path = ''] = /^\/ex\/jira\/([^/]+)\/rest\/api\/3(\/.*)$/.exec(url.pathname) ?? [];
  const token = bearerToken(request.headers.authorization);
  const grant = token ? grantOfToken(sandbox, token) : null;
  if (!grant) return { status: 401, body: { code: 401, message: 'Unauthorized' } };
  const site = sandbox.world.sites.find((one) => one.cloudId === cloudId);
  if (!site || !grant.cloudIds.includes(cloudId)) {
    return { status: 404, body: { code: 404, message: 'The resource is not found or not granted' } };
  }
  const account = accountById(sandbox.world, grant.accountId);
  if (account.active === false) return errors(403, ['The user is not active.']);
  if (site.appAccess?.blocked && grant.clientId === sandbox.client.id) {
    return errors(403, ['The app is blocked by your administrator.']);
  }
  const found = findRoute(request.method, path);
  if (!found) return unknownOperation(sandbox, request.method, path);
  const { operation, params } = found;
  if (!operation.scopes.every((scope) => grant.scopes.includes(scope))) {
    return { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } };
  }
  const links = {
    rest: `${sandbox.url}/ex/jira/${cloudId}/rest/api/3`,
    site: `${sandbox.url}/s/${site.slug}`,
  };
  const { searchParams: query } = url;
  const call: Call = { sandbox, site, account, grant, links, params, query, body: request.body };
  const limited = { site, clientId: grant.clientId, operation, params };
  return limitCall(sandbox, limited, () => answerCounted(operation, call));
}

/** Answers, and notes how often and for how long. */
function answerCounted(operation: Operation, call: Call): Answer {
  const { calls, callMs } = call.sandbox;
  calls.set(operation.id, (calls.get(operation.id) ?? 0) + 1);
  const startedAt = performance.now();
  const answer = answerOperation(operation, call);
  callMs.set(operation.id, (callMs.get(operation.id) ?? 0) + performance.now() - startedAt);
  return answer;
}

function findRoute(method: string, path: string) {
  for (const { operation, pattern, names } of routes) {
    const match = operation.method === method ? pattern.exec(path) : null;
    if (!match) continue;
    const params = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
    );
    return { operation, params };
  }
  return null;
}

function unknownOperation(sandbox: Sandbox, method: string, path: string): Answer {
  const documented = sandbox.validator.documents(method, path);
  const text = documented
    ? `The local Jira does not serve ${method} ${path} yet, although Jira does.`
    : `null for uri: ${path}`;
  return errors(documented ? 501 : 404, [text]);
}

/** Whatever the operation changes was changed through this app; its events say so. */
function handleFor(operation: Operation, call: Call): Answer {
  call.sandbox.actingClientId = call.grant.clientId;
  try {
    return operation.handle(call);
  } finally {
    call.sandbox.actingClientId = null;
  }
}

function answerOperation(operation: Operation, call: Call): Answer {
  const { validator, log } = call.sandbox;
  const problem = validator.request(operation.id, call.query, call.body);
  if (problem) {
    log(`rest: refused ${operation.id}, which does not match Atlassian's document: ${problem}`);
    return errors(400, [`The request does not match Atlassian's OpenAPI document: ${problem}`]);
  }
  const answer = handleFor(operation, call);
  // What a client reads is JSON: undefined keys are gone by then, so they must not be judged.
  const body = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  const flaw = validator.response(operation.id, answer.status, body);
  if (flaw) {
    log(`rest: the answer ${answer.status} of ${operation.id} does not match Atlassian's document: ${flaw}`);
    return errors(500, [`The local Jira answered ${operation.id} wrongly: ${flaw}`]);
  }
  return { status: answer.status, body };
}
