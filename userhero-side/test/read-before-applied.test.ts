import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import type { DeliveryAnswer } from '@userhero/shared/contracts/delivery.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { movedBody, type StatusName } from './support/jira-bodies.ts';
import { webhookSecret } from './support/settings.ts';
import {
  activityOf,
  bodyOf,
  connectJira,
  deliveriesOf,
  issueInJira,
  itemBecomes,
  type JiraIssue,
  moveInJira,
  pushedItem,
  readItem,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
let ownSecret: string;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  ownSecret = await secretOf(connected.adapter.id);
  await withoutRegisteredWebhooks(harness);
});
afterAll(() => harness.stop());

async function secretOf(adapterId: string, call = harness.robin): Promise<string> {
  return bodyOf(await call<WebhookSetup>('GET', `/api/adapters/${adapterId}/webhook-setup`)).secret;
}

const linked = () => pushedItem(harness, connected.workflow);

const send = (body: unknown, secret = ownSecret) =>
  harness.nobody<DeliveryAnswer>('POST', '/api/webhooks/jira', body, { authorization: `Bearer ${secret}` });

async function accepted(body: unknown, secret = ownSecret): Promise<void> {
  const answer = await send(body, secret);
  expect([answer.status, answer.body]).toEqual([200, { outcome: 'accepted' }]);
}

const selfOf = (issue: JiraIssue) => `${issue.url.split('/browse/')[0]}/rest/api/2/issue/${issue.id}`;

/** What senders told of an item; our own readings are left out. */
const toldOf = async (itemId: string) =>
  (await deliveriesOf(harness, itemId)).filter(({ sender }) => sender !== 'reconciliation');

const allSettled = (itemId: string) =>
  until('every event being settled', async () => {
    const told = await toldOf(itemId);
    return told.every(({ state }) => state !== 'pending') && told;
  });

/** The newest change of an issue, as Jira's webhook tells it. */
async function newestChange(key: string) {
  const issue = await issueInJira(harness, key);
  const change = issue.changes.at(-1);
  return movedBody(issue, issue.status.name as StatusName, { id: change?.id ?? null, at: change?.at ?? 0 });
}

describe('what a body lacks is read in Jira', () => {
  it.each([
    ['a key alone', (issue: JiraIssue) => ({ issue: issue.key.toLowerCase() })],
    ['a key in custom data', (issue: JiraIssue) => ({ data: { issueKey: issue.key, status: 'To Do' } })],
    ['an id alone', (issue: JiraIssue) => ({ issue: { id: Number(issue.id) } })],
    [
      'a category alone',
      (issue: JiraIssue) => ({
        webhookEvent: 'jira:issue_updated',
        issue: {
          id: issue.id,
          self: selfOf(issue),
          fields: { status: { statusCategory: { key: 'indeterminate' } } },
        },
      }),
    ],
    [
      'a workflow’s webhook with the old status',
      (issue: JiraIssue) => ({
        transition: { from_status: 'To Do', to_status: 'Done' },
        issue: { id: issue.id, self: selfOf(issue), fields: { status: { id: '10001', name: 'To Do' } } },
        timestamp: Date.now(),
      }),
    ],
  ])('%s', async (_, bodyFor) => {
    const { item, key, issue } = await linked();
    await moveInJira(harness, key, 'Done');
    await accepted(bodyFor(issue));
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect(await allSettled(item.id)).toMatchObject([{ rule: 'read', state: 'applied' }]);
  });

  it('not where Automation sends the whole issue', async () => {
    const { item, issue } = await linked();
    const status = { id: 3, name: 'In Progress', statusCategory: { id: 4, key: 'indeterminate' } };
    const fields = { status, updated: new Date().toISOString(), project: { id: 10000, key: 'SHOP' } };
    const whole = { self: selfOf(issue), id: Number(issue.id), key: issue.key, fields };
    await accepted({ issue: whole }, webhookSecret);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    expect((await send(whole, webhookSecret)).body.outcome).toBe('duplicate');
  });

  it('once for many events', async () => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    await Promise.all(Array.from({ length: 20 }, () => accepted({ issue: key })));
    await itemBecomes(harness.robin, item.id, 'resolved');
    await allSettled(item.id);
    expect((await readItem(harness.robin, item.id)).version).toBe(2);
    const changes = (await activityOf(harness.robin, item.id)).filter(
      ({ kind }) => kind === 'inbound_applied',
    );
    expect(changes).toHaveLength(1);
  });
});

describe('an event that waits for a reading', () => {
  it('is pending with its reason while there is no usable grant, and goes on when there is', async () => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    const { grantId } = await harness.database.prisma.adapter.findUniqueOrThrow({
      where: { id: connected.adapter.id },
    });
    const grant = (state: string) =>
      harness.database.prisma.grant.update({ where: { id: grantId ?? '' }, data: { state } });
    await grant('revoked');
    await accepted({ issue: key });
    const path = `/api/adapters/${connected.adapter.id}/events?state=pending`;
    const waiting = await harness.robin<{ items: unknown[] }>('GET', path);
    expect(waiting.body.items).toMatchObject([{ state: 'pending', rule: 'by_key', issueKey: key }]);
    await grant('active');
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('waits for Jira’s limit, and for a Jira that is away', async () => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    const match = { method: 'POST', pathIncludes: '/issue/bulkfetch' };
    const limited = { kind: 'status' as const, match, status: 429, headers: { 'Retry-After': '1' } };
    await withFault(harness, limited, async () => {
      await accepted({ issue: key });
      await until('the reading being put off', async () =>
        (await toldOf(item.id)).some(({ error }) => error),
      );
    });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });

  it('is put off no longer because readings for other issues fail too', async () => {
    const { item, key } = await linked();
    const others = [await linked(), await linked(), await linked(), await linked(), await linked()];
    const match = { method: 'POST', pathIncludes: '/issue/bulkfetch' };
    const put = (id: string) =>
      until('the reading being put off', async () => (await toldOf(id)).some(({ error }) => error));
    await withFault(harness, { kind: 'status', match, status: 500 }, async () => {
      for (const one of [{ item, key }, ...others]) {
        await accepted({ issue: one.key });
        await put(one.item.id);
      }
      const [first] = (await toldOf(item.id)).filter(({ error }) => error);
      expect(first?.attempts).toBeLessThan(others.length);
      expect((first?.nextAttemptAt.getTime() ?? 0) - Date.now()).toBeLessThan(30_000);
    });
  });

  it('is taken up by somebody else when the process that read it died', async () => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    const slow = { kind: 'slow' as const, match: { pathIncludes: '/issue/bulkfetch' }, delayMs: 3_000 };
    await withFault(harness, slow, async () => {
      await accepted({ issue: key });
      // As a process leaves it that took the event and died: taken, with nobody reading.
      await harness.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'read-issues'`;
      await harness.database.prisma.delivery.updateMany({
        where: { needsReading: true },
        data: { nextAttemptAt: new Date(Date.now() + 1_000) },
      });
    });
    await itemBecomes(harness.robin, item.id, 'resolved');
  });
});

describe('an event with a wrong clock or an id that Jira never gave', () => {
  const day = 86_400_000;
  it.each([
    ['a day ahead', { at: Date.now() + day }],
    ['in the year 9999', { at: 253_402_300_799_999 }],
    ['a day behind', { at: Date.now() - day }],
    ['in 1970', { at: 0 }],
    ['before 1970', { at: -1 }],
    ['with an id of 60 nines', { id: '9'.repeat(60), at: Date.now() }],
    ['with an id of 18 nines', { id: '9'.repeat(18), at: Date.now() }],
    ['with a negative id', { id: '-5', at: Date.now() + day }],
  ])('%s freezes nothing: what then happens in Jira arrives', async (_, change) => {
    const { item, key, issue } = await linked();
    await accepted(movedBody(issue, 'Done', { id: null, ...change }), webhookSecret);
    await moveInJira(harness, key, 'In Review');
    await accepted(await newestChange(key), webhookSecret);
    await itemBecomes(harness.robin, item.id, 'in-progress');
    await allSettled(item.id);
    expect((await readItem(harness.robin, item.id)).status).toBe('in-progress');
  });
});

describe('a deletion', () => {
  const stateOf = async (itemId: string) =>
    (await readItem(harness.robin, itemId)).externalReferences[0]?.state;

  it('that Jira does not confirm changes nothing, whatever its time', async () => {
    const { item, issue } = await linked();
    for (const at of [Date.now() - 60_000, Date.now()]) {
      const body = movedBody(issue, 'Done', { id: null, at });
      await accepted({ ...body, webhookEvent: 'jira:issue_deleted' }, webhookSecret);
    }
    expect((await allSettled(item.id)).map(({ rule }) => rule)).toEqual(['read', 'read']);
    expect(await stateOf(item.id)).toBe('active');
  });

  it('outranks the older update that arrives after it', async () => {
    const { item, key, issue } = await linked();
    const at = Date.now();
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
    const deleted = movedBody(issue, 'To Do', { id: null, at: at + 5_000 });
    await accepted({ ...deleted, webhookEvent: 'jira:issue_deleted' }, webhookSecret);
    await until('the deletion being confirmed', async () => (await stateOf(item.id)) === 'issue_deleted');
    await accepted(movedBody(issue, 'In Progress', { id: '90001', at: at + 1_000 }), webhookSecret);
    await allSettled(item.id);
    expect([await stateOf(item.id), (await readItem(harness.robin, item.id)).status]).toEqual([
      'issue_deleted',
      'open',
    ]);
  });
});

describe('one change', () => {
  it('that a sender with a changelog and one without tell applies once', async () => {
    const { item, key } = await linked();
    await moveInJira(harness, key, 'Done');
    const told = await newestChange(key);
    await accepted(told, webhookSecret);
    await itemBecomes(harness.robin, item.id, 'resolved');
    await accepted({ ...told, changelog: undefined }, webhookSecret);
    await allSettled(item.id);
    expect((await readItem(harness.robin, item.id)).version).toBe(2);
  });

  it('of this customer’s issue cannot be told by another one’s secret', async () => {
    const { item, key, issue } = await linked();
    const rival = await connectJira(harness, { call: harness.casey, plan: 'pro' });
    const secret = await secretOf(rival.adapter.id, harness.casey);
    for (const body of [{ issue: key }, { issue: { id: issue.id } }, { key, self: selfOf(issue) }])
      expect((await send(body, secret)).body.outcome).toBe('ignored');
    expect(await toldOf(item.id)).toEqual([]);
  });
});

describe('a storm of mixed shapes', () => {
  it('is answered 200 or 400 throughout, and ends in Jira’s state', async () => {
    const { item, key, issue } = await linked();
    await moveInJira(harness, key, 'In Review');
    const now = Date.now();
    const bodies: unknown[] = [
      { issue: key },
      { issue: { id: issue.id, key: '{{issue.key}}' } },
      {},
      [],
      'null',
      { issues: [{}, {}] },
      { webhookEvent: 'jira:issue_updated', issue: { id: issue.id, self: selfOf(issue), fields: null } },
      { webhookEvent: 'jira:issue_created', issue: { id: issue.id } },
      { webhookEvent: 'issue_property_set', property: { key: 'x' } },
      { webhookEvent: 'worklog_updated', worklog: { issueId: issue.id } },
      { webhookEvent: 'sprint_started', sprint: { id: 1 } },
      { webhookEvent: 'comment_created', comment: { self: 'x' }, issue: { key } },
      movedBody(issue, 'Done', { id: '9'.repeat(18), at: now }),
      movedBody(issue, 'Closed', { id: '12', at: now + 86_400_000 }),
      { ...movedBody(issue, 'Done', { id: null, at: now }), webhookEvent: 'jira:issue_deleted' },
      { transition: { from_status: 'x', to_status: '\u0000' }, issue: { id: issue.id } },
      { transition: { to_status: 7 }, issue: { id: issue.id } },
      await newestChange(key),
    ];
    const storm = Array.from({ length: 6 }, () => bodies).flat();
    const answers = await Promise.all(storm.map((body) => send(body)));
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 400]);
    const refused = answers.filter(({ status }) => status === 400);
    for (const { body } of refused) expect(body).toMatchObject({ remedy: expect.stringMatching(/./) });
    await allSettled(item.id);
    await accepted({ issue: key });
    await allSettled(item.id);
    const { status, externalReferences } = await readItem(harness.robin, item.id);
    expect([status, externalReferences[0]]).toMatchObject([
      'in-progress',
      { jiraStatus: 'In Review', state: 'active' },
    ]);
  });
});
