import {
  isApiError,
  isAuthError,
  isForbiddenError,
  isNetworkError,
  isNotFoundError,
  isRateLimitError,
  isSchemaMismatchError,
  ScopeError,
} from 'jira.js/core';
import { z } from 'zod';
import type { Problem } from '../outcome.ts';

/** Thrown inside the client when there is no token to send; carries the problem to the caller. */
export class GrantUnusable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Thrown when Jira takes longer than we wait. */
export class JiraTimeout extends Error {}

/** Thrown when Jira answers 200 to a webhook registration and refuses it inside. */
export class WebhookRefused extends Error {
  constructor(reasons: readonly string[]) {
    super(reasons.join(' ') || 'Jira gave no reason.');
  }
}

/** `doubtful`: Jira may have carried the request out although no good answer came back. */
export type JiraFailure = { ok: false; problem: Problem; doubtful: boolean };

const jiraErrorSchema = z.object({
  errorMessages: z.array(z.string()).catch([]).default([]),
  errors: z.record(z.string(), z.string()).catch({}).default({}),
});

/** Connection errors that say the request never left: nothing can have been carried out. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Says Jira's errors in the user's words, each with the remedy of the documentation's troubleshooting table.
 */
export function toJiraFailure(error: unknown): JiraFailure {
  const definite = (problem: Problem): JiraFailure => ({ ok: false, problem, doubtful: false });
  const doubtful = (problem: Problem): JiraFailure => ({ ok: false, problem, doubtful: true });

  if (error instanceof GrantUnusable) return definite(error.problem);
  if (error instanceof WebhookRefused) {
    return definite({
      code: 'jira_rejected',
      detail: `Jira refused the webhook: ${error.message}`,
      remedy: 'Create the webhook in Jira by hand, as the adapter’s page describes.',
      cause: error,
    });
  }
  if (error instanceof ScopeError) {
    return definite({
      code: 'jira_unauthorized',
      detail: 'Push fails with "unauthorized": the connection lacks a permission that UserHero needs by now.',
      remedy: 'Reconnect the adapter — the new consent includes it.',
      cause: error,
    });
  }
  if (isAuthError(error)) {
    return definite({
      code: 'jira_unauthorized',
      detail: 'Jira answered "unauthorized".',
      remedy: 'Reconnect the adapter — your OAuth token may have expired.',
      cause: error,
    });
  }
  if (isForbiddenError(error)) {
    return definite({
      code: 'jira_forbidden',
      detail: firstMessage(error.body) ?? 'Jira does not let the connected account do this.',
      remedy: 'Ensure you have project admin access in Jira, or reconnect with an account that has.',
      cause: error,
    });
  }
  if (isNotFoundError(error)) {
    return definite({
      code: 'issue_not_found',
      detail:
        firstMessage(error.body) ?? 'Jira does not know it, or does not show it to the connected account.',
      remedy: "Can't see your project or issue? Ensure you have project admin access in Jira.",
      cause: error,
    });
  }
  if (isRateLimitError(error)) {
    return definite({
      code: 'jira_rate_limited',
      detail: 'Jira asks UserHero to slow down.',
      remedy: 'Nothing is lost. Try again in a minute.',
      retryAfterSeconds: Math.max(1, Math.ceil((error.retryAfterMs ?? 5_000) / 1000)),
      cause: error,
    });
  }
  if (isApiError(error) && error.status < 500) return definite(rejection(error.status, error.body, error));
  if (isNetworkError(error) && neverSent.has(networkCode(error) ?? '')) return definite(unavailable(error));
  if (isSchemaMismatchError(error)) {
    return doubtful({
      code: 'jira_unavailable',
      detail: 'Jira answered in a form that UserHero does not know.',
      remedy: 'Try again. If it stays so, tell UserHero support the request id.',
      cause: error,
    });
  }
  return doubtful(unavailable(error));
}

function unavailable(cause: unknown): Problem {
  return {
    code: 'jira_unavailable',
    detail:
      cause instanceof JiraTimeout ? 'Jira took too long to answer.' : 'Jira does not answer at the moment.',
    remedy: 'Nothing is lost. Try again in a minute; status.atlassian.com tells whether Jira has an outage.',
    cause,
  };
}

/** A refusal in the user's words: Jira's messages, the fields it names, and what to do about them. */
export function rejection(status: number, body: unknown, cause: unknown): Problem {
  const parsed = jiraErrorSchema.safeParse(body);
  const errors = parsed.success ? Object.entries(parsed.data.errors) : [];
  const messages = parsed.success ? parsed.data.errorMessages : [];
  const fields = errors.map(([field, message]) => ({ field, message }));
  return {
    code: 'jira_rejected',
    detail:
      [...messages, ...fields.map((entry) => entry.message)].join(' ') ||
      `Jira refused the request (${status}).`,
    remedy: remedyFor(fields.map((entry) => entry.field)),
    errors: fields.length > 0 ? fields : undefined,
    cause,
  };
}

function remedyFor(fields: readonly string[]): string {
  if (fields.includes('issuetype'))
    return "Wrong issue type? Check the Jira project's default issue type settings.";
  if (fields.length > 0) {
    return `Give ${fields.length === 1 ? 'this field' : 'these fields'} a fixed value in Settings → Sync Adapters, or make ${fields.length === 1 ? 'it' : 'them'} optional in Jira.`;
  }
  return 'Check the item and the adapter settings, then push again.';
}

function firstMessage(body: unknown): string | null {
  const parsed = jiraErrorSchema.safeParse(body);
  if (!parsed.success) return null;
  return parsed.data.errorMessages[0] ?? Object.values(parsed.data.errors)[0] ?? null;
}

function networkCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if (code) return code;
  }
  return undefined;
}
