import { isUnavailable } from '@userhero/shared/limits/pause-for.ts';
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
import { CallTimeout, CallTooLate } from '../http-client.ts';
import { CallPaused } from '../limits/call-limits.ts';
import type { Problem } from '../outcome.ts';
import { meaningOfCode, remedyForField } from './field-remedies.ts';
import { fieldInSentence, type Refusal, readRefusal } from './read-refusal.ts';

/** Thrown inside the client when there is no token to send; carries the problem to the caller. */
export class GrantUnusable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Thrown when Jira answers 200 to a webhook registration and refuses it inside. */
export class WebhookRefused extends Error {
  constructor(reasons: readonly string[]) {
    super(reasons.join(' ') || 'Jira gave no reason.');
  }
}

/** `doubtful`: Jira may have carried the request out although no good answer came back. */
export type JiraFailure = { ok: false; problem: Problem; doubtful: boolean };

/** Jira, or the gateway in front of it, gave up waiting: nobody knows whether it was carried out. */
const requestTimeout = 408;

/** How long a call waits that found its place in the pace too late. */
const tooLateMs = 5_000;

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
      detail: 'Push fails with "unauthorized": the connection lacks a permission that UserHero now needs.',
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
      remedy: remedyForForbidden(firstMessage(error.body) ?? ''),
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
  if (error instanceof CallPaused) {
    const problem = pausedProblem(error);
    // A 429 was not carried out; nobody knows that of a 503.
    return isUnavailable(error.pause) && error.answered ? doubtful(problem) : definite(problem);
  }
  if (error instanceof CallTooLate) return definite(rateLimited(tooLateMs, error));
  if (isRateLimitError(error)) return definite(rateLimited(error.retryAfterMs ?? 5_000, error));
  if (isApiError(error) && error.status < 500 && error.status !== requestTimeout)
    return definite(rejection(error.status, error.body, error));
  if (isNetworkError(error) && neverSent.has(networkCode(error) ?? '')) return definite(unavailable(error));
  if (isSchemaMismatchError(error)) {
    return doubtful({
      code: 'jira_unavailable',
      detail: 'Jira answered in a form that UserHero does not know.',
      remedy: 'Try again. If it stays so, tell UserHero support the request id.',
      temporary: true,
      cause: error,
    });
  }
  return doubtful(unavailable(error));
}

/** Why calls that a pause covers are refused, and for how long. */
function pausedProblem(paused: CallPaused): Problem {
  const { pause } = paused;
  const limited = rateLimited(paused.leftMs, paused);
  if (!isUnavailable(pause)) return { ...limited, pause };
  return { ...unavailable(paused), retryAfterSeconds: limited.retryAfterSeconds, pause };
}

/** Nobody should try again each minute for an hour. */
const longMs = 90_000;

function rateLimited(leftMs: number, cause: unknown): Problem {
  return {
    code: 'jira_rate_limited',
    detail: 'Jira asks UserHero to slow down.',
    remedy:
      leftMs > longMs
        ? 'Nothing is lost. Try again when the limit is over.'
        : 'Nothing is lost. Try again in a minute.',
    temporary: true,
    retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
    cause,
  };
}

function unavailable(cause: unknown): Problem {
  return {
    code: 'jira_unavailable',
    detail:
      cause instanceof CallTimeout ? 'Jira took too long to answer.' : 'Jira does not answer at the moment.',
    remedy: 'Nothing is lost. Try again in a minute; status.atlassian.com tells whether Jira has an outage.',
    temporary: true,
    cause,
  };
}

const mostRemedies = 3;

/** A refusal in the user's words: Jira's messages, the fields it names, and what to do about each. */
export function rejection(status: number, body: unknown, cause: unknown): Problem {
  const { messages, fields } = readRefusal(body);
  const sentences = [...messages, ...fields.map((entry) => entry.message)].map(
    (said) => meaningOfCode(said)?.sentence ?? said,
  );
  return {
    code: 'jira_rejected',
    detail: sentences.join(' ') || (byStatus[status]?.detail ?? `Jira refused the request (${status}).`),
    remedy: remedyOf(status, messages, fields),
    errors: fields.length > 0 ? fields : undefined,
    cause,
  };
}

/** What a status says where the body says less. */
const byStatus: Record<number, { detail: string; remedy: string } | undefined> = {
  409: {
    detail: 'Somebody else changed the issue in Jira at the same moment.',
    remedy: 'Try again.',
  },
  410: {
    detail: 'Jira no longer offers what UserHero asked for.',
    remedy: 'Tell UserHero support; this needs a new version of UserHero.',
  },
  413: {
    detail: 'The issue is larger than Jira accepts.',
    remedy: "Shorten the item's description, then push it again.",
  },
};

function remedyOf(status: number, messages: readonly string[], fields: Refusal['fields']): string {
  const named = messages.flatMap((message) => {
    const field = meaningOfCode(message)?.field ?? fieldInSentence(message);
    return field === null ? [] : [{ field, message }];
  });
  const remedies = new Set([...fields, ...named].map(({ field, message }) => remedyForField(field, message)));
  if (remedies.size > 0) return [...remedies].slice(0, mostRemedies).join(' ');
  return byStatus[status]?.remedy ?? 'Check the item and the adapter settings, then push again.';
}

/** Refusals that an admin of the site has brought about, apart from what the account may do. */
function remedyForForbidden(said: string): string {
  if (/\bIP\b|allowlist/i.test(said))
    return 'Ask your Jira admin to allow the addresses of UserHero in the IP allowlist.';
  if (/\bapp\b|\bblocked\b|\bpolicy\b/i.test(said)) return 'Ask your Jira admin to allow the UserHero app.';
  return 'Ensure you have project admin access in Jira, or reconnect with an account that has.';
}

function firstMessage(body: unknown): string | null {
  const { messages, fields } = readRefusal(body);
  return messages[0] ?? fields[0]?.message ?? null;
}

function networkCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if (code) return code;
  }
  return undefined;
}
