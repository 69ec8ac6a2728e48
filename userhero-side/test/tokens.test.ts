import { randomBytes } from 'node:crypto';
import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Service } from '../src/compose.ts';
import { createCipher } from '../src/secrets/cipher.ts';
import { type Call, caller, until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, signature } from './support/jira-bodies.ts';
import { encryptionKey } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  type Fault,
  pushedItem,
  readAdapter,
  withFault,
} from './support/steps.ts';

let harness: Harness;
let another: Service;
let adapterId: string;
let grantId: string;
let workflow: Awaited<ReturnType<typeof connectJira>>['workflow'];

beforeAll(async () => {
  harness = await startHarness();
  another = await harness.startAnother();
});
beforeEach(async () => {
  const connected = await connectJira(harness);
  workflow = connected.workflow;
  adapterId = connected.adapter.id;
  // Its webhook is registered with the first token; what follows would race with that.
  await until('the webhook of the new adapter', async () => {
    const { prisma } = harness.database;
    const waiting = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'register-webhook' AND state IN ('created', 'retry', 'active')`;
    return waiting.length === 0;
  });
  const row = await harness.database.prisma.adapter.findUniqueOrThrow({ where: { id: adapterId } });
  grantId = row.grantId ?? '';
});
afterAll(() => harness.stop());

const grantRow = () => harness.database.prisma.grant.findUniqueOrThrow({ where: { id: grantId } });
const expire = () =>
  harness.database.prisma.grant.update({ where: { id: grantId }, data: { accessExpiresAt: new Date(0) } });

const ask = (call: Call = harness.robin) => call('GET', `/api/adapters/${adapterId}/jira-projects`);
const asRobin = (service: Service) => caller(`http://localhost:${service.port}`, harness.robinHeaders);

/** Asks Jira sixteen times at once, through two replicas. */
const askSixteenTimes = () =>
  Promise.all(Array.from({ length: 16 }, (_, at) => ask(at % 2 === 0 ? harness.robin : asRobin(another))));

/** Runs `act` and counts what it asked of Atlassian's token endpoint; slower, so that what can overlap does. */
async function refreshesDuring(act: () => Promise<unknown>): Promise<number> {
  const slow: Fault = { kind: 'slow', delayMs: 150, match: { pathIncludes: '/oauth/token' } };
  return withFault(harness, slow, async () => {
    const [rule] = harness.sandbox.world.faults.slice(-1);
    await act();
    // `accessible-resources` lies below the same path and is not asked for here.
    return rule?.hits ?? 0;
  });
}

/** The refresh token that Jira handed out last for the grant. */
async function newestRefreshToken(): Promise<string | undefined> {
  const stored = createCipher([encryptionKey]).open((await grantRow()).refreshToken ?? new Uint8Array());
  const { refreshTokens } = harness.sandbox.world;
  const jiraGrant = refreshTokens.find(({ token }) => token === stored)?.grantId;
  return refreshTokens.findLast((entry) => entry.grantId === jiraGrant)?.token;
}

const storedRefreshToken = async () =>
  createCipher([encryptionKey]).open((await grantRow()).refreshToken ?? new Uint8Array());

describe('a token that ran out', () => {
  it('is renewed by exactly one refresh, however many need it in however many processes', async () => {
    await expire();
    const before = await storedRefreshToken();
    const count = await refreshesDuring(async () => {
      for (const answer of await askSixteenTimes()) expect(answer.status).toBe(200);
    });
    expect(count).toBe(1);
    expect(await storedRefreshToken()).not.toBe(before);
    expect((await grantRow()).generation).toBe(2);
  });

  it('that Jira answers 401 to before its time is renewed once too', async () => {
    harness.sandbox.world.accessTokens = [];
    const count = await refreshesDuring(async () => {
      for (const answer of await askSixteenTimes()) expect(answer.status).toBe(200);
    });
    expect(count).toBe(1);
  });

  it('is replaced in the database before its successor is used', async () => {
    await expire();
    const down: Fault = { kind: 'status', status: 503, match: { pathIncludes: '/rest/api/3' } };
    const answer = await withFault(harness, down, () => ask());
    expect([answer.status, answer.body.code]).toEqual([502, 'jira_unavailable']);
    expect((await grantRow()).generation).toBe(2);
    expect(await storedRefreshToken()).toBe(await newestRefreshToken());
    expect((await ask()).status).toBe(200);
  });

  it('survives an answer that was lost on the way, within Atlassian’s reuse interval', async () => {
    await expire();
    const lost: Fault = { kind: 'drop_after_commit', match: { pathIncludes: '/oauth/token' }, remaining: 1 };
    const answer = await withFault(harness, lost, () => ask());
    expect([answer.status, answer.body.code]).toEqual([502, 'jira_unavailable']);
    expect((await readAdapter(harness.robin, adapterId)).state).toBe('active');
    expect((await ask()).status).toBe(200);
  });
});

describe('a grant that Atlassian no longer knows', () => {
  it('needs a new consent, is told once, and is never asked for again', async () => {
    await expire();
    for (const grant of harness.sandbox.world.grants) grant.revokedAt = Date.now();
    const first = await refreshesDuring(async () => {
      for (const answer of await askSixteenTimes())
        expect([answer.status, answer.body.code]).toEqual([409, 'needs_reauth']);
    });
    expect(first).toBe(1);
    expect(await refreshesDuring(() => askSixteenTimes())).toBe(0);
    const adapter = await readAdapter(harness.robin, adapterId);
    expect(adapter).toMatchObject({ state: 'needs_reauth', remedy: /Reconnect the adapter/ });
    const told = await activityOf(harness.robin, adapterId, 'adapters');
    expect(told.filter(({ kind }) => kind === 'needs_reauth')).toHaveLength(1);
  });
});

describe('TOKEN_ENCRYPTION_KEY', () => {
  it('can be rotated: what the former key sealed is sealed anew, and the former key can go', async () => {
    const { issue } = await pushedItem(harness, workflow);
    const path = `/api/adapters/${adapterId}/webhook-setup`;
    const { secret } = bodyOf(await harness.robin<WebhookSetup>('GET', path));
    const next = randomBytes(32);
    const rotating = await harness.startAnother({ encryptionKeys: [next, encryptionKey] });
    expect((await ask(asRobin(rotating))).status).toBe(200);
    await until('everything being sealed with the new key', async () => {
      const { prisma } = harness.database;
      const boxes = [
        ...(await prisma.adapter.findMany()).map(({ webhookSecret }) => webhookSecret),
        ...(await prisma.grant.findMany()).flatMap((row) => [
          row.accessToken,
          row.refreshToken ?? row.accessToken,
        ]),
      ];
      return boxes.every((box) => opens(next, box));
    });

    const rotated = await harness.startAnother({ encryptionKeys: [next] });
    expect((await ask(asRobin(rotated))).status).toBe(200);
    expect(bodyOf(await asRobin(rotated)<WebhookSetup>('GET', path)).secret).toBe(secret);
    const body = JSON.stringify(movedBody(issue, 'Done', { id: '990000', at: Date.now() + 60_000 }));
    const signed = caller(`http://localhost:${rotated.port}`, { 'x-hub-signature': signature(body, secret) });
    expect((await signed('POST', '/api/webhooks/jira', body)).status).toBe(200);
    harness.keepSecret(secret);
    harness.keepSecret(next.toString('base64'));
  });
});

function opens(key: Buffer, box: Uint8Array): boolean {
  try {
    createCipher([key]).open(box);
    return true;
  } catch {
    return false;
  }
}
