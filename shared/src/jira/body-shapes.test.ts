import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventOf, issue, updated } from '../../test/webhook-bodies.ts';
import { parseEvent } from './parse-event.ts';

const status = {
  id: 3,
  name: 'In Progress',
  statusCategory: { id: 4, key: 'indeterminate', name: 'In Bearbeitung' },
};
const self = 'https://acme.example/rest/api/2/issue/11111';
const bare = (more: object = {}, fields: object = {}) => ({
  self,
  id: 11111,
  key: 'SHOP-53',
  changelog: { startAt: 0, maxResults: 0, total: 0, histories: null },
  fields: { updated: '2026-11-20T10:00:00.000+0100', project: { id: 10000, key: 'SHOP' }, status, ...fields },
  ...more,
});
const transition = (to: unknown, fieldsStatus: object = { id: '10001', name: 'To Do' }) => ({
  transition: { workflowId: 10200, transitionId: 21, from_status: 'To Do', to_status: to },
  issue: bare({ id: '11111' }, { status: fieldsStatus }),
  timestamp: 1_795_165_200_000,
});
const whole = {
  kind: 'updated',
  issueId: '11111',
  issueKey: 'SHOP-53',
  siteUrl: 'https://acme.example',
  projectId: '10000',
  status: { id: '3', name: 'In Progress', category: 'indeterminate' },
  changelogId: null,
  changedAtMs: Date.parse('2026-11-20T09:00:00Z'),
  needsReading: null,
};

describe("Automation's bodies", () => {
  it.each([
    ['Issue data (Automation format)', bare()],
    ['Issue data (Jira format)', { issue: bare() }],
    ['the same with ids as texts', { issue: bare({ id: '11111' }) }],
    ['the same in an envelope', { data: { issue: bare() } }],
    ['the same as a list of one', { issues: [bare()] }],
    ['the same with an empty event name', { webhookEvent: null, issue: bare() }],
  ])('%s: the issue as it is now', (_, body) => {
    expect(eventOf(body)).toMatchObject(whole);
  });

  it.each([
    ['no status', bare({}, { status: null })],
    ['no fields', bare({ fields: null })],
    ['a status without a name', bare({}, { status: { id: 3 } })],
    ['a category only', bare({}, { status: { statusCategory: { key: 'done' } } })],
    ['a status without a category', bare({}, { status: { id: 3, name: 'Done' } })],
    ['a status by name', { issue: { id: 11111, self, status: 'Done' } }],
    ['an id only', { issue: { id: '11111' } }],
    ['an id as the issue', { issue: 11111 }],
    ['an id in plain custom data', { issueId: '11111', event: 'moved' }],
    ['an id in self only', { issue: { key: 'SHOP-53', self } }],
  ])('%s: the issue is read', (_, body) => {
    expect(eventOf(body)).toMatchObject({ issueId: '11111', needsReading: 'no_status' });
  });

  it.each([
    { issue: 'SHOP-53' },
    { issue: { key: 'SHOP-53' } },
    { issueKey: 'SHOP-53' },
    { issue_key: 'SHOP-53', status: 'Done' },
    { key: 'SHOP-53' },
    { payload: { issue: { key: ' SHOP-53 ' } } },
    { data: { key: 'SHOP-53' } },
    bare({ id: undefined, self: undefined }),
  ])('$#: by the key alone the issue is read, whatever else is told', (body) => {
    expect(eventOf(body)).toMatchObject({ issueId: null, issueKey: 'SHOP-53', needsReading: 'by_key' });
  });
});

describe('a workflow\'s "Trigger a webhook"', () => {
  it('counts by the name of the status that it leads to, and the issue is read', () => {
    expect(eventOf(transition('In Progress'))).toMatchObject({
      ...whole,
      status: { id: null, name: 'In Progress', category: null },
      changedAtMs: 1_795_165_200_000,
      needsReading: 'transition',
    });
  });

  it('needs no reading where the issue is in that status already', () => {
    expect(eventOf(transition('in progress', status))).toMatchObject({
      status: { id: '3' },
      needsReading: null,
    });
  });

  it('without a status is read', () => {
    expect(eventOf(transition(null, status)).needsReading).toBe('transition');
  });
});

describe('a webhook', () => {
  it.each([
    ['an update', updated({ issue: { key: 'SHOP-53' }, changelog: null })],
    ['a deletion', updated({ webhookEvent: 'jira:issue_deleted', issue: { id: null, key: 'shop-53' } })],
    ['a transition', { transition: { to_status: 'Done' }, issue: { key: 'SHOP-53', fields: { status } } }],
  ])('that somebody wrote by hand may name the issue by its key alone: %s', (_, body) => {
    expect(eventOf(body)).toMatchObject({ issueId: null, needsReading: 'by_key' });
  });

  it('has the id in issue.self, where it is not told', () => {
    const body = updated({ issue: issue({ id: undefined }) });
    expect(eventOf(body)).toMatchObject({ issueId: expect.stringMatching(/^\d+$/), needsReading: null });
  });

  it.each([
    ['a status without a name', updated({ issue: issue({}, { status: { id: '3' } }), changelog: null })],
    ['no status', updated({ issue: issue({ fields: null }), changelog: null })],
  ])('with %s is read', (_, body) => {
    expect(eventOf(body)).toMatchObject({ status: null, needsReading: 'no_status' });
  });

  it('of a deletion needs no status', () => {
    const body = updated({
      webhookEvent: 'jira:issue_deleted',
      issue: issue({ fields: null }),
      changelog: null,
    });
    expect(eventOf(body)).toMatchObject({ kind: 'deleted', needsReading: null });
  });
});

describe('what is no event names its field, and the remedy of that fault', () => {
  const jiraFormat = /Issue data \(Jira format\)/;
  it.each([
    ['Empty', {}, 'webhookEvent', jiraFormat],
    ['no issue', { rule: 'Tell UserHero' }, 'webhookEvent', jiraFormat],
    ['a list', [bare()], '(body)', jiraFormat],
    ['a smart value as key', { issueKey: '{{issue.key}}' }, 'issueKey', /smart value/],
    ['a smart value as issue', { issue: '{{issue.key}}' }, 'issue', /smart value/],
    ['a smart value as id', { issue: { id: '{{issue.id}}', key: 'SHOP-1' } }, 'issue.id', /smart value/],
    ['a smart value that gave nothing', { issue: { key: '' } }, 'issue.key', /smart value/],
    ['nothing beside a key', { issue: { id: '', key: 'SHOP-1' } }, 'issue.id', /smart value/],
    ['a smart value as status', { issueKey: 'SHOP-1', status: '{{issue.status}}' }, 'status', /smart value/],
    ['no status name', { issueKey: 'SHOP-1', status: '' }, 'status', /smart value/],
    ['a smart value in a webhook', updated({ issue: issue({ key: '{{issue.key}}' }) }), 'issue.key', /smart/],
    ['a smart value as event name', { webhookEvent: '{{event}}', issue: bare() }, 'webhookEvent', /smart/],
    ['a smart value as target', transition('{{status}}'), 'transition.to_status', /smart value/],
    ['several issues', { issues: [bare(), bare()] }, 'issues', /one request for each issue/],
    ['no issues', { issues: [] }, 'issues', /one request for each issue/],
    ['a word as key', { issueKey: 'the cart' }, 'issueKey', /unchanged/],
    ['an issue without identity', { issue: { fields: {} } }, 'issue.id', /smart value/],
    ['fields that are a text', { issue: { id: 1, fields: 'x' } }, 'issue.fields', /unchanged/],
  ])('%s', (_, body, field, remedy) => {
    expect(parseEvent(body)).toEqual({
      kind: 'fault',
      field,
      message: expect.stringMatching(/./),
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each([
    'issue_property_set',
    'worklog_updated',
    'sprint_started',
    'jira:issue_created',
    'comment_created',
  ])('%s is not needed', (webhookEvent) => {
    expect(parseEvent({ ...updated(), webhookEvent })).toEqual({
      kind: 'not_needed',
      eventName: webhookEvent,
    });
  });
});

/** Made by hand beside the repository, not in it: `../shared` from its root. */
const shapes = new URL('../../../../shared/jira/shapes/', import.meta.url);

describe.skipIf(!existsSync(shapes))('the bodies of other senders than webhooks', () => {
  it.each([
    ['automation-format', null],
    ['automation-jira-format', null],
    ['automation-custom-data', 'no_status'],
    ['post-function', 'transition'],
  ])('%s', (name, needsReading) => {
    const body = JSON.parse(readFileSync(new URL(`${name}.json`, shapes), 'utf8'));
    const event = eventOf(body);
    expect(event).toMatchObject({ issueId: '11111', siteUrl: 'https://acme.example', needsReading });
    expect(JSON.stringify(event)).not.toMatch(/Ada Admin|Cart total/);
  });
});
