import { deliveryAnswerSchema } from '@userhero/shared/contracts/delivery.ts';
import { z } from 'zod';
import type { RouteFacts } from '../route.ts';

/*
 * What the server mounts apart from the routes, since it reads raw bytes, leads a browser on, or must answer without
 * anything else: described here for the document.
 */

const common = {
  description: null,
  params: {},
  query: null,
  headers: null,
  body: null,
  answerHeaders: {},
  problems: [],
} satisfies Partial<RouteFacts>;

const textSchema = z.string();
const probeSchema = z.object({ status: z.string() });

/** The intake, the callback and the probes. */
export const mountedApart: readonly RouteFacts[] = [
  {
    ...common,
    method: 'post',
    path: '/api/webhooks/jira',
    name: 'receiveDelivery',
    tag: 'From Atlassian',
    summary: 'Receive an event from Jira',
    description:
      'For a Jira webhook, the Forge app’s trigger, Automation’s web request and a workflow’s “Trigger a webhook”. ' +
      'It answers once the event is durable, before it is applied; Jira sends it again after any other answer.',
    credential: 'jiraSender',
    headers: z.object({
      'X-Atlassian-Webhook-Identifier': z
        .string()
        .optional()
        .describe('The same for every try of one delivery; a second one is a duplicate.'),
    }),
    body: z
      .looseObject({
        issue: z.looseObject({ id: z.string().optional(), key: z.string().optional() }).optional(),
      })
      .describe('An event as Jira sends it. Anything that names an issue will do.'),
    answers: deliveryAnswerSchema,
    statuses: { 200: 'The event is durable, is one that was received before, or is not needed.' },
    problems: ['not_an_event', 'overloaded'],
  },
  {
    ...common,
    method: 'get',
    path: '/oauth/atlassian/callback',
    name: 'finishConsent',
    tag: 'From Atlassian',
    summary: 'Finish the consent that a person gave at Atlassian',
    description: 'Atlassian sends the browser here; nobody else calls it.',
    credential: null,
    query: z.object({
      state: z.string().optional().describe('From `authorizeUrl`, signed and good once.'),
      code: z.string().optional().describe('Present when consent was given.'),
      error: z.string().optional().describe('Present when it was not.'),
    }),
    answers: null,
    statuses: { 303: 'Leads the browser to the adapter’s page.' },
    answerHeaders: { Location: 'The adapter’s page.' },
    otherwise: 'A page for people that says why Jira was not connected.',
    problems: ['oauth_state_invalid', 'oauth_denied', 'oauth_failed', 'site_not_granted'],
  },
  {
    ...common,
    method: 'get',
    path: '/healthz',
    name: 'getLiveness',
    tag: 'Operation',
    summary: 'Get whether the process is alive',
    credential: null,
    answers: probeSchema,
    statuses: { 200: 'It is alive.' },
  },
  {
    ...common,
    method: 'get',
    path: '/readyz',
    name: 'getReadiness',
    tag: 'Operation',
    summary: 'Get whether the service can take requests',
    credential: null,
    answers: probeSchema,
    statuses: { 200: 'It is ready.', 503: 'The database does not answer.' },
  },
  {
    ...common,
    method: 'get',
    path: '/metrics',
    name: 'getMetrics',
    tag: 'Operation',
    summary: 'Get metrics for Prometheus',
    credential: null,
    answers: textSchema,
    mediaType: 'text/plain',
    statuses: { 200: 'Metrics in the text format of Prometheus.' },
  },
];
