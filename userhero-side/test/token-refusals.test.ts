import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  addAdapter,
  addItem,
  bodyOf,
  connectJira,
  consent,
  newWorkflow,
  push,
  readAdapter,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterEach(() => answer('good'));
afterAll(() => harness.stop());

const answer = async (tokenAnswer: string): Promise<void> => {
  bodyOf(await harness.jira('POST', '/sandbox/api/settings', { tokenAnswer }));
};

/** An adapter whose access token has expired. */
async function expired() {
  const connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const { prisma } = harness.database;
  const { grantId } = await prisma.adapter.findUniqueOrThrow({ where: { id: connected.adapter.id } });
  await prisma.grant.update({ where: { id: grantId ?? '' }, data: { accessExpiresAt: new Date(0) } });
  return connected;
}

const reasonsOf = async (adapterId: string) =>
  bodyOf(await harness.robin<AdapterHealth>('GET', `/api/adapters/${adapterId}/health`)).reasons;

describe('a connection that cannot be renewed', () => {
  it.each([
    'invalid_client',
    'access_denied',
  ])('since Atlassian refuses this deployment’s client (%s) sends nobody to reconnect, and heals by itself', async (refusal) => {
    const { adapter, workflow } = await expired();
    await answer(refusal);
    const failed = await push(harness.robin, await addItem(harness.robin, workflow));
    expect(failed.body).toMatchObject({
      code: 'oauth_failed',
      remedy: expect.stringContaining('ATLASSIAN_CLIENT_SECRET'),
    });
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
    const reason = await until('the refusal in the health', async () =>
      (await reasonsOf(adapter.id)).find(({ code }) => code === 'jira_refuses'),
    );
    expect(`${reason.message} ${reason.remedy}`).toContain('ATLASSIAN_CLIENT_SECRET');

    await answer('good');
    bodyOf(await push(harness.robin, await addItem(harness.robin, workflow)), 201);
    bodyOf(await harness.robin('POST', `/api/adapters/${adapter.id}/reconcile`), 202);
    await until('the connection being fine again', async () =>
      (await reasonsOf(adapter.id)).every(({ code }) => code !== 'jira_refuses'),
    );
  });

  it('since its scopes are no longer granted needs a new consent', async () => {
    const { adapter, workflow } = await expired();
    await answer('invalid_scope');
    const failed = await push(harness.robin, await addItem(harness.robin, workflow));
    expect(failed.body).toMatchObject({ code: 'needs_reauth', remedy: expect.stringContaining('Reconnect') });
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('needs_reauth');
  });

  it.each(['server_error_page', 'sign_in_page'])('at the moment (%s) is renewed later', async (page) => {
    const { adapter } = await expired();
    await answer(page);
    const ask = () => harness.robin('GET', `/api/adapters/${adapter.id}/jira-projects`);
    expect((await ask()).body).toMatchObject({
      code: 'jira_unavailable',
      remedy: 'Nothing is lost. Try again in a minute.',
    });
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
    await answer('good');
    expect((await ask()).status).toBe(200);
  });
});

describe('a consent whose code', () => {
  it.each([
    ['invalid_client', 'oauth_failed', 'OAuth client of this UserHero'],
    ['access_denied', 'oauth_failed', 'OAuth client of this UserHero'],
    ['invalid_scope', 'oauth_failed', 'did not accept'],
    ['server_error_page', 'jira_unavailable', 'did not answer'],
    ['sign_in_page', 'jira_unavailable', 'did not answer'],
  ])('meets %s ends with %s, whose reason is logged, and can be begun again', async (kind, code, logged) => {
    const started = await addAdapter(harness.robin, await newWorkflow(harness.robin));
    await answer(kind);
    const before = harness.log().length;
    expect(await consent(harness, started.authorizeUrl)).toContain(`?error=${code}`);
    expect(harness.log().slice(before)).toContain(logged);
    await answer('good');
    expect(await consent(harness, (await again(started.id)).authorizeUrl)).not.toContain('error');
  });

  const again = async (adapterId: string) =>
    bodyOf(await harness.robin<{ authorizeUrl: string }>('POST', `/api/adapters/${adapterId}/reconnect`));
});
