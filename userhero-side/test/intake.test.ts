import { randomUUID } from 'node:crypto';
import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName, signature } from './support/jira-bodies.ts';
import { formerWebhookSecret, webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  itemBecomes,
  type JiraIssue,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
let adapterSecret: string;
/** Newer than everything that Jira itself recorded, and growing. */
let change = 900_000;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  adapterSecret = await secretOf(connected.adapter.id);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

async function secretOf(adapterId: string, call = harness.robin): Promise<string> {
  return bodyOf(await call<WebhookSetup>('GET', `/api/adapters/${adapterId}/webhook-setup`)).secret;
}

function send(body: unknown, headers: Record<string, string> = bearer(webhookSecret)) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return harness.nobody<DeliveryAnswer>('POST', '/api/webhooks/jira', text, headers);
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const signed = (body: string, secret: string) => ({ 'x-hub-signature': signature(body, secret) });

function moved(issue: Pick<JiraIssue, 'id' | 'key' | 'url'>, to: StatusName, id = String(++change)) {
  return movedBody(issue, to, { id, at: Date.now() + 60_000 + Number(id) });
}

const selfOf = (issue: JiraIssue) => moved(issue, 'Done').issue.self;
const linked = () => pushedItem(harness, connected.workflow);

async function handled(itemId: string, count: number) {
  return until(`${count} events of the item being handled`, async () => {
    const events = (await deliveriesOf(harness, itemId))
      .filter(({ sender }) => sender !== 'reconciliation')
      .sort((left, right) => Number(left.id - right.id));
    return events.length === count && events.every(({ state }) => state !== 'pending') && events;
  });
}

describe('who may send', () => {
  it.each([
    ['the doc’s Authorization header with the deployment’s webhook secret', () => webhookSecret],
    ['the former secret while it is rotated', () => formerWebhookSecret],
    ['the adapter’s own secret', () => adapterSecret],
  ])('%s is accepted, as header and as Jira’s native signature', async (_, secret) => {
    const { item, issue } = await linked();
    const first = await send(moved(issue, 'In Progress'), bearer(secret()));
    expect([first.status, first.body.outcome]).toEqual([200, 'accepted']);
    await itemBecomes(harness.robin, item.id, 'in-progress');

    const text = JSON.stringify(moved(issue, 'Done'));
    const second = await send(text, signed(text, secret()));
    expect([second.status, second.body.outcome]).toEqual([200, 'accepted']);
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('nobody else is: none, wrong, cut, wrongly signed or signed for another body', async () => {
    const { item, issue } = await linked();
    const text = JSON.stringify(moved(issue, 'Done'));
    const refused: Record<string, string>[] = [
      {},
      bearer('wrong'),
      bearer(webhookSecret.slice(0, -1)),
      { authorization: webhookSecret },
      { authorization: `Basic ${Buffer.from(`jira:${webhookSecret}`).toString('base64')}` },
      bearer('eyJhbGciOiJub25lIn0.eyJpc3MiOiJ1c2VyaGVyby1sb2NhbCJ9.'),
      signed(text, 'wrong'),
      signed(`${text} `, webhookSecret),
      { 'x-hub-signature': signature(text, webhookSecret).replace('sha256=', '') },
      { 'x-hub-signature': 'sha256=' },
    ];
    for (const headers of refused) {
      const answer = await send(text, headers);
      expect([answer.status, answer.body], JSON.stringify(headers)).toEqual([
        401,
        expect.objectContaining({ code: 'unauthenticated' }),
      ]);
    }
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
  });

  it('a signature by another method is refused, and the log tells the method, never what it is', async () => {
    const { issue } = await linked();
    const answer = await send(moved(issue, 'Done'), { 'x-hub-signature': 'sha512=c0ffee00c0ffee' });
    expect(answer.status).toBe(401);
    expect(harness.log()).toMatch(/"method":"sha512"/);
    expect(harness.log()).not.toContain('c0ffee00c0ffee');
  });

  it('an issue that nobody linked is ignored, not refused, when the adapter’s own secret signs it', async () => {
    const { issue } = await linked();
    const text = JSON.stringify(moved({ ...issue, id: '99999', key: 'SHOP-99999' }, 'Done'));
    for (const headers of [signed(text, adapterSecret), bearer(adapterSecret)]) {
      const answer = await send(text, headers);
      expect([answer.status, answer.body]).toEqual([200, expect.objectContaining({ outcome: 'ignored' })]);
    }
    const comment = JSON.stringify({ webhookEvent: 'comment_created', issue: { self: selfOf(issue) } });
    expect((await send(comment, signed(comment, adapterSecret))).body.outcome).toBe('ignored');
  });
});

describe('what is taken', () => {
  it('is JSON and nothing else: 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
      const answer = await send('{}', { ...bearer(webhookSecret), 'content-type': type });
      expect([answer.status, answer.body]).toEqual([
        415,
        expect.objectContaining({ code: 'unsupported_media_type' }),
      ]);
    }
  });

  it.each([
    '',
    ' \n',
  ])('is not the body "Empty" of Automation (%j): 400 says what to choose', async (body) => {
    const answer = await send(body, { ...bearer(webhookSecret), 'content-type': 'text/plain' });
    const expected = body === '' ? [400, 'not_an_event'] : [415, 'unsupported_media_type'];
    expect([answer.status, answer.body]).toEqual([
      expected[0],
      expect.objectContaining({ code: expected[1] }),
    ]);
    const asJson = await send(body);
    expect([asJson.status, asJson.body]).toEqual([
      400,
      expect.objectContaining({
        code: 'not_an_event',
        remedy: expect.stringContaining('"Issue data (Jira format)"'),
      }),
    ]);
  });

  it('must be whole JSON: 400 not_json', async () => {
    const answer = await send('{"webhookEvent": "jira:iss');
    expect([answer.status, answer.body]).toEqual([400, expect.objectContaining({ code: 'not_json' })]);
  });

  it.each([
    ['webhookEvent', {}],
    ['issue', { webhookEvent: 'jira:issue_updated' }],
    ['webhookEvent', { rule: 'Tell UserHero' }],
    ['issueKey', { issueKey: '{{issue.key}}' }],
    ['issue.self', { issueKey: 'SHOP-1' }],
    ['issue.id', { webhookEvent: 'jira:issue_updated', issue: { key: 'SHOP-1' } }],
    ['issue.self', { webhookEvent: 'jira:issue_updated', issue: { id: '1', key: 'SHOP-1' } }],
    [
      'issue.fields.status.name',
      { webhookEvent: 'jira:issue_updated', issue: { id: '1', fields: { status: { id: '3', name: ' ' } } } },
    ],
  ])('must have what syncing needs: 400 names %s', async (field, body) => {
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([
      400,
      expect.objectContaining({ code: 'not_an_event', errors: [expect.objectContaining({ field })] }),
    ]);
  });

  it('must not be larger than anything Jira sends: 413', async () => {
    const answer = await send({ webhookEvent: 'jira:issue_updated', padding: 'x'.repeat(6_000_000) });
    expect([answer.status, answer.body]).toEqual([
      413,
      expect.objectContaining({ code: 'payload_too_large' }),
    ]);
  });

  it('comes by POST: 405', async () => {
    const answer = await harness.nobody('GET', '/api/webhooks/jira', undefined, bearer(webhookSecret));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('may be an event that syncing does not need: ignored', async () => {
    const answer = await send({ webhookEvent: 'comment_created', timestamp: 1 });
    expect([answer.status, answer.body.outcome]).toEqual([200, 'ignored']);
  });
});

describe('an event', () => {
  it('counts once, however often and through whichever sender it comes', async () => {
    const { item, issue } = await linked();
    const body = moved(issue, 'In Progress');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(body, { ...bearer(webhookSecret), ...identified() })),
    );
    const again = await send(body, bearer(adapterSecret));
    const outcomes = [...answers, again].map((answer) => answer.body.outcome);
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(20);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await handled(item.id, 1);
    expect((await readItem(harness.robin, item.id)).version).toBe(2);
    const changes = await activityOf(harness.robin, item.id);
    expect(changes.filter(({ kind }) => kind === 'inbound_applied')).toHaveLength(1);
  });

  it('without a changelog is known by Jira’s delivery identifier, the same for all tries', async () => {
    const { item, issue } = await linked();
    const body = movedBody(issue, 'Done', { id: null, at: Date.now() + 60_000 });
    const headers = { ...bearer(webhookSecret), ...identified() };
    expect((await send(body, headers)).body.outcome).toBe('accepted');
    const retry = { ...headers, 'x-atlassian-webhook-retry': '1' };
    expect((await send(body, retry)).body.outcome).toBe('duplicate');
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('that is older than the last applied one changes nothing, in whatever order they arrive', async () => {
    const { item, issue } = await linked();
    const [first, second, third] = [
      moved(issue, 'In Progress'),
      moved(issue, 'Done'),
      moved(issue, 'In Review'),
    ];
    await send(third);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await send(second);
    await send(first);
    const events = await handled(item.id, 3);
    // Two late ones in one batch are one: the older of them is coalesced.
    const late = expect.stringMatching(/^(stale|coalesced)$/);
    expect(events.map(({ rule }) => rule)).toEqual(['category', late, late]);
    const { status, externalReferences } = await readItem(harness.robin, item.id);
    expect([status, externalReferences[0]?.jiraStatus]).toEqual(['in-progress', 'In Review']);
  });
});

describe('a customer', () => {
  it('is never touched by another one’s secret, nor by an event of another site', async () => {
    const { item, issue } = await linked();
    const rival = await connectJira(harness, { call: harness.casey, plan: 'pro' });
    const rivalSecret = await secretOf(rival.adapter.id, harness.casey);
    const text = JSON.stringify(moved(issue, 'Done'));
    for (const headers of [bearer(rivalSecret), signed(text, rivalSecret)]) {
      const answer = await send(text, headers);
      expect(answer.body.outcome ?? answer.status).toSatisfy((seen) => seen === 'ignored' || seen === 401);
    }
    const elsewhere = { ...issue, url: issue.url.replace('/s/acme/', '/s/nordwind/') };
    expect((await send(moved(elsewhere, 'Done'))).body.outcome).toBe('ignored');
    expect((await send(moved(elsewhere, 'Done'), bearer(adapterSecret))).body.outcome).toBe('ignored');
    expect((await readItem(harness.robin, item.id)).status).toBe('open');
    expect((await deliveriesOf(harness, item.id)).map(({ state }) => state)).not.toContain('applied');
  });
});

function identified() {
  return { 'x-atlassian-webhook-identifier': randomUUID() };
}
