import type { AdapterStarted } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { casey, robin } from './support/seeded.ts';
import { signIn } from './support/sign-in.ts';
import { addAdapter, bodyOf, consentUrl, newWorkflow, readAdapter, withFault } from './support/steps.ts';

let harness: Harness;
let aheadMs = 0;

beforeAll(async () => {
  harness = await startHarness({ now: () => new Date(Date.now() + aheadMs) });
});
afterAll(() => harness.stop());

const back = (url: URL, call: Call = harness.robin) => call('GET', `${url.pathname}${url.search}`);

describe('Atlassian’s consent', () => {
  const start = async () => addAdapter(harness.robin, await newWorkflow(harness.robin));
  const refused = (answer: { status: number; body: { code: string } }) =>
    expect([answer.status, answer.body.code]).toEqual([400, 'oauth_state_invalid']);

  it('counts once, and only with a state of ours', async () => {
    const started = await start();
    const url = await consentUrl(harness, started.authorizeUrl);
    const forged = new URL(url);
    forged.searchParams.set('state', `${url.searchParams.get('state')?.split('.')[0]}.forged`);
    refused(await back(forged));
    forged.searchParams.delete('state');
    refused(await back(forged));
    expect((await back(url)).status).toBe(303);
    refused(await back(url));
  });

  it('counts only for who started it: not for another customer, another session, or nobody', async () => {
    const started = await start();
    const url = await consentUrl(harness, started.authorizeUrl);
    refused(await back(url, harness.casey));
    refused(await back(url, harness.nobody));
    refused(await back(url, await signIn(harness, casey)));
    expect((await back(url)).status).toBe(303);

    const [one, other] = [await signIn(harness, robin), await signIn(harness, robin)];
    const bound = await addAdapter(one, await newWorkflow(one));
    const boundUrl = await consentUrl(harness, bound.authorizeUrl);
    refused(await back(boundUrl, other));
    refused(await back(boundUrl, harness.robin));
    expect((await back(boundUrl, one)).status).toBe(303);
  });

  it('ends after ten minutes, and with the next attempt', async () => {
    const started = await start();
    const first = await consentUrl(harness, started.authorizeUrl);
    const path = `/api/adapters/${started.id}/reconnect`;
    const second = bodyOf(await harness.robin<AdapterStarted>('POST', path));
    refused(await back(first));
    const late = await consentUrl(harness, second.authorizeUrl);
    aheadMs += 11 * 60_000;
    refused(await back(late));
  });

  it('can be cancelled: the page says so, and nothing is connected', async () => {
    const started = await start();
    const state = new URL(started.authorizeUrl).searchParams.get('state') ?? '';
    harness.keepSecret(state);
    const query = new URLSearchParams({ error: 'access_denied', state });
    const answer = await harness.robin('GET', `/oauth/atlassian/callback?${query}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/\?error=oauth_denied$/);
    expect((await readAdapter(harness.robin, started.id)).state).toBe('authorizing');
  });

  it.each([
    [
      'a connection cut while the code is exchanged',
      { kind: 'drop_before', match: { pathIncludes: '/oauth/token' } },
    ],
    [
      'a connection cut while the sites are listed',
      { kind: 'drop_before', match: { pathIncludes: '/accessible-resources' } },
    ],
    [
      'a connection cut while the account is read',
      { kind: 'drop_before', match: { pathIncludes: '/myself' } },
    ],
    ['a gateway error of Atlassian’s', { kind: 'status', status: 502, match: { method: 'GET' } }],
  ] as const)('is not lost to %s', async (_, fault) => {
    const started = await start();
    const url = await consentUrl(harness, started.authorizeUrl);
    const answer = await withFault(harness, { ...fault, remaining: 1 }, () => back(url));
    expect(answer.headers.get('location')).not.toMatch(/error/);
    expect((await readAdapter(harness.robin, started.id)).account).not.toBeNull();
  });

  it.each([
    ['no site can be listed', { kind: 'drop_before', match: { method: 'GET' } }],
    ['no code can be exchanged', { kind: 'status', status: 503, match: { pathIncludes: '/oauth/token' } }],
  ] as const)('says that Jira does not answer when %s, and the next attempt succeeds', async (_, gone) => {
    const started = await start();
    const url = await consentUrl(harness, started.authorizeUrl);
    const answer = await withFault(harness, gone, () => back(url));
    expect(answer.headers.get('location')).toMatch(/\?error=jira_unavailable$/);
    const path = `/api/adapters/${started.id}/reconnect`;
    const again = bodyOf(await harness.robin<AdapterStarted>('POST', path));
    const next = await back(await consentUrl(harness, again.authorizeUrl));
    expect(next.headers.get('location')).not.toMatch(/error/);
  });

  it('with a code that Atlassian refuses connects nothing', async () => {
    const started = await start();
    const url = await consentUrl(harness, started.authorizeUrl);
    url.searchParams.set('code', 'stolen-or-used-code');
    expect((await back(url)).headers.get('location')).toMatch(/\?error=oauth_failed$/);
    expect((await readAdapter(harness.robin, started.id)).account).toBeNull();
  });
});
