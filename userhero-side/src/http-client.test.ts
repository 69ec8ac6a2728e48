import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import type { TokenSource } from './grants/token-source.ts';
import { createOpenJira } from './jira/open-jira.ts';
import { success } from './outcome.ts';

/** What Node reports of each request before it leaves. @see undici, docs/api/DiagnosticsChannel.md */
const leaving = 'undici:request:create';

it('a create whose token comes after the wait for its answer has ended never leaves', async () => {
  const left: unknown[] = [];
  const note = (message: unknown) => left.push((message as { request: { method: string } }).request.method);
  subscribe(leaving, note);
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end('{"accountId": "1", "displayName": "Ada"}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  const late = Promise.withResolvers<Awaited<ReturnType<TokenSource['accessToken']>>>();
  const openJira = createOpenJira(
    { apiUrl: `http://127.0.0.1:${address.port}`, onSchemaMismatch: () => {}, callTimeoutMs: 1_000 },
    { accessToken: () => late.promise, renewedToken: () => late.promise },
  );
  const jira = await openJira('grant', 'cloud');
  const created = await jira.createIssue({ fields: { summary: 'Late' }, properties: [] } as never);
  expect(created).toMatchObject({ doubtful: true });
  late.resolve(success('token'));
  // Whatever waited for the token has gone by now, in its turn.
  expect(await jira.myself()).toMatchObject({ ok: true });
  expect(left).toEqual(['GET']);
  unsubscribe(leaving, note);
  server.close();
});
