import type { ProblemCode } from '@userhero/shared/contracts/problem.ts';
import type { Request } from 'express';
import { z } from 'zod';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Credential, May, MayPorts } from './may.ts';
import type { Tag } from './openapi/tags.ts';
import { readPart } from './read-part.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** The names in a path: `'id' | 'accountId'` of `/api/adapters/:id/jira-people/:accountId`. */
export type PathParam<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | PathParam<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** An answer with its status. */
export type Reply<T, Status extends number = number> = {
  status: Status;
  body: T;
  headers?: Record<string, string>;
};

/** Why each of several statuses is answered, for the OpenAPI document. */
type StatusTexts = { readonly [status: number]: string };

/** Everything that the OpenAPI document and the API page say of a route. */
export type RouteFacts = {
  method: Method;
  path: string;
  /** The operation's id, from which clients make the name of a function. */
  name: string;
  tag: Tag;
  summary: string;
  description: string | null;
  /** `null`: it is open to all. */
  credential: Credential | null;
  params: Record<string, z.ZodType>;
  query: z.ZodType | null;
  headers: z.ZodType | null;
  body: z.ZodType | null;
  /** `null`: the answer has no body. */
  answers: z.ZodType | null;
  /** JSON unless it is named. */
  mediaType?: string;
  statuses: StatusTexts;
  /** What browsers get in place of a problem document. */
  otherwise?: string;
  /** The headers of an answer, each with what it says. */
  answerHeaders: Record<string, string>;
  /** The problems that it is known to answer with, but for those that follow from the rest. */
  problems: readonly ProblemCode[];
};

/** A route before its group has given it its tag. */
type UntaggedRoute = Omit<Route, 'tag'>;

/** A route as data: the Express app and the OpenAPI document are both made from it. */
export type Route = RouteFacts & {
  run(ports: MayPorts, request: Request): Promise<Outcome<Reply<unknown>>>;
};

/** What a handler gets: what `may` granted, and the request, parsed. */
type Input<
  Path extends string,
  Own extends string,
  Granted,
  Query extends z.ZodType,
  Headers extends z.ZodType,
  Body extends z.ZodType,
> = Granted & { params: Record<OtherParam<Path, Own>, string> } & Asked<Query, Headers, Body>;

type Asked<Query extends z.ZodType, Headers extends z.ZodType, Body extends z.ZodType> = {
  query: z.output<Query>;
  headers: z.output<Headers>;
  body: z.output<Body>;
};

/** The parameters of a path that do not name the thing that `may` loads. */
type OtherParam<Path extends string, Own extends string> = Exclude<PathParam<Path>, Own>;

type Handler<Given, T> = (input: Given) => Promise<Outcome<T>> | Outcome<T>;

/** One status, 200 unless it is named, or several, of which the handler names one. */
type Answering<Given, T, Statuses extends StatusTexts> =
  | {
      status?: number;
      /** The version of what is answered, for the ETag header. */
      etag?: (answer: T) => number;
      handle: Handler<Given, T>;
    }
  | {
      statuses: Statuses;
      handle: Handler<Given, Reply<T, Extract<keyof Statuses, number>>>;
    };

/** A parameter that `may` knows nothing of needs a form here. */
type OtherParams<Other extends string> = [Other] extends [never]
  ? { params?: undefined }
  : { params: Record<Other, z.ZodType<string>> };

/**
 * Declares a route: who may, what comes in, the use case, what goes out. `may` admits the caller and loads what the
 * path names; `handle` gets that with the parsed request, and must answer what `answers` describes.
 */
export function route<
  const Path extends string,
  Caller,
  Own extends string,
  Granted extends object,
  Answers extends z.ZodType,
  Query extends z.ZodType = z.ZodUndefined,
  Headers extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  const Statuses extends StatusTexts = StatusTexts,
>(
  definition: {
    method: Method;
    path: Path & ([Own] extends [PathParam<Path>] ? unknown : never);
    name: string;
    summary: string;
    description?: string;
    may: May<Caller, Own, Granted>;
    query?: Query;
    headers?: Headers;
    body?: Body;
    answers: Answers;
    answerHeaders?: Record<string, string>;
    problems?: readonly ProblemCode[];
  } & OtherParams<OtherParam<Path, Own>> &
    Answering<Input<Path, Own, Granted, Query, Headers, Body>, z.input<Answers>, Statuses>,
): UntaggedRoute {
  const { may, query, headers, body } = definition;
  const answering: Answering<
    Input<Path, Own, Granted, Query, Headers, Body>,
    z.input<Answers>,
    Statuses
  > = definition;
  const params: Record<string, z.ZodType<string>> = { ...may.params, ...definition.params };
  return {
    method: definition.method,
    path: definition.path,
    name: definition.name,
    summary: definition.summary,
    description: definition.description ?? null,
    credential: may.credential,
    params,
    query: query ?? null,
    headers: headers ?? null,
    body: body ?? null,
    answers: definition.answers,
    statuses: 'statuses' in answering ? answering.statuses : { [answering.status ?? 200]: 'Success' },
    answerHeaders: {
      ...('etag' in answering ? { ETag: 'The version, for `If-Match`.' } : {}),
      ...definition.answerHeaders,
    },
    problems: definition.problems ?? [],
    async run(ports, request) {
      const caller = await may.admit(ports, request);
      if (!caller.ok) return caller;
      const names = readParams<Own | OtherParam<Path, Own>>(params, request.params, may.thing);
      if (!names.ok) return names;
      const asked = readRequest<Query, Headers, Body>({ query, headers, body }, request);
      if (!asked.ok) return asked;
      const granted = await may.load(ports, caller.value, names.value);
      if (!granted.ok) return granted;
      const given = { ...granted.value, params: names.value, ...asked.value };
      if ('statuses' in answering) return answering.handle(given);
      const outcome = await answering.handle(given);
      if (!outcome.ok) return outcome;
      const version = answering.etag?.(outcome.value);
      const reply = { status: answering.status ?? 200, body: outcome.value };
      return success(version === undefined ? reply : { ...reply, headers: { ETag: `"${version}"` } });
    },
  };
}

/** Gives the routes of one file the name that groups them in the document. */
export function tagged(tag: Tag, routes: readonly UntaggedRoute[]): Route[] {
  return routes.map((one) => ({ ...one, tag }));
}

/** What has not the form of an id is the id of nothing. */
function readParams<Name extends string>(
  schemas: Record<string, z.ZodType<string>>,
  given: Request['params'],
  thing: string | null,
): Outcome<Record<Name, string>> {
  const params: Record<string, string> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const parsed = schema.safeParse(given[name]);
    if (!parsed.success) return notFound(thing ?? 'address');
    params[name] = parsed.data;
  }
  return success(params);
}

/** Reads what a route asks for of a request, and nothing else. */
function readRequest<Query extends z.ZodType, Headers extends z.ZodType, Body extends z.ZodType>(
  schemas: { query: Query | undefined; headers: Headers | undefined; body: Body | undefined },
  request: Request,
): Outcome<Asked<Query, Headers, Body>> {
  const query = readIfAsked(schemas.query, request.query, 'query');
  if (!query.ok) return query;
  const headers = readIfAsked(schemas.headers, namedHeaders(schemas.headers, request), null);
  if (!headers.ok) return headers;
  const body = readIfAsked(schemas.body, request.body ?? {}, null);
  if (!body.ok) return body;
  return success({ query: query.value, headers: headers.value, body: body.value });
}

/** Without a schema nothing is read; the type is then that of `ZodUndefined`, the default of each. */
function readIfAsked<T extends z.ZodType>(
  schema: T | undefined,
  value: unknown,
  prefix: string | null,
): Outcome<z.output<T>> {
  return schema ? readPart(schema, value, prefix) : success(undefined as z.output<T>);
}

/** The headers by the names that the schema gives them, whatever case they came in. */
function namedHeaders(schema: z.ZodType | undefined, request: Request): Record<string, string | undefined> {
  if (!(schema instanceof z.ZodObject)) return {};
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, request.get(name)]));
}
