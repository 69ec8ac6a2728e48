import { findUnstorable } from '@userhero/shared/contracts/human-text.ts';
import type { Express, Request } from 'express';
import { z } from 'zod';
import type { Principal } from '../identity/principal.ts';
import { notFound, type Outcome, type Problem } from '../outcome.ts';
import { newId } from '../store/ids.ts';
import type { AnswerProblem } from './answer-problem.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Params = Record<string, string>;

/** What a handler gets: everything parsed, nothing else. */
export type RouteInput<Query, Body> = {
  principal: Principal;
  params: Params;
  query: Query;
  body: Body;
  /** Lower-case header names. */
  header: (name: string) => string | undefined;
};

/** What a handler answers with; the status is 200 where none is given. */
export type Reply = { status?: number; body: unknown; headers?: Record<string, string> };

/** A route as data: the Express app and the OpenAPI document are both made from it. */
export type Route = {
  method: Method;
  path: string;
  summary: string;
  query: z.ZodType;
  body: z.ZodType | null;
  answers: z.ZodType;
  handle: (input: RouteInput<never, never>) => Promise<Outcome<Reply>>;
};

/**
 * Declares a route: its schemas, what it answers, and the use case it calls. Who may is always the same:
 * somebody signed in or with an API key; whose things they may touch is asked by the use case.
 */
export function route<
  Query extends z.ZodType = z.ZodObject,
  Body extends z.ZodType = z.ZodUnknown,
>(definition: {
  method: Method;
  path: string;
  summary: string;
  query?: Query;
  body?: Body;
  answers: z.ZodType;
  handle: (input: RouteInput<z.output<Query>, z.output<Body>>) => Promise<Outcome<Reply>>;
}): Route {
  return {
    ...definition,
    query: definition.query ?? z.object({}),
    body: definition.body ?? null,
    handle: definition.handle as Route['handle'],
  };
}

/** Turns a use case's value into a 200 answer, or another status. */
export async function answer<T>(
  outcome: Promise<Outcome<T>> | Outcome<T>,
  status = 200,
): Promise<Outcome<Reply>> {
  const settled = await outcome;
  return settled.ok ? { ok: true, value: { status, body: settled.value } } : settled;
}

/** Mounts routes on an app. `identify` tells who is asking, or `null`. */
export function mountRoutes(
  app: Express,
  routes: readonly Route[],
  identify: (request: Request) => Promise<Principal | null>,
  answerProblem: AnswerProblem,
): void {
  for (const definition of routes) {
    app[definition.method](definition.path, async (request, response) => {
      const principal = await identify(request);
      if (!principal) return answerProblem(request, response, unauthenticated);
      const outcome = await call(definition, principal, request);
      if (!outcome.ok) return answerProblem(request, response, outcome.problem);
      const { status = 200, body, headers = {} } = outcome.value;
      response.status(status).set(headers);
      if (status === 204) response.end();
      else response.json(body);
    });
  }
}

/** The request's id, in the log and in every problem document; the intake's requests get one when they need it. */
export function requestIdOf(request: Request): string {
  const identified = request as Request & { id?: unknown };
  identified.id ??= newId();
  return String(identified.id);
}

const unauthenticated: Problem = {
  code: 'unauthenticated',
  detail: 'This needs a session or an API key.',
  remedy: 'Sign in, or send "Authorization: Bearer {api-key}".',
};

async function call(definition: Route, principal: Principal, request: Request): Promise<Outcome<Reply>> {
  // No id has such a character.
  if (findUnstorable(request.params)) return notFound('address');
  const query = definition.query.safeParse(request.query);
  if (!query.success) return { ok: false, problem: validationProblem(query.error, 'query') };
  let body: unknown;
  if (definition.body) {
    const parsed = definition.body.safeParse(request.body ?? {});
    if (!parsed.success) return { ok: false, problem: validationProblem(parsed.error, null) };
    body = parsed.data;
  }
  const unstorable = unstorableProblem(query.data, 'query') ?? unstorableProblem(body, null);
  if (unstorable) return { ok: false, problem: unstorable };
  return definition.handle({
    principal,
    params: request.params as Params,
    query: query.data as never,
    body: body as never,
    header: (name) => request.get(name),
  });
}

/** A problem that names the first text of a request that cannot be stored, or `null`. */
export function unstorableProblem(value: unknown, prefix: string | null): Problem | null {
  const path = findUnstorable(value);
  if (!path) return null;
  const message = 'Remove the character NUL (U+0000) and half surrogate pairs.';
  return fieldProblem([{ path, message }], prefix);
}

/** A zod error as a problem that names every field. */
export function validationProblem(error: z.ZodError, prefix: string | null): Problem {
  return fieldProblem(error.issues, prefix);
}

function fieldProblem(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
  prefix: string | null,
): Problem {
  const errors = issues.map((issue) => ({
    field: [...(prefix ? [prefix] : []), ...issue.path].map(String).join('.') || '(body)',
    message: issue.message,
  }));
  return {
    code: 'validation_failed',
    detail: errors.map((entry) => `${entry.field}: ${entry.message}`).join('; '),
    remedy: 'Correct the fields that are named and send the request again.',
    errors,
  };
}
