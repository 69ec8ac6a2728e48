import express, { type Express } from 'express';
import { type ReceivePorts, receiveDelivery } from '../inbound/receive-delivery.ts';
import type { Problem } from '../outcome.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './route.ts';

/** The largest body that Jira may send; recorded ones have some 10 kB, comments can make them larger. */
const bodyLimit = '5mb';

/**
 * `POST /api/webhooks/jira`: the one intake. It reads the raw body, since Jira's signature is over its bytes.
 *
 * Answers 200 `{outcome}` once the event is durable; Atlassian's delivery metric counts only 200 and 204.
 */
export function mountWebhookIntake(
  app: Express,
  ports: ReceivePorts,
  logProblem: (problem: Problem, requestId: string) => void,
): void {
  app.post(
    '/api/webhooks/jira',
    (request, response, next) => {
      if (request.is(['application/json', 'application/*+json'])) return next();
      sendProblem(response, unsupportedMediaType, requestIdOf(request));
    },
    express.raw({ type: () => true, limit: bodyLimit }),
    async (request, response) => {
      const outcome = await receiveDelivery(ports, {
        rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        authorization: request.get('authorization'),
        signature: request.get('x-hub-signature'),
        webhookIdentifier: request.get('x-atlassian-webhook-identifier'),
      });
      if (outcome.ok) {
        response.json(outcome.value);
        return;
      }
      logProblem(outcome.problem, requestIdOf(request));
      sendProblem(response, outcome.problem, requestIdOf(request));
    },
  );
  app.all('/api/webhooks/jira', (request, response) => {
    response.set('Allow', 'POST');
    sendProblem(
      response,
      { code: 'method_not_allowed', detail: 'The intake takes POST.' },
      requestIdOf(request),
    );
  });
}

const unsupportedMediaType: Problem = {
  code: 'unsupported_media_type',
  detail: 'The intake takes JSON.',
  remedy: 'Send Content-Type: application/json.',
};
