import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import { isServed, notShared } from '../oauth/app-sharing.ts';
import { readAuthorizeRequest, redirectUrl } from '../oauth/authorize-request.ts';
import { grantConsent, revokeGrant } from '../oauth/grants.ts';
import type { Sandbox } from '../sandbox.ts';
import { choiceShape } from './choice-settings.ts';
import { actor, ControlProblem, siteOf } from './read-wanted.ts';

const fault = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      pathIncludes: z.string().optional(),
      pathEnds: z.string().optional(),
      cloudId: z.string().optional(),
      bodyIncludes: z.string().optional(),
      body: z.unknown().optional(),
    })
    .default({}),
  kind: z.enum(['status', 'slow', 'late_answer', 'drop_before', 'drop_after_commit']),
  status: z.number().int().optional(),
  reason: z.string().nullable().optional(),
  retryAfterSeconds: z.number().min(0).nullable().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  delayMs: z.number().optional(),
  remaining: z.number().int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
});
const settings = z
  .object({
    searchLagMs: z.number().min(0),
    accessTokenSeconds: z.number().min(1),
    codeSeconds: z.number().min(1),
    reuseIntervalSeconds: z.number().min(0),
    refreshIdleDays: z.number().min(0),
    retryBaseMs: z.number().min(0),
    maxDeliveryAttempts: z.number().int().min(1),
    deliveryTimeoutMs: z.number().min(1),
    deliveryDelayMs: z.number().min(0),
    webhookDelayMs: z.number().min(0),
    automationDelayMs: z.number().min(0),
    holdDeliveries: z.boolean(),
    clockSkewMs: z.number(),
    deliveryDuplicates: z.number().min(0).max(1),
    deliveryReorderWindow: z.number().int().min(0),
    faultSeed: z.number().int(),
    ...choiceShape,
  })
  .partial()
  .strict();
const consent = z.strictObject({
  query: z.string(),
  account: z.string().default('ada'),
  sites: z.array(z.string()).optional(),
});

/** Faults, settings, grants: what a person does on the other pages, for tests. */
export function sandboxControls(sandbox: Sandbox): Router {
  const router = Router();
  const { world } = sandbox;

  router.get('/faults', (_request, response) => {
    response.json({ faults: world.faults });
  });

  router.post('/faults', (request, response) => {
    const created = { id: randomUUID(), hits: 0, ...fault.parse(request.body) };
    world.faults.push(created);
    sandbox.save();
    response.status(201).json(created);
  });

  router.delete(['/faults', '/faults/:id'], (request, response) => {
    const { id } = request.params;
    if (id && !world.faults.some((one) => one.id === id)) throw new ControlProblem('There is no such fault');
    world.faults = id ? world.faults.filter((one) => one.id !== id) : [];
    sandbox.save();
    response.status(204).end();
  });

  router.post('/settings', (request, response) => {
    Object.assign(world.settings, settings.parse(request.body));
    sandbox.save();
    response.json(world.settings);
  });

  router.post('/consent', (request, response) => {
    const wanted = consent.parse(request.body);
    const query = new URLSearchParams(wanted.query.includes('?') ? wanted.query.split('?')[1] : wanted.query);
    const read = readAuthorizeRequest(sandbox, query);
    if (!read.ok) throw new ControlProblem(read.problem);
    const sites = wanted.sites?.map((slug) => siteOf(world, slug)) ?? world.sites;
    const accountId = actor(world, wanted.account);
    if (!isServed(world, accountId)) throw new ControlProblem(notShared(sandbox));
    const code = grantConsent(sandbox, {
      accountId,
      scopes: read.request.scopes,
      cloudIds: sites.map((one) => one.cloudId),
      redirectUri: read.request.redirectUri,
    });
    response.json({ redirectUrl: redirectUrl(read.request, { code }) });
  });

  router.post('/grants/revoke', (request, response) => {
    const wanted = z.object({ account: z.string().optional() }).parse(request.body ?? {});
    const accountId = wanted.account ? actor(world, wanted.account) : null;
    const live = world.grants.filter(
      (one) => one.revokedAt === null && (!accountId || one.accountId === accountId),
    );
    for (const grant of live) revokeGrant(sandbox, grant);
    response.json({ revoked: live.length });
  });

  return router;
}
