import type { Request, Response } from 'express';
import rateLimit from 'express-rate-limit';
import type { Problem } from '../outcome.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

export type LogProblem = (problem: Problem, requestId: string) => void;

/** Logs a problem and answers with it. */
export type AnswerProblem = (request: Request, response: Response, problem: Problem) => Promise<void>;

const minuteMs = 60_000;
/** Wrong keys and forged deliveries that an address may send in a minute before it is told to wait. */
const refusalsPerMinute = 300;

/**
 * Makes the one answer to problems. Refusals are counted by address, and refusals alone: Jira's addresses send for
 * every customer, so one customer's wrong secret must not keep another's deliveries out.
 */
export function createAnswerProblem(log: LogProblem): AnswerProblem {
  const limit = rateLimit({
    windowMs: minuteMs,
    limit: refusalsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (request, response) => sendProblem(response, tooMany, requestIdOf(request)),
  });
  return async (request, response, problem) => {
    const requestId = requestIdOf(request);
    log(problem, requestId);
    const send = (): void => sendProblem(response, problem, requestId);
    if (problem.code === 'unauthenticated') await limit(request, response, send);
    else send();
  };
}

const tooMany: Problem = {
  code: 'rate_limited',
  detail: 'Too many requests with wrong credentials came from this address.',
  remedy: 'Check the key or the secret, and try again in a minute.',
  retryAfterSeconds: 60,
};
