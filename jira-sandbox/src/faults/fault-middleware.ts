import type { NextFunction, Request, Response } from 'express';
import type { Sandbox } from '../sandbox.ts';
import { bodyMatches } from './body-matches.ts';
import type { FaultRule } from './fault-rule.ts';
import { ruleHeaders } from './rate-limit-headers.ts';
import { seededRandom } from './seeded-random.ts';

/** Breaks requests as the fault rules say, before or after their work is done. */
export function faultMiddleware(sandbox: Sandbox) {
  const random = seededRandom(sandbox.world.settings.faultSeed);
  return (request: Request, response: Response, next: NextFunction): void => {
    const rule = sandbox.world.faults.find((one) => hits(one, request, random));
    if (!rule) {
      next();
      return;
    }
    rule.hits += 1;
    if (rule.remaining !== undefined) rule.remaining -= 1;
    sandbox.world.faults = sandbox.world.faults.filter(
      (one) => one.remaining === undefined || one.remaining > 0,
    );
    sandbox.save();
    // A slow Jira answers all the same, thousands of times in a measurement.
    if (rule.kind !== 'slow') sandbox.log(`fault: ${rule.kind} on ${request.method} ${request.path}`);
    applyRule(sandbox, rule, request, response, next);
  };
}

function hits(rule: FaultRule, request: Request, random: () => number): boolean {
  const { method, pathIncludes, pathEnds, cloudId, bodyIncludes, body } = rule.match;
  if (method && method.toUpperCase() !== request.method) return false;
  if (pathIncludes && !request.originalUrl.includes(pathIncludes)) return false;
  if (pathEnds && !request.originalUrl.split('?')[0]?.endsWith(pathEnds)) return false;
  if (cloudId && !request.originalUrl.startsWith(`/ex/jira/${cloudId}/`)) return false;
  if (bodyIncludes && !JSON.stringify(request.body ?? null).includes(bodyIncludes)) return false;
  if (body !== undefined && !bodyMatches(request.body, body)) return false;
  return rule.probability === undefined || random() < rule.probability;
}

function applyRule(
  sandbox: Sandbox,
  rule: FaultRule,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  const delayMs = rule.delayMs ?? 0;
  if (rule.kind === 'slow') {
    setTimeout(next, delayMs);
  } else if (rule.kind === 'drop_before') {
    setTimeout(() => request.socket.destroy(), delayMs);
  } else if (rule.kind === 'late_answer') {
    const end = response.end.bind(response);
    // What Express hands over here is the whole body.
    response.end = (...parts: unknown[]) => {
      setTimeout(() => Reflect.apply(end, response, parts), delayMs);
      return response;
    };
    next();
  } else if (rule.kind === 'drop_after_commit') {
    // The work is done and saved; only its answer never arrives.
    response.end = () => {
      setTimeout(() => request.socket.destroy(), delayMs);
      return response;
    };
    next();
  } else {
    const status = rule.status ?? 503;
    const limits = status === 429 ? ruleHeaders(sandbox, rule) : {};
    setTimeout(() => {
      response.set({ ...limits, ...rule.headers });
      response.status(status).json(rule.body ?? defaultBody(status));
    }, delayMs);
  }
}

function defaultBody(status: number): unknown {
  if (status === 401) return { code: 401, message: 'Unauthorized' };
  const texts: Record<number, string> = {
    403: 'You do not have the permission to see the specified issue.',
    429: 'Rate limit exceeded.',
    503: 'Service Unavailable',
  };
  return { errorMessages: [texts[status] ?? `Fault of the local Jira: ${status}`], errors: {} };
}
