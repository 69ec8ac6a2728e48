import type { Workflow } from '@userhero/shared/contracts/project.ts';
import { formerJiraUser } from '@userhero/shared/jira/account-id.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ada, max } from '../../jira-sandbox/src/seed/accounts.ts';
import { recordActivity } from '../src/activity/record-activity.ts';
import { createAtlassianOauth } from '../src/grants/atlassian-oauth.ts';
import { createGrantStore } from '../src/grants/grant-store.ts';
import { createTokenSource } from '../src/grants/token-source.ts';
import { createOpenJira } from '../src/jira/open-jira.ts';
import { failure } from '../src/outcome.ts';
import { createReportAccounts } from '../src/personal-data/report-accounts.ts';
import { type PersonalDataPorts, reportPersonalData } from '../src/personal-data/report-personal-data.ts';
import { createCipher } from '../src/secrets/cipher.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { encryptionKey } from './support/settings.ts';
import {
  activityOf,
  addAdapter,
  bodyOf,
  choose,
  connectJira,
  consentUrl,
  itemBecomes,
  newWorkflow,
  pushedItem,
  readAdapter,
  withFault,
} from './support/steps.ts';

const hour = 3_600_000;
const day = 24 * hour;

let harness: Harness;
let workflow: Workflow;
let itemId: string;
const facts: unknown[] = [];

beforeAll(async () => {
  harness = await startHarness();
  ({ workflow } = await connectJira(harness));
  const { item, key } = await pushedItem(harness, workflow);
  itemId = item.id;
  // Who moved the issue stays in the delivery and in the activity.
  const move = { site: 'acme', status: 'Done', by: 'max' };
  await until('a webhook', async () => harness.sandbox.world.sites[0]?.dynamicWebhooks.length !== 0);
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/move`, move));
  await itemBecomes(harness.robin, itemId, 'resolved');
});
afterAll(() => harness.stop());

/** What the daily job does, at some time after now. */
function report(after: number, change: Partial<PersonalDataPorts> = {}) {
  const { config, database } = harness;
  const now = () => new Date();
  const oauth = createAtlassianOauth({
    ...config.atlassian,
    redirectUri: `${config.publicUrl}/oauth/atlassian/callback`,
  });
  const tokens = createTokenSource({
    ...createGrantStore(database.prisma, createCipher([encryptionKey]), now),
    refresh: oauth.refresh,
    onRevoked: async () => {},
    now,
  });
  const settings = {
    apiUrl: config.atlassian.apiUrl,
    callTimeoutMs: 15_000,
    onSchemaMismatch: 'throw',
  } as const;
  return reportPersonalData({
    db: database.prisma,
    pool: database.pool,
    tokens,
    openJira: createOpenJira(settings, tokens),
    wakeWaiting: async () => {},
    reportAccounts: createReportAccounts(config.atlassian.apiUrl),
    keptDays: 400,
    now: () => new Date(Date.now() + after),
    logInfo: (told) => facts.push(told),
    ...change,
  });
}

const reports = () => harness.sandbox.world.personalData.reports;

async function atAtlassian(account: string, change: string): Promise<void> {
  bodyOf(await harness.jira('POST', '/sandbox/api/personal-data/accounts', { account, change }));
}

it('every account that anything is kept of is reported once a cycle, and the log has numbers alone', async () => {
  expect(await report(2 * hour)).toMatchObject({ ok: true, value: { reported: 2, waiting: 0 } });
  expect(Object.keys(reports()).sort()).toEqual([ada.accountId, max.accountId].sort());
  expect(await report(6 * day)).toMatchObject({ value: { reported: 0 } });
  expect(await report(8 * day)).toMatchObject({ value: { reported: 2 } });
  expect(reports()[max.accountId]?.times).toBe(2);
  expect(JSON.stringify(facts)).not.toContain(max.accountId);
});

it('a changed profile has its name read again, and the next report says since when', async () => {
  const { prisma } = harness.database;
  await prisma.grant.updateMany({ where: { accountId: ada.accountId }, data: { accountName: 'Ada Before' } });
  harness.sandbox.world.personalData.changedAt[ada.accountId] = Date.now() + 9 * day;
  expect(await report(16 * day)).toMatchObject({ value: { updated: 1 } });
  const grant = await prisma.grant.findFirstOrThrow({ where: { accountId: ada.accountId } });
  expect(grant.accountName).toBe(ada.displayName);
  expect(await report(24 * day)).toMatchObject({ value: { reported: 2, updated: 0 } });
});

it('more accounts than one report takes go in several, and a limit leaves the rest for later', async () => {
  const { prisma } = harness.database;
  const at = new Date();
  const ids = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(24, '0'));
  const row = { keptSince: at, lastSeenAt: at, nextReportAt: at };
  await prisma.reportedAccount.createMany({ data: ids.map((accountId) => ({ accountId, ...row })) });
  const limit = {
    kind: 'status',
    match: { pathIncludes: '/app/report-accounts' },
    status: 429,
    headers: { 'retry-after': '1800' },
    remaining: 1,
  } as const;
  expect(await withFault(harness, limit, () => report(25 * day))).toMatchObject({
    ok: false,
    problem: { code: 'jira_rate_limited', retryAfterSeconds: 1800 },
  });
  expect(await report(25 * day)).toMatchObject({ value: { reported: 200 } });
  expect(ids.every((id) => reports()[id]?.times === 1)).toBe(true);
  await prisma.reportedAccount.deleteMany({ where: { accountId: { in: ids } } });
});

it('a cycle that Atlassian changes is kept to', async () => {
  bodyOf(await harness.jira('POST', '/sandbox/api/personal-data', { cycleDays: 14 }));
  expect(await report(33 * day)).toMatchObject({ value: { reported: 2 } });
  expect(await report(45 * day)).toMatchObject({ value: { reported: 0 } });
  bodyOf(await harness.jira('POST', '/sandbox/api/personal-data', { cycleDays: 7 }));
});

it('an account that Atlassian does not take, or words that it does not document, keep no other from its report', async () => {
  const { prisma } = harness.database;
  const at = new Date();
  const ids = ['a', 'b', 'c', 'd', 'e'].map((letter) => letter.repeat(24));
  const row = { keptSince: at, lastSeenAt: at, nextReportAt: at };
  await prisma.reportedAccount.createMany({ data: ids.map((accountId) => ({ accountId, ...row })) });
  const send = createReportAccounts(harness.config.atlassian.apiUrl);
  const picky: typeof send = async (token, accounts) =>
    accounts.some(({ accountId }) => accountId === ids[2])
      ? failure({ code: 'jira_rejected', detail: 'Atlassian knows no such account.' })
      : send(token, accounts);
  expect(await report(46 * day, { reportAccounts: picky })).toMatchObject({
    value: { reported: 4, refused: 1 },
  });
  expect(await report(46 * day, { reportAccounts: picky })).toMatchObject({ value: { reported: 0 } });

  await prisma.reportedAccount.updateMany({ where: { accountId: { in: ids } }, data: { nextReportAt: at } });
  const { actor } = await prisma.activity.findFirstOrThrow({ where: { kind: 'pushed' } });
  const before = await prisma.activity.count({ where: { actor } });
  const body = {
    accounts: [
      { accountId: ids[0], status: 'frozen' },
      { accountId: actor, status: 'closed' },
      { accountId: ids[1], status: 'closed' },
      null,
    ],
  };
  const match = { pathIncludes: '/app/report-accounts' };
  const told = await withFault(harness, { kind: 'status', status: 200, match, body }, () => report(46 * day));
  expect(told).toMatchObject({ value: { reported: 5, closed: 1 } });
  expect(await prisma.activity.count({ where: { actor } })).toBe(before);
  await prisma.reportedAccount.deleteMany({ where: { accountId: { in: ids } } });
});

it('without a grant that may report, all accounts wait, and syncing goes on; the next consent has the scope', async () => {
  const { prisma } = harness.database;
  const scopes = 'read:jira-work write:jira-work offline_access';
  await prisma.grant.updateMany({ data: { scopes } });
  expect(await report(50 * day)).toMatchObject({ ok: true, value: { reported: 0, waiting: 2 } });
  await pushedItem(harness, workflow);
  const started = await addAdapter(harness.robin, await newWorkflow(harness.robin));
  const back = await consentUrl(harness, started.authorizeUrl);
  bodyOf(await harness.robin('GET', `${back.pathname}${back.search}`), 303);
  await choose(harness.robin, started.id, { project: 'MOB' });
  expect(await report(50 * day)).toMatchObject({ value: { reported: 2, waiting: 0 } });
});

it('a person that a fixed field names is reported, and goes with the account', async () => {
  const { prisma } = harness.database;
  const { adapter } = await connectJira(harness, { project: 'MOB' });
  const accountId = 'f'.repeat(24);
  const others = { accountId: ada.accountId };
  const fixedFields = {
    customfield_1: [{ accountId }, others],
    customfield_2: 'stays',
    customfield_3: others,
  };
  await prisma.adapter.update({ where: { id: adapter.id }, data: { fixedFields } });
  expect(await report(51 * day)).toMatchObject({ value: { reported: 1 } });
  await prisma.reportedAccount.update({ where: { accountId }, data: { nextReportAt: new Date() } });
  const match = { pathIncludes: '/app/report-accounts' };
  const body = { accounts: [{ accountId, status: 'closed' }] };
  const closed = withFault(harness, { kind: 'status', status: 200, match, body }, () => report(51 * day));
  expect(await closed).toMatchObject({ value: { reported: 1, closed: 1 } });
  const { fixedFields: kept } = await prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } });
  expect(kept).toEqual({ customfield_2: 'stays', customfield_3: others });
  expect(await prisma.reportedAccount.count({ where: { accountId } })).toBe(0);
  await prisma.adapter.update({ where: { id: adapter.id }, data: { fixedFields: {} } });
});

it('a closed account disappears: ids, names, tokens; what its people did stays', async () => {
  await atAtlassian('max', 'close');
  expect(await report(60 * day)).toMatchObject({ value: { closed: 1 } });
  const { prisma } = harness.database;
  expect(await prisma.delivery.count({ where: { actor: max.accountId } })).toBe(0);
  const changes = await activityOf(harness.robin, itemId);
  expect(changes.find(({ kind }) => kind === 'inbound_applied')?.actor).toBe(formerJiraUser);
  expect(await prisma.reportedAccount.count({ where: { accountId: max.accountId } })).toBe(0);
  expect(await report(70 * day)).toMatchObject({ value: { reported: 1 } });
});

it('a closed account’s connection ends, and says what to do', async () => {
  const { prisma } = harness.database;
  const { adapter } = await connectJira(harness, { project: 'FEED' });
  // Older versions told the name in the activity.
  await prisma.activity.updateMany({
    where: { adapterId: adapter.id, kind: 'connected' },
    data: { code: null, summary: `${ada.displayName} gave UserHero access to Acme` },
  });
  const detail = `The account ${ada.displayName} does not see the Jira project FEED.`;
  await recordActivity(prisma, {
    organizationId: (await prisma.project.findFirstOrThrow()).organizationId,
    adapterId: adapter.id,
    code: 'push_failed',
    values: { problem: { code: 'project_not_visible', detail } },
    actor: 'UserHero',
  });
  await atAtlassian('ada', 'close');
  expect(await report(80 * day)).toMatchObject({ value: { closed: 1 } });
  expect(await prisma.grant.count({ where: { accountId: ada.accountId } })).toBe(0);
  expect(await readAdapter(harness.robin, adapter.id)).toMatchObject({
    state: 'needs_reauth',
    account: null,
  });
  const told = await activityOf(harness.robin, adapter.id, 'adapters');
  expect(JSON.stringify(told)).not.toMatch(new RegExp(`${ada.displayName}|${ada.accountId}`));
  expect(told.some(({ summary }) => summary === 'A former Jira user gave UserHero access to Acme')).toBe(
    true,
  );
  expect(told.find(({ code }) => code === 'push_failed')?.summary).toBe(
    'Push failed: The account A former Jira user does not see the Jira project FEED.',
  );
  expect(told.some(({ kind }) => kind === 'needs_reauth')).toBe(true);
});
