import express, { type Express, type Request } from 'express';
import { type ReceivePorts, receiveDelivery } from '../inbound/receive-delivery.ts';
import type { Problem } from '../outcome.ts';
import type { AnswerProblem } from './answer-problem.ts';

/** The largest body that Jira may send; recorded ones have some 10 kB, comments can make them larger. */
const bodyLimit = '5mb';

/**
 * `POST /api/webhooks/jira`: the one intake. It reads the raw body, since Jira's signature is over its bytes.
 *
 * Answers 200 `{outcome}` once the event is durable; Atlassian's delivery metric counts only 200 and 204.
 */
export function mountWebhookIntake(app: Express, ports: ReceivePorts, answerProblem: AnswerProblem): void {
  app.post(
    '/api/webhooks/jira',
    (request, response, next) => {
      if (isEmpty(request) || request.is(['application/json', 'application/*+json'])) return next();
      return answerProblem(request, response, unsupportedMediaType);
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
        // No ETag, no negotiation: nobody caches an answer to a delivery. Headers and body leave in one write.
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.setHeader('x-content-type-options', 'nosniff');
        response.end(JSON.stringify(outcome.value));
        return;
      }
      await answerProblem(request, response, outcome.problem);
    },
  );
  app.all('/api/webhooks/jira', (request, response) => {
    response.set('Allow', 'POST');
    return answerProblem(request, response, {
      code: 'method_not_allowed',
      detail: 'The intake takes POST.',
    });
  });
}

/** Automation's body "Empty", whatever it says of its type: its sender is told what to choose instead. */
function isEmpty(request: Request): boolean {
  return request.get('transfer-encoding') === undefined && Number(request.get('content-length') ?? 0) === 0;
}

const unsupportedMediaType: Problem = {
  code: 'unsupported_media_type',
  detail: 'The intake takes JSON.',
  remedy: 'Send Content-Type: application/json.',
};
