import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import type { TokenSource } from './grants/token-source.ts';
import { leavingWithin } from './http-client.ts';
import type { Jira } from './jira/jira.ts';
import { createOpenJira } from './jira/open-jira.ts';
import type { CallLimits } from './limits/call-limits.ts';
import { success } from './outcome.ts';

/** What Node reports of each request before it leaves. @see undici, docs/api/DiagnosticsChannel.md */
const leaving = 'undici:request:create';

/** Opens a conversation with a server that answers everything alike, and notes what leaves. */
async function openNoting(
  accessToken: TokenSource['accessToken'],
  limits?: CallLimits,
): Promise<{ jira: Jira; left: string[]; close(): void }> {
  const left: string[] = [];
  const note = (message: unknown) => left.push((message as { request: { method: string } }).request.method);
  subscribe(leaving, note);
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end('{"accountId": "1", "displayName": "Ada"}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const settings = {
    apiUrl: `http://127.0.0.1:${address.port}`,
    onSchemaMismatch: () => {},
    callTimeoutMs: 1_000,
  };
  const open = createOpenJira(
    { ...settings, ...(limits ? { limits } : {}) },
    { accessToken, renewedToken: accessToken },
  );
  const close = () => {
    unsubscribe(leaving, note);
    server.close();
  };
  return { jira: await open('grant', 'cloud'), left, close };
}

const issue = { fields: { summary: 'Late' }, properties: [] } as never;

it('a create whose token comes after the wait for its answer has ended never leaves', async () => {
  const late = Promise.withResolvers<Awaited<ReturnType<TokenSource['accessToken']>>>();
  const { jira, left, close } = await openNoting(() => late.promise);
  expect(await jira.createIssue(issue)).toMatchObject({ doubtful: true });
  late.resolve(success('token'));
  // Whatever waited for the token has gone by now, in its turn.
  expect(await jira.myself()).toMatchObject({ ok: true });
  expect(left).toEqual(['GET']);
  close();
});

it('a create that finds its place in the pace too late never leaves, and is not in doubt', async () => {
  const place = Promise.withResolvers<() => void>();
  const limits = {
    pauseOf: () => null,
    enter: () => place.promise,
    heard: () => null,
    now: () => new Date(),
  };
  const { jira, left, close } = await openNoting(async () => success('token'), limits);
  const creating = leavingWithin(0)(() => jira.createIssue(issue));
  const reading = jira.myself();
  const released: string[] = [];
  place.resolve(() => released.push('place'));
  const problem = expect.objectContaining({ code: 'jira_rate_limited', temporary: true });
  expect(await creating).toEqual({ ok: false, doubtful: false, problem });
  expect(await reading).toMatchObject({ ok: true });
  expect([left, released]).toEqual([['GET'], ['place', 'place']]);
  close();
});
