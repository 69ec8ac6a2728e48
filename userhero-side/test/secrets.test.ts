import { randomBytes } from 'node:crypto';
import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCipher } from '../src/secrets/cipher.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, signature } from './support/jira-bodies.ts';
import { robin } from './support/seeded.ts';
import { authSecret, clientSecret, encryptionKey, webhookSecret } from './support/settings.ts';
import {
  addAdapter,
  addItem,
  bodyOf,
  connectJira,
  consentUrl,
  type Fault,
  newWorkflow,
  push,
  pushedItem,
  withFault,
} from './support/steps.ts';

let harness: Harness;
/** Everything that was answered, body and headers. */
const answers: string[] = [];
const keep = (answer: { headers: Headers; body: unknown }): void => {
  answers.push(JSON.stringify([...answer.headers]), JSON.stringify(answer.body));
};

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const secret = (): string => randomBytes(24).toString('base64url');

it('no secret, token, code, state or key is in the log or in an answer, whatever goes wrong', async () => {
  const { adapter, workflow } = await connectJira(harness);
  const { issue } = await pushedItem(harness, workflow);
  const setup = await harness.robin<WebhookSetup>('GET', `/api/adapters/${adapter.id}/webhook-setup`);
  const adapterSecret = bodyOf(setup).secret;
  const foreign = { key: secret(), bearer: secret(), code: secret(), state: secret() };

  // What strangers send by mistake may be somebody else's secret.
  keep(await harness.nobody('GET', '/api/projects', undefined, { authorization: `Bearer ${foreign.key}` }));
  const text = JSON.stringify(movedBody(issue, 'Done', { id: '950000', at: Date.now() + 60_000 }));
  const intake = (headers: Record<string, string>, body = text) =>
    harness.nobody('POST', '/api/webhooks/jira', body, headers);
  keep(await intake({ authorization: `Bearer ${foreign.bearer}` }));
  keep(await intake({ 'x-hub-signature': signature(text, foreign.bearer) }));
  keep(await intake({ authorization: `Bearer ${adapterSecret}` }));
  keep(await intake({ authorization: `Bearer ${webhookSecret}` }, '{"webhookEvent": 1}'));
  keep(await intake({ authorization: `Bearer ${webhookSecret}` }, 'no JSON'));

  keep(await harness.robin('GET', `/oauth/atlassian/callback?code=${foreign.code}&state=${foreign.state}`));
  const started = await addAdapter(harness.robin, await newWorkflow(harness.robin));
  const back = await consentUrl(harness, started.authorizeUrl);
  back.searchParams.set('code', foreign.code);
  keep(await harness.robin('GET', `${back.pathname}${back.search}`));

  const faults: Fault[] = [
    { kind: 'status', status: 401, match: { pathIncludes: '/rest/api/3' } },
    { kind: 'status', status: 403, match: { pathIncludes: '/rest/api/3' } },
    { kind: 'status', status: 500, match: { pathIncludes: '/rest/api/3' } },
    { kind: 'drop_before', match: { pathIncludes: '/rest/api/3' } },
    { kind: 'status', status: 200, body: { nonsense: true }, match: { pathIncludes: '/rest/api/3' } },
    { kind: 'status', status: 503, match: { pathIncludes: '/oauth/token' } },
  ];
  const handedOut = new Set<string>();
  for (const fault of faults) {
    await harness.database.prisma.grant.updateMany({ data: { accessExpiresAt: new Date(0) } });
    const item = await addItem(harness.robin, workflow);
    keep(await withFault(harness, fault, () => push(harness.robin, item)));
    const { accessTokens, refreshTokens, codes } = harness.sandbox.world;
    for (const { token } of [...accessTokens, ...refreshTokens]) handedOut.add(token);
    for (const { code } of codes) handedOut.add(code);
  }
  bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', {}));
  await harness.database.prisma.grant.updateMany({ data: { accessExpiresAt: new Date(0) } });
  keep(await push(harness.robin, await addItem(harness.robin, workflow)));
  await withFault(harness, { kind: 'drop_before' }, async () =>
    keep(await harness.robin('POST', `/api/adapters/${adapter.id}/disconnect`)),
  );

  const log = harness.log();
  expect(log).toContain('"path":"/oauth/atlassian/callback"');
  expect(log).toContain('push failed');
  expect(handedOut.size).toBeGreaterThan(faults.length);
  const known: Record<string, string> = {
    ...foreign,
    adapterSecret,
    webhookSecret,
    clientSecret,
    authSecret,
    password: robin.password,
    apiKey: robin.apiKey,
    encryptionKey: encryptionKey.toString('base64'),
    realState: back.searchParams.get('state') ?? '',
    ...Object.fromEntries([...handedOut].map((value, at) => [`handed out ${at}`, value])),
  };
  const leaked = (where: string) =>
    Object.entries(known).flatMap(([name, value]) => (where.includes(value) ? [name] : []));
  expect(leaked(log)).toEqual([]);
  expect(leaked(answers.join('\n'))).toEqual([]);
});

it('tokens and webhook secrets lie encrypted in the database, and API keys as hashes', async () => {
  await connectJira(harness);
  const { prisma } = harness.database;
  const cipher = createCipher([encryptionKey]);
  const grants = await prisma.grant.findMany();
  const adapters = await prisma.adapter.findMany();
  const boxes = [
    ...grants.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken ?? accessToken]),
    ...adapters.map(({ webhookSecret: box }) => box),
  ];
  expect(boxes.length).toBeGreaterThan(2);
  for (const box of boxes) expect(Buffer.from(box).includes(cipher.open(box))).toBe(false);
  const [apiKeys, everything] = [await prisma.apiKey.findMany(), JSON.stringify([grants, adapters])];
  expect(JSON.stringify(apiKeys)).not.toContain(robin.apiKey);
  for (const { token } of harness.sandbox.world.accessTokens) expect(everything).not.toContain(token);
});
