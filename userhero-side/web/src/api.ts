import { type FieldFault, type ProblemDocument, problemSchema } from '@userhero/shared/contracts/problem.ts';
import type { z } from 'zod';

/** What went wrong with a call: the service's problem document, or one of the two that only a page can meet. */
export type ApiProblem = {
  status: number;
  code: ProblemDocument['code'] | 'offline' | 'unexpected_answer';
  title: string;
  detail: string;
  remedy?: string;
  errors: FieldFault[];
};

/** The error of every failed call; TanStack Query hands it on as it is. */
export type ApiError = Error & { problem: ApiProblem };

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: ApiError;
  }
}

export type CallOptions = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** Whether a caught value is one of ours. */
export function isApiError(value: unknown): value is ApiError {
  return value instanceof Error && 'problem' in value;
}

/** The problem behind a caught value; anything unknown becomes `unexpected_answer`. */
export function problemOf(value: unknown): ApiProblem {
  return isApiError(value) ? value.problem : unexpected(0);
}

/**
 * Calls the service with the session cookie and reads the answer with its contract.
 *
 * @returns what the schema makes of the answer
 * @throws {ApiError} with the problem document's code, detail, remedy and fields
 */
export async function call<T extends z.ZodType>(
  schema: T,
  path: string,
  options: CallOptions = {},
): Promise<z.output<T>> {
  const response = await send(path, options);
  const body: unknown = await response.json().catch(() => null);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw apiError(unexpected(response.status));
  return parsed.data;
}

/** Calls the service where the answer's body does not matter. */
export async function tell(path: string, options: CallOptions): Promise<void> {
  const response = await send(path, options);
  await response.body?.cancel();
}

async function send(path: string, { method = 'GET', body, headers, signal }: CallOptions): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      // The pages are in English, whatever the browser asks for.
      'accept-language': 'en',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw apiError(offline);
  });
  if (!response.ok) throw apiError(await readProblem(response));
  return response;
}

const offline: ApiProblem = {
  status: 0,
  code: 'offline',
  title: 'UserHero cannot be reached',
  detail: 'The connection to UserHero failed.',
  remedy: 'Check your network, then try again.',
  errors: [],
};

function unexpected(status: number): ApiProblem {
  return {
    status,
    code: status === 401 ? 'unauthenticated' : 'unexpected_answer',
    title: 'Something went wrong',
    detail: 'UserHero gave an answer that this page does not understand.',
    remedy: 'Reload the page. If it happens again, tell your administrator.',
    errors: [],
  };
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return unexpected(response.status);
  const { status, code, title, detail, remedy, errors } = parsed.data;
  return { status, code, title, detail, remedy, errors: errors ?? [] };
}

function apiError(problem: ApiProblem): ApiError {
  return Object.assign(new Error(problem.detail), { problem });
}
