import { createHmac, randomUUID } from 'node:crypto';
import { Router } from 'express';
import { base64url, importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { actor, ControlProblem, siteOf } from '../control/read-wanted.ts';
import { accountById } from '../issues/find.ts';
import type { Site } from '../world.ts';
import { giveConsent } from './consents.ts';
import { extensionOf, type Place, seenPlace } from './extension-context.ts';
import { type ForgeHost, forgeState, type InstalledApp, installedApp, jwksUrl } from './forge-host.ts';
import { forgeSettingsSchema } from './forge-settings.ts';
import { installApp, uninstallApp } from './installs.ts';
import { tokenClaims } from './invocation-token.ts';
import { uiModuleByKey } from './manifest.ts';
import { releaseEvents } from './product-events.ts';
import { currentKey, newSigningKey, rotateKeys } from './signing-keys.ts';

const wantedSite = z.object({ site: z.string().default('acme'), account: z.string().optional() });
const wantedToken = wantedSite.extend({
  /** Whose request the token is of: a page's names person and place. */
  sentBy: z.enum(['page', 'function']).default('page'),
  moduleKey: z.string().optional(),
  project: z.string().optional(),
  issue: z.string().optional(),
  /** Merged over the true claims, objects deeply; null takes a claim away. */
  claims: z.record(z.string(), z.unknown()).default({}),
  header: z.record(z.string(), z.unknown()).default({}),
  /** Counted from now; negative for an expired token. */
  expiresInSeconds: z.number().optional(),
  /** `stranger`: another key under the true kid. `hs256`: the public key used as a shared secret. */
  signedWith: z.enum(['host', 'stranger', 'hs256', 'none']).default('host'),
});

/** The host's controls for tests: installations, invocations, keys, and tokens true and hostile. */
export function forgeControls(host: ForgeHost): Router {
  const router = Router();

  router.get('/', (_request, response) => {
    const deployment = host.source.current();
    response.json({
      app: deployment && {
        id: deployment.manifest.app.id,
        version: deployment.version,
        modules: deployment.manifest.modules,
      },
      problem: host.source.problem(),
      jwksUrl: jwksUrl(host),
      remoteUrl: host.remoteUrl,
      keySetReads: host.keySetReads,
      installations: forgeState(host).installations,
      pendingEvents: forgeState(host).events,
      consents: forgeState(host).consents,
      settings: forgeState(host).settings,
    });
  });

  router.get('/invocations', (_request, response) => {
    response.json({ invocations: host.invocations });
  });

  router.delete('/invocations', (_request, response) => {
    host.invocations.length = 0;
    response.status(204).end();
  });

  router.post('/install', (request, response) => {
    const wanted = wantedSite.parse(request.body ?? {});
    const { world } = host.sandbox;
    const installation = installApp(host, siteOf(world, wanted.site), actor(world, wanted.account));
    if (!installation) throw new ControlProblem(`There is no app: ${host.source.problem()}`);
    response.status(201).json(installation);
  });

  router.post('/uninstall', (request, response) => {
    const wanted = wantedSite.parse(request.body ?? {});
    response.json({ uninstalled: uninstallApp(host, siteOf(host.sandbox.world, wanted.site)) });
  });

  router.post('/settings', (request, response) => {
    Object.assign(
      forgeState(host).settings,
      forgeSettingsSchema
        .partial()
        .strict()
        .parse(request.body ?? {}),
    );
    host.sandbox.save();
    response.json(forgeState(host).settings);
  });

  router.post('/events/release', (_request, response) => {
    response.json({ released: releaseEvents(host) });
  });

  router.post('/consents', (request, response) => {
    const wanted = wantedSite.parse(request.body ?? {});
    const { world } = host.sandbox;
    giveConsent(host, siteOf(world, wanted.site), actor(world, wanted.account));
    response.status(201).json({ consents: forgeState(host).consents });
  });

  router.delete('/consents', (_request, response) => {
    forgeState(host).consents = [];
    host.sandbox.save();
    response.status(204).end();
  });

  router.post('/rotate-keys', (request, response) => {
    const { forgetOld } = z.object({ forgetOld: z.boolean().default(false) }).parse(request.body ?? {});
    const key = rotateKeys(forgeState(host), forgetOld);
    host.sandbox.save();
    response.json({ kid: key.kid });
  });

  router.post('/token', async (request, response) => {
    response.json(await mintToken(host, wantedToken.parse(request.body ?? {})));
  });

  return router;
}

async function mintToken(host: ForgeHost, wanted: z.infer<typeof wantedToken>) {
  const site = siteOf(host.sandbox.world, wanted.site);
  const app = installedApp(host, site);
  if (!app) throw new ControlProblem(`The app is not installed on ${site.slug}`);
  const claims = { ...trueClaims(host, app, site, wanted) };
  if (wanted.expiresInSeconds !== undefined) {
    claims.exp = Math.floor(host.sandbox.now() / 1000) + wanted.expiresInSeconds;
  }
  const merged = mergeOver(claims, wanted.claims);
  return { token: await sign(host, wanted, merged), claims: merged };
}

function trueClaims(host: ForgeHost, app: InstalledApp, site: Site, wanted: z.infer<typeof wantedToken>) {
  const { world } = host.sandbox;
  const accountId = wanted.account === undefined ? null : actor(world, wanted.account);
  const { manifest } = app.deployment;
  const key = wanted.moduleKey ?? manifest.modules['jira:projectPage'][0]?.key ?? '';
  const type = uiModuleByKey(manifest, key)?.type;
  const place: Place = { project: wanted.project, issue: wanted.issue };
  const viewer = accountId ? accountById(world, accountId) : world.accounts[0];
  const seen = viewer && (wanted.project || wanted.issue) ? seenPlace(site, viewer, place) : null;
  const extension = type && seen ? extensionOf(site, type, seen) : undefined;
  const facts = { accountId, module: { type: type ?? 'trigger', key }, extension };
  return tokenClaims(host, app, facts, wanted.sentBy);
}

function mergeOver(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [name, value] of Object.entries(over)) {
    if (value === null) delete merged[name];
    else merged[name] = isRecord(value) && isRecord(merged[name]) ? mergeOver(merged[name], value) : value;
  }
  return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function sign(
  host: ForgeHost,
  wanted: z.infer<typeof wantedToken>,
  claims: Record<string, unknown>,
): Promise<string> {
  const key = currentKey(forgeState(host));
  const plain = (alg: string) =>
    [{ alg, kid: key.kid, typ: 'JWT', ...wanted.header }, claims]
      .map((part) => base64url.encode(JSON.stringify(part)))
      .join('.');
  if (wanted.signedWith === 'none') return `${plain('none')}.`;
  if (wanted.signedWith === 'hs256') {
    const content = plain('HS256');
    return `${content}.${createHmac('sha256', key.publicPem).update(content).digest('base64url')}`;
  }
  const signing = wanted.signedWith === 'stranger' ? newSigningKey(randomUUID()) : key;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'JWT', ...wanted.header })
    .sign(await importPKCS8(signing.privatePem, 'RS256'));
}
