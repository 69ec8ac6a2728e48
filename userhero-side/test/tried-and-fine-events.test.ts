import { gzipSync } from 'node:zlib';
import type { Adapter, WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, signature } from './support/jira-bodies.ts';
import { webhookSecret } from './support/settings.ts';
import {
  bodyOf,
  connectJira,
  itemBecomes,
  type JiraIssue,
  moveInJira,
  pushedItem,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

// Bodies and requests that others met from Jira and that stand here; docs/jira-truth.md has the list.

let harness: Harness;
let workflow: Workflow;
let adapter: Adapter;
let secret: string;

beforeAll(async () => {
  harness = await startHarness();
  ({ workflow, adapter } = await connectJira(harness));
  await withoutRegisteredWebhooks(harness);
  const setup = await harness.robin<WebhookSetup>('GET', `/api/adapters/${adapter.id}/webhook-setup`);
  secret = bodyOf(setup).secret;
});
afterAll(() => harness.stop());

const authorized = () => ({ authorization: `Bearer ${secret}` });

/** Sends bytes as they are. */
async function send(body: Buffer | string, headers: [string, string][] | Record<string, string>, path = '') {
  const response = await fetch(`${harness.origin}/api/webhooks/jira${path}`, {
    method: 'POST',
    headers: withType(entriesOf(headers)),
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const answer = (await response.json()) as Partial<DeliveryAnswer> & { code?: string; detail?: string };
  return { status: response.status, ...answer };
}

function entriesOf(headers: [string, string][] | Record<string, string>): [string, string][] {
  return Array.isArray(headers) ? headers : Object.entries(headers);
}

/** JSON, unless the headers say otherwise. */
function withType(headers: [string, string][]): [string, string][] {
  const isTold = headers.some(([name]) => name === 'content-type');
  return isTold ? headers : [...headers, ['content-type', 'application/json']];
}

type Body = ReturnType<typeof movedBody>;
const done = (issue: JiraIssue): Body => movedBody(issue, 'Done', { id: null, at: Date.now() });
/** Whatever a sender makes of a body. */
type Bent = Record<string, unknown> & { issue: Record<string, unknown> & { fields: unknown } };
const bend = (issue: JiraIssue, change: (body: Bent) => unknown): Bent => {
  const body = structuredClone(done(issue)) as unknown as Bent;
  change(body);
  return body;
};
const statusItem = (to: string, name: string) => ({ field: 'status', fieldId: 'status', to, toString: name });

describe('an event is applied', () => {
  it.each<[string, (body: Bent) => unknown]>([
    ['without a changelog', (body) => delete body.changelog],
    ['without a timestamp', (body) => delete body.timestamp],
    ['with a time as text', (body) => Object.assign(body, { timestamp: new Date().toISOString() })],
    ['with its issue id as a number', (body) => Object.assign(body.issue, { id: Number(body.issue.id) })],
    [
      'with its status id as a number',
      (body) => {
        const { status } = body.issue.fields as { status: { id: string | number } };
        status.id = Number(status.id);
      },
    ],
    ['with no user', (body) => Object.assign(body, { user: null })],
    ['with a user without id', (body) => Object.assign(body, { user: { displayName: 'Somebody' } })],
    [
      'with a name of 500 characters',
      (body) => Object.assign(body, { user: { displayName: 'N'.repeat(500) } }),
    ],
    [
      'of a bulk edit, with several status items of which the last one counts',
      (body) =>
        Object.assign(body, {
          issue_event_type_name: 'issue_bulk_edited',
          changelog: { id: '900001', items: [statusItem('3', 'In Progress'), statusItem('10003', 'Done')] },
        }),
    ],
  ])('%s', async (_, change) => {
    const { item, issue } = await pushedItem(harness, workflow);
    const answer = await send(JSON.stringify(bend(issue, change)), authorized());
    expect(answer).toMatchObject({ status: 200, outcome: 'accepted' });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('without fields, from its changelog', async () => {
    const { item, key, issue } = await pushedItem(harness, workflow);
    await moveInJira(harness, key, 'In Progress');
    const body = bend(issue, (one) => {
      one.changelog = { id: '900002', items: [statusItem('3', 'In Progress')] };
      one.issue.fields = null;
    });
    const answer = await send(JSON.stringify(body), authorized());
    expect(answer).toMatchObject({ status: 200, outcome: 'accepted' });
    await itemBecomes(harness.robin, item.id, 'in-progress');
  });

  it('whose body is compressed, and the signature of a body that was not', async () => {
    const { item, issue } = await pushedItem(harness, workflow);
    const zipped = gzipSync(JSON.stringify(done(issue)));
    const sent = await send(zipped, { ...authorized(), 'content-encoding': 'gzip' });
    expect(sent).toMatchObject({ status: 200, outcome: 'accepted' });
    await itemBecomes(harness.robin, item.id, 'resolved');
    const plain = JSON.stringify(movedBody(issue, 'In Progress', { id: null, at: Date.now() }));
    const headers = { 'x-hub-signature': signature(plain, secret), 'content-encoding': 'gzip' };
    expect(await send(gzipSync(plain), headers)).toMatchObject({ status: 200, outcome: 'accepted' });
  });

  it.each([
    '/',
    '?user_id=5b10ac8d82e05b22cc7d4ef5&user_key=ada',
  ])('sent to the address with %s', async (path) => {
    const { item, issue } = await pushedItem(harness, workflow);
    const answer = await send(JSON.stringify(done(issue)), authorized(), path);
    expect(answer).toMatchObject({ status: 200, outcome: 'accepted' });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });
});

describe('what is no event', () => {
  it('comment_created is ignored', async () => {
    const { issue } = await pushedItem(harness, workflow);
    const body = { webhookEvent: 'comment_created', comment: { id: '1' }, issue: done(issue).issue };
    expect(await send(JSON.stringify(body), authorized())).toMatchObject({ status: 200, outcome: 'ignored' });
  });

  it.each([
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
  ])('%s is refused with a reason', async (_, body, status) => {
    const answer = await send(body, authorized());
    expect(answer.status).toBe(status);
    expect(answer.detail).toBeTruthy();
  });

  it('a form is refused, and JSON in UTF-16 too', async () => {
    const form = await send('payload=%7B%7D', {
      ...authorized(),
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(form.status).toBe(415);
    const { issue } = await pushedItem(harness, workflow);
    const wide = Buffer.from(`\ufeff${JSON.stringify(done(issue))}`, 'utf16le');
    const answer = await send(wide, {
      ...authorized(),
      'content-type': 'application/json; charset=utf-16le',
    });
    expect([400, 415]).toContain(answer.status);
  });
});

it('a secret without Bearer, in braces or in two headers is no secret, and nothing is applied', async () => {
  const { item, issue } = await pushedItem(harness, workflow);
  const body = JSON.stringify(done(issue));
  const tries: [string, string][][] = [
    [['authorization', secret]],
    [['authorization', `Bearer {${secret}}`]],
    [
      ['authorization', `Bearer ${secret}`],
      ['authorization', `Bearer ${webhookSecret}`],
    ],
  ];
  for (const headers of tries) {
    const answer = await send(body, headers);
    expect(answer, JSON.stringify(headers.length)).toMatchObject({ status: 401, code: 'unauthenticated' });
  }
  expect((await readItem(harness.robin, item.id)).status).toBe('open');
});

it('a new key in the same project is the reference’s new key', async () => {
  const { item, issue } = await pushedItem(harness, workflow);
  const body = bend(issue, (one) => {
    one.issue.key = 'SHOP-4711';
    one.changelog = { id: '900003', items: [{ field: 'Key', fromString: issue.key, toString: 'SHOP-4711' }] };
  });
  expect(await send(JSON.stringify(body), authorized())).toMatchObject({ outcome: 'accepted' });
  await until('the new key', async () => {
    const { externalReferences } = await readItem(harness.robin, item.id);
    return externalReferences[0]?.key === 'SHOP-4711';
  });
  expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');
});
