import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Request, type Response, Router, static as serveFolder } from 'express';
import { z } from 'zod';
import { readVisit } from '../pages/visit.ts';
import { createBrowserBundle, frameScript } from './browser-bundle.ts';
import { giveConsent } from './consents.ts';
import { type ForgeHost, forgeState, installedApp } from './forge-host.ts';
import { egressOrigins } from './outgoing.ts';
import { invokeResolver, type ModuleVisit, requestFromPage, visitModule } from './page-calls.ts';
import { keySet } from './signing-keys.ts';

const placed = z.object({
  moduleKey: z.string(),
  place: z.object({ project: z.string().optional(), issue: z.string().optional() }),
  locale: z.string().optional(),
});
const invoked = placed.extend({ functionKey: z.string(), payload: z.unknown().optional() });
const fetched = placed.extend({
  kind: z.enum(['product', 'remote']),
  remote: z.string(),
  path: z.string(),
  method: z.string().default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
});

/** What the browser needs of the host: the key set, the renderer, the app's built files and its calls. */
export function forgeRouter(host: ForgeHost): Router {
  const router = Router();
  const browserBundle = createBrowserBundle();
  router.get('/.well-known/jwks.json', (_request, response) => {
    host.keySetReads += 1;
    response.set('cache-control', 'public, max-age=60').json(keySet(forgeState(host)));
  });
  router.get('/app/forge/frame.js', (_request, response) => {
    response.type('js').set('cache-control', 'no-cache').send(frameScript);
  });
  router.get('/app/forge/:name', async (request, response, next) => {
    const name = String(request.params.name);
    const file = (await browserBundle()).get(name);
    if (!file) return next();
    response.type(extname(name)).set('cache-control', 'no-cache').send(Buffer.from(file));
  });
  router.get(
    ['/s/:site/forge/resources/:resource', '/s/:site/forge/resources/:resource/*file'],
    (request, response, next) => serveResource(host, request, response, next),
  );
  router.use('/s/:site/forge', onlyOwnPages);
  router.post('/s/:site/forge/context', (request, response) => {
    const visit = readModuleVisit(host, request, response, placed.parse(request.body));
    if (visit) response.json(visit.context);
  });
  router.post('/s/:site/forge/invoke', async (request, response) => {
    const wanted = invoked.parse(request.body);
    const visit = readModuleVisit(host, request, response, wanted);
    if (!visit) return;
    const { functionKey, payload } = wanted;
    response.json(await invokeResolver(host, visit, { functionKey, payload }));
  });
  // What Forge's own prompt does when the person presses "Allow access".
  router.post('/s/:site/forge/consent', (request, response) => {
    const visit = readModuleVisit(host, request, response, placed.parse(request.body));
    if (!visit) return;
    giveConsent(host, visit.app.site, visit.account.accountId);
    response.json({ ok: true });
  });
  router.post('/s/:site/forge/fetch', async (request, response) => {
    const { kind, remote, path, method, headers, body, ...wanted } = fetched.parse(request.body);
    const visit = readModuleVisit(host, request, response, wanted);
    if (!visit) return;
    const target = { type: kind === 'product' ? 'fpp' : 'frc', provider: 'user', remote };
    response.json(await requestFromPage(host, visit, { target, path, method, headers, body }));
  });
  return router;
}

/** Without sign-in, a page of a stranger could otherwise call the app in a person's name. */
function onlyOwnPages(request: Request, response: Response, next: () => void): void {
  const from = request.headers['sec-fetch-site'];
  if (request.method === 'POST' && from !== undefined && from !== 'same-origin') {
    response.status(403).json({ error: 'This call comes from another site.' });
  } else next();
}

function readModuleVisit(
  host: ForgeHost,
  request: Request,
  response: Response,
  wanted: z.infer<typeof placed>,
): ModuleVisit | null {
  const { site, account } = readVisit(host.sandbox, request, response);
  const visit = site && visitModule(host, site, account, wanted);
  if (visit) return visit;
  response.status(404).json({ error: 'There is no such module here, or this person may not see it.' });
  return null;
}

/** The built files of a resource, as Forge's CDN serves them; the document alone gets the bridge put in. */
async function serveResource(
  host: ForgeHost,
  request: Request,
  response: Response,
  next: () => void,
): Promise<void> {
  const { site } = readVisit(host.sandbox, request, response);
  const app = site && installedApp(host, site);
  const key = String(request.params.resource);
  const folder = app?.deployment.resourceFolders.get(key);
  if (!app || !folder) return next();
  const origins = egressOrigins(app.deployment.manifest);
  response.set({
    'content-security-policy': `default-src 'self'; script-src 'self'; connect-src ${["'self'", ...origins].join(' ')}; object-src 'none'; base-uri 'none'; frame-ancestors 'self'`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  });
  const file = [request.params.file ?? []].flat().join('/');
  if (file === '' || file === 'index.html') {
    const page = join(folder, 'index.html');
    if (!existsSync(page)) return next();
    const text = await readFile(page, 'utf8');
    const bridge = '<script src="/app/forge/frame.js"></script>';
    response
      .type('html')
      .send(
        /<head[^>]*>/i.test(text) ? text.replace(/<head[^>]*>/i, (head) => head + bridge) : bridge + text,
      );
    return;
  }
  request.url = `/${file}`;
  serveFolder(folder, { index: false, fallthrough: true })(request, response, () =>
    response.status(404).end(),
  );
}
