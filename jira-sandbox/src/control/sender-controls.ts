import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { filterProblem } from '../jql/read-filter.ts';
import type { Sandbox } from '../sandbox.ts';
import {
  changeEvents,
  httpMethods,
  ruleBodies,
  ruleTriggers,
  singleEvents,
} from '../webhooks/automation-rule.ts';
import { usersOfWebhook } from '../webhooks/post-function.ts';
import { releaseOrders, waitingDeliveries } from '../webhooks/release-order.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
import type { Delivery } from '../world.ts';
import { ControlProblem, projectWanted, siteOf } from './read-wanted.ts';

const site = z.string().default('acme');
const webhook = z.strictObject({
  site,
  name: z.string().default('UserHero'),
  url: z.url(),
  secret: z.string().default(''),
  events: z
    .array(z.enum(['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted', 'comment_created']))
    .default(['jira:issue_updated']),
  jqlFilter: z.string().default(''),
  enabled: z.boolean().default(true),
});
const rule = z.strictObject({
  site,
  name: z.string().default('Send to UserHero'),
  trigger: z.enum(ruleTriggers).default('transitioned'),
  fields: z.array(z.string()).default(['status']),
  events: z.array(z.enum(singleEvents)).default(changeEvents),
  projectKey: z.string().default(''),
  url: z.url(),
  method: z.enum(httpMethods).default('POST'),
  headers: z
    .array(z.object({ name: z.string(), value: z.string(), hidden: z.boolean().optional() }))
    .default([]),
  body: z.enum(ruleBodies).default('jira'),
  customData: z.string().default(''),
  enabled: z.boolean().default(true),
});
const postFunction = z.strictObject({
  site,
  project: z.string(),
  /** A transition's name or id. */
  transition: z.string(),
  webhookId: z.string(),
});
const release = z.strictObject({
  order: z.enum(releaseOrders).default('as_it_happened'),
  /** Only these, in this order. */
  ids: z.array(z.string()).optional(),
});

/** What an admin sets up to send events, and what has been sent. */
export function senderControls(sandbox: Sandbox): Router {
  const router = Router();
  const { world } = sandbox;

  router.post('/webhooks', (request, response) => {
    const { site: slug, ...wanted } = webhook.parse(request.body);
    const place = siteOf(world, slug);
    const problem = wanted.jqlFilter ? filterProblem(place, wanted.jqlFilter, null) : null;
    if (problem) throw new ControlProblem(problem);
    const created = { id: randomUUID(), ...wanted };
    place.webhooks.push(created);
    sandbox.save();
    response.status(201).json(created);
  });

  router.delete('/webhooks/:id', (request, response) => {
    const { id } = request.params;
    if (world.sites.some((one) => usersOfWebhook(one, id).length > 0)) {
      throw new ControlProblem('A workflow uses this webhook');
    }
    if (!world.sites.some((one) => one.webhooks.some((hook) => hook.id === id))) {
      throw new ControlProblem('There is no such webhook');
    }
    for (const one of world.sites) one.webhooks = one.webhooks.filter((hook) => hook.id !== id);
    sandbox.save();
    response.status(204).end();
  });

  router.post('/post-functions', (request, response) => {
    const wanted = postFunction.parse(request.body);
    const transition = transitionWanted(sandbox, wanted);
    const exists = siteOf(world, wanted.site).webhooks.some((one) => one.id === wanted.webhookId);
    if (!exists) throw new ControlProblem(`There is no webhook ${wanted.webhookId}`);
    transition.webhookIds = [...new Set([...(transition.webhookIds ?? []), wanted.webhookId])];
    sandbox.save();
    response.status(201).json(transition);
  });

  router.delete('/post-functions', (request, response) => {
    const wanted = postFunction.parse(request.body);
    const transition = transitionWanted(sandbox, wanted);
    transition.webhookIds = transition.webhookIds?.filter((one) => one !== wanted.webhookId);
    sandbox.save();
    response.status(204).end();
  });

  router.post('/rules', (request, response) => {
    const { site: slug, ...wanted } = rule.parse(request.body);
    const created = { id: randomUUID(), ...wanted };
    const place = siteOf(world, slug);
    if (wanted.projectKey) projectWanted(place, wanted.projectKey);
    place.rules.push(created);
    sandbox.save();
    response.status(201).json(created);
  });

  router.delete('/rules/:id', (request, response) => {
    const { id: wanted } = request.params;
    if (!world.sites.some((one) => one.rules.some(({ id }) => id === wanted))) {
      throw new ControlProblem('There is no such rule');
    }
    for (const one of world.sites) one.rules = one.rules.filter(({ id }) => id !== wanted);
    sandbox.save();
    response.status(204).end();
  });

  // As if they had run out: what is left is what an admin or an installed app brings.
  router.delete('/dynamic-webhooks', (_request, response) => {
    for (const one of world.sites) one.dynamicWebhooks = [];
    sandbox.save();
    response.status(204).end();
  });

  router.get('/deliveries', (_request, response) => {
    response.json({ deliveries: world.deliveries.map(withoutSecret) });
  });

  router.post('/deliveries/release', async (request, response) => {
    const { order, ids } = release.parse(request.body ?? {});
    const wanted = ids?.map((id) => deliveryOf(sandbox, id)) ?? waitingDeliveries(world.deliveries, order);
    await sandbox.queue.release(wanted);
    response.json({ deliveries: wanted.map(withoutSecret) });
  });

  router.post('/deliveries/:id/repeat', (request, response) => {
    sandbox.queue.repeat(deliveryOf(sandbox, request.params.id));
    response.status(202).end();
  });

  return router;
}

function withoutSecret({ secret, ...delivery }: Delivery) {
  return { ...delivery, signed: secret !== '' };
}

function deliveryOf(sandbox: Sandbox, id: string): Delivery {
  const delivery = sandbox.world.deliveries.find((one) => one.id === id);
  if (!delivery) throw new ControlProblem('There is no such delivery');
  return delivery;
}

function transitionWanted(sandbox: Sandbox, wanted: z.infer<typeof postFunction>) {
  const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
  const found = workflowsOf(project)
    .flatMap((one) => one.transitions)
    .find((one) => one.id === wanted.transition || one.name === wanted.transition);
  if (!found) throw new ControlProblem(`${project.key} has no transition ${wanted.transition}`);
  return found;
}
