import { describe, expect, it } from 'vitest';
import { eventOf, issue, status, updated } from '../../test/webhook-bodies.ts';
import { parseEvent } from './parse-event.ts';

const items = (...list: unknown[]) => updated({ changelog: { id: '1', items: list } });

describe('the resolution', () => {
  const told = (resolution: unknown) => {
    const { resolutionId, resolutionName } = eventOf(updated({ issue: issue({}, { resolution }) }));
    return [resolutionId, resolutionName];
  };

  it('is told by its id and name, as unresolved, or not at all', () => {
    const wontDo = { self: 'https://acme.example', id: '10001', name: "Won't Do" };
    expect(told(wontDo)).toEqual(['10001', "Won't Do"]);
    expect(told({ ...wontDo, id: 10001 })).toEqual(['10001', "Won't Do"]);
    expect(told(null)).toEqual(['none', undefined]);
    expect(told(undefined)).toEqual([undefined, undefined]);
  });

  it.each([
    [5],
    [{}],
    [{ id: '1' }],
    [{ name: 'Done' }],
    [{ id: {}, name: 'Done' }],
    [{ id: '1', name: 'a\u0000' }],
  ])('that reads %j is not told', (value) => expect(told(value)).toEqual([undefined, undefined]));

  it('changed alone where the changelog has it and no status', () => {
    const resolution = { field: 'resolution', fieldId: 'resolution', from: '10000', to: '10001' };
    const status = { field: 'status', fieldId: 'status', from: '1', to: '3', toString: 'Done' };
    const alone = (...list: object[]) =>
      eventOf(updated({ changelog: { id: '7', items: list } })).isResolutionAlone;
    expect(alone(resolution)).toBe(true);
    expect(alone(resolution, status)).toBeUndefined();
    expect(alone({ field: 'Resolution', fieldId: 'customfield_1', fieldtype: 'custom' })).toBeUndefined();
  });
});

describe('an issue event of a webhook', () => {
  it('is read whole, without anything personal but the account id', () => {
    expect(eventOf(updated())).toEqual({
      kind: 'updated',
      issueId: '10040',
      issueKey: 'TES-41',
      siteUrl: 'https://acme.atlassian.net',
      cloudId: null,
      projectId: '10000',
      projectKey: 'TES',
      status: { id: '3', name: 'In Progress', category: 'indeterminate' },
      statusStep: { fromId: '10001', fromName: 'To Do', toId: '3', toName: 'In Progress' },
      touched: 0,
      changelogId: '10227',
      changedAtMs: 1_550_286_862_039,
      actorAccountId: '557058:abc',
      needsReading: null,
    });
  });

  it('tells whether it touched a field that is synced besides the status', () => {
    const touched = (...list: unknown[]) => eventOf(items(...list)).touched;
    expect(touched({ field: 'summary', fieldId: 'summary', fieldtype: 'jira' })).toBe(1);
    expect(touched({ field: 'Rank', fieldId: 'customfield_10019', fieldtype: 'custom' })).toBe(0);
    expect(eventOf(updated({ changelog: undefined })).touched).toBe(1);
  });

  it('may say deleted', () => {
    expect(eventOf(updated({ webhookEvent: 'jira:issue_deleted', changelog: undefined })).kind).toBe(
      'deleted',
    );
  });

  it('without a status keeps the rest of its fields', () => {
    const body = updated({ issue: issue({ fields: { project: { id: '1', key: 'TES' } } }), changelog: null });
    expect(eventOf(body)).toMatchObject({ projectId: '1', projectKey: 'TES', status: null });
  });

  it('may carry numbers as ids', () => {
    const body = updated({
      issue: issue({ id: 10040 }, { status: { ...status, id: 3 } }),
      changelog: { id: 7 },
    });
    expect(eventOf(body)).toMatchObject({ issueId: '10040', changelogId: '7', status: { id: '3' } });
  });

  it.each([
    ['https://acme.atlassian.net/rest/api/3/issue/1', 'https://acme.atlassian.net', null],
    ['https://ACME.atlassian.net/rest/api/2/1', 'https://acme.atlassian.net', null],
    ['http://jira.example.com:8080/jira/rest/api/2/issue/1', 'http://jira.example.com:8080/jira', null],
    ['https://api.atlassian.com/ex/jira/11-aa/rest/api/3/issue/1', null, '11-aa'],
    ['https://user:secret@acme.atlassian.net/rest/api/2/issue/1', 'https://acme.atlassian.net', null],
    ['javascript:alert(1)/rest/api/2', null, null],
    ['not a url', null, null],
    ['https://acme.atlassian.net/browse/TES-1', null, null],
  ])('%s belongs to site %s, cloud %s', (self, siteUrl, cloudId) => {
    expect(eventOf(updated({ issue: issue({ self }) }))).toMatchObject({ siteUrl, cloudId });
  });

  it("takes its time from the issue's last update where it has no timestamp", () => {
    const at = (value: unknown, timestamp?: unknown) =>
      eventOf(updated({ timestamp, issue: issue({}, { updated: value }) })).changedAtMs;
    expect(at('2019-02-15T19:01:52.971-0800')).toBe(Date.parse('2019-02-16T03:01:52.971Z'));
    expect(at('2019-02-15T19:01:52.971Z')).toBe(Date.parse('2019-02-15T19:01:52.971Z'));
    expect(at(1_550_286_112_971)).toBe(1_550_286_112_971);
    expect(at('2019-02-15T19:01:52.971+0000', 'soon')).toBe(Date.parse('2019-02-15T19:01:52.971Z'));
  });

  it.each([
    'issue 5',
    '2019-02-15T19:01:52',
    '1',
    -5,
    1.5,
    1e300,
    '+275760-09-13T00:00:00.000Z',
  ])('has no time when the update says %j', (value) => {
    const body = updated({ timestamp: undefined, issue: issue({}, { updated: value }) });
    expect(eventOf(body).changedAtMs).toBeNull();
  });

  it('has no time when its timestamp is beyond any calendar', () => {
    expect(eventOf(updated({ timestamp: 9e15 })).changedAtMs).toBeNull();
  });
});

describe("the status item of an event's changelog", () => {
  const step = { from: '1', fromString: 'To Do', to: '3', toString: 'Doing' };

  it('gives the status where the issue has none', () => {
    const body = { ...items({ field: 'status', ...step }), issue: issue({ fields: undefined }) };
    expect(eventOf(body).status).toEqual({ id: '3', name: 'Doing', category: null });
  });

  it.each([
    ['Server, which has no fieldId', { field: 'status', fieldtype: 'jira' }, true],
    ['Cloud on creation', { field: 'Status', fieldtype: 'jira', fieldId: 'status' }, true],
    ['a translated site', { field: 'Statut', fieldtype: 'jira', fieldId: 'status' }, true],
    [
      'a custom field that is called Status',
      { field: 'Status', fieldtype: 'custom', fieldId: 'customfield_10050' },
      false,
    ],
    ['a custom field called status on Server', { field: 'status', fieldtype: 'custom' }, false],
    ['another field', { field: 'resolution', fieldId: 'resolution' }, false],
  ])('of %s', (_who, names, isStatus) => {
    expect(eventOf(items({ ...names, ...step })).statusStep !== null).toBe(isStatus);
  });

  it.each([[undefined], [null], [5], [{}], [['Doing']], ['']])('has no name when toString is %j', (name) => {
    const { statusStep } = eventOf(items({ field: 'status', from: 1, to: 3, toString: name }));
    expect(statusStep).toEqual({ fromId: '1', fromName: null, toId: '3', toName: null });
  });

  it('has no name when toString is missing, since every object inherits one', () => {
    expect(eventOf(items({ field: 'status', to: '3' })).statusStep?.toName).toBeNull();
    const bare = Object.assign(Object.create(null), { field: 'status', to: '3' });
    expect(eventOf(items(bare)).statusStep?.toName).toBeNull();
  });

  it('has no id when it is blank', () => {
    const body = { ...items({ field: 'status', to: '', toString: 'Doing' }), issue: issue({ fields: null }) };
    expect(eventOf(body).status).toEqual({ id: null, name: 'Doing', category: null });
  });

  it('is the last of several, and broken neighbours do no harm', () => {
    const body = items(null, 7, [], { field: 'status', ...step }, { field: 'status', ...step, to: '4' }, 'x');
    expect(eventOf(body).statusStep?.toId).toBe('4');
  });
});

describe('a Forge event', () => {
  const forge = (more: object = {}) => ({
    eventType: 'avi:jira:updated:issue',
    issue: {
      id: '10073',
      key: 'SP-10',
      fields: {
        summary: 'A title',
        issuetype: { id: '10001' },
        project: { id: '10000', key: 'SP' },
        status,
        created: '2021-01-20T15:58:12.797+1100',
        updated: '2021-01-20T16:58:12.797+1100',
      },
    },
    changelog: {
      items: [
        {
          field: 'status',
          fieldId: 'status',
          from: '1',
          fromString: 'To Do',
          to: '3',
          toString: 'In Progress',
        },
      ],
    },
    atlassianId: '4ad9aa0c52dc1b420a791d12',
    associatedUsers: [{ accountId: '4ad9aa0c52dc1b420a791d12' }],
    associatedStatuses: [
      { id: '1', name: 'To Do' },
      { id: '3', name: 'In Progress' },
    ],
    ...more,
  });

  it('is read whole', () => {
    expect(eventOf(forge())).toEqual({
      kind: 'updated',
      issueId: '10073',
      issueKey: 'SP-10',
      siteUrl: null,
      cloudId: null,
      projectId: '10000',
      projectKey: 'SP',
      status: { id: '3', name: 'In Progress', category: 'indeterminate' },
      statusStep: { fromId: '1', fromName: 'To Do', toId: '3', toName: 'In Progress' },
      touched: 0,
      changelogId: null,
      changedAtMs: Date.parse('2021-01-20T05:58:12.797Z'),
      actorAccountId: '4ad9aa0c52dc1b420a791d12',
      needsReading: null,
    });
  });

  it('may say deleted, and may carry a changelog id', () => {
    expect(eventOf(forge({ eventType: 'avi:jira:deleted:issue' })).kind).toBe('deleted');
    expect(eventOf(forge({ changelog: { id: 12, items: [] } })).changelogId).toBe('12');
  });

  it('is read when webhookEvent is there but null', () => {
    expect(eventOf(forge({ webhookEvent: null })).issueId).toBe('10073');
  });

  it.each([
    'avi:jira:viewed:issue',
    'avi:jira:created:issue',
    'avi:jira:commented:issue',
  ])('%s is not needed', (eventType) => {
    expect(parseEvent(forge({ eventType }))).toEqual({ kind: 'not_needed', eventName: eventType });
  });
});
