import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName, signature } from './support/jira-bodies.ts';
import { automationRule, ownSecret, sentAbout, withoutSenders } from './support/jira-senders.ts';
import { webhookSecret } from './support/settings.ts';
import {
  connectJira,
  itemBecomes,
  type JiraIssue,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
/** Newer than everything that Jira itself recorded, and growing. */
let change = 900_000;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

const linked = () => pushedItem(harness, connected.workflow);
const textOf = (issue: JiraIssue, to: StatusName) => {
  change += 1;
  return JSON.stringify(movedBody(issue, to, { id: String(change), at: Date.now() }));
};

async function send(body: string | Buffer, headers: Record<string, string>, where = '/api/webhooks/jira') {
  const response = await fetch(`${harness.origin}${where}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, body: await response.json() };
}

const doc = { authorization: `Bearer ${webhookSecret}` };

describe('an event is taken', () => {
  it.each<[string, (text: string) => [string | Buffer, Record<string, string>, string?]]>([
    ['with the scheme in small letters', (text) => [text, { authorization: `bearer ${webhookSecret}` }]],
    ['with two spaces after the scheme', (text) => [text, { authorization: `Bearer  ${webhookSecret}` }]],
    ['at the URL with a slash at its end', (text) => [text, doc, '/api/webhooks/jira/']],
    [
      'at the URL with what Jira adds to it',
      (text) => [text, doc, '/api/webhooks/jira?user_id=5b10ac8d82e05b22cc7d4ef5&user_key=ada'],
    ],
    ['compressed', (text) => [gzipSync(text), { ...doc, 'content-encoding': 'gzip' }]],
    [
      'compressed and signed over what was compressed',
      (text) => [
        gzipSync(text),
        { 'content-encoding': 'gzip', 'x-hub-signature': signature(text, webhookSecret) },
      ],
    ],
    [
      'with headers that a proxy adds',
      (text) => [text, { ...doc, 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7' }],
    ],
  ])('%s', async (_, request) => {
    const { item, issue } = await linked();
    const answer = await send(...request(textOf(issue, 'In Progress')));
    expect([answer.status, answer.body.outcome]).toEqual([200, 'accepted']);
    await itemBecomes(harness.robin, item.id, 'in-progress');
  });
});

describe('an event is refused with a reason, and nothing is applied,', () => {
  it.each<[string, Record<string, string>]>([
    ['with the secret alone', { authorization: webhookSecret }],
    ['with the secret in the doc’s braces', { authorization: `Bearer {${webhookSecret}}` }],
    ['with the secret in quotation marks', { authorization: `Bearer "${webhookSecret}"` }],
    ['with the scheme twice', { authorization: `Bearer Bearer ${webhookSecret}` }],
    ['with the header twice', { authorization: `Bearer ${webhookSecret}, Bearer ${webhookSecret}` }],
    ['with the header in a header of another name', { 'x-authorization': `Bearer ${webhookSecret}` }],
    ['with the doc’s placeholder', { authorization: 'Bearer {your-webhook-secret}' }],
  ])('%s', async (_, headers) => {
    const { item, issue } = await linked();
    const answer = await send(textOf(issue, 'Done'), headers);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(answer.body.remedy).toContain('Authorization: Bearer');
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
  });
});

describe('Jira’s list of deliveries shows', () => {
  it('an Automation rule whose header is wrong, with the reason', async () => {
    const secret = await ownSecret(harness, connected.adapter.id);
    for (const headers of [
      [],
      [{ name: 'Authorization', value: secret }],
      [
        { name: 'Authorization', value: `Bearer ${secret}` },
        { name: 'authorization', value: `Bearer ${secret}` },
      ],
    ]) {
      await automationRule(harness, { headers });
      const { key } = await linked();
      await moveInJira(harness, key, 'In Progress');
      const [sent] = await sentAbout(harness, key);
      expect(sent?.attempts[0]).toMatchObject({
        status: 401,
        answer: expect.stringContaining('unauthenticated'),
      });
      withoutSenders(harness);
    }
  });
});
