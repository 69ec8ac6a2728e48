import { describe, expect, it } from 'vitest';
import { issue, updated } from '../../test/webhook-bodies.ts';
import { type ParsedEvent, parseEvent } from './parse-event.ts';

const faultOf = (body: unknown): string => {
  const parsed: ParsedEvent = parseEvent(body);
  return parsed.kind === 'fault' ? parsed.field : parsed.kind;
};

describe('what is no event names its field', () => {
  it.each([
    ['null', null, '(body)'],
    ['a list', [updated()], '(body)'],
    ['a text', 'jira:issue_updated', '(body)'],
    ['an empty object', {}, 'webhookEvent'],
    ['an event name that is a number', { webhookEvent: 5 }, 'webhookEvent'],
    ['a Forge event name that is a list', { eventType: [] }, 'eventType'],
    ['no issue', updated({ issue: undefined }), 'issue'],
    ['a null issue', updated({ issue: null }), 'issue'],
    ['a list as issue', updated({ issue: [] }), 'issue'],
    [
      'neither an id nor a key',
      updated({ issue: issue({ id: undefined, key: undefined, self: undefined }) }),
      'issue.id',
    ],
    ['an object as issue id', updated({ issue: issue({ id: {} }) }), 'issue.id'],
    ['an issue id of words', updated({ issue: issue({ id: "1' or 1=1" }) }), 'issue.id'],
    ['an issue id with a zero byte', updated({ issue: issue({ id: '10\u0000' }) }), 'issue.id'],
    ['an endless issue id', updated({ issue: issue({ id: '1'.repeat(65) }) }), 'issue.id'],
    ['fields of the wrong type', updated({ issue: issue({ fields: 'none' }) }), 'issue.fields'],
    ['a status that is a text', updated({ issue: issue({}, { status: 'Done' }) }), 'issue.fields.status'],
    [
      'a blank status name',
      updated({ issue: issue({}, { status: { name: ' ' } }) }),
      'issue.fields.status.name',
    ],
    [
      'a status name with a zero byte',
      updated({ issue: issue({}, { status: { name: 'a\u0000' } }) }),
      'issue.fields.status.name',
    ],
  ])('%s', (_what, body, field) => {
    expect(faultOf(body)).toBe(field);
  });

  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'jira:issue_created',
    'comment_created',
  ])('an event called %s is not needed', (eventName) => {
    expect(parseEvent(updated({ webhookEvent: eventName }))).toEqual({ kind: 'not_needed', eventName });
  });
});
