import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anything, expectSoundAnswer, nasty, placesIn, withValueAt } from '../../test/hostile.ts';
import { parseEvent } from './parse-event.ts';

const body = {
  timestamp: 1_550_286_862_039,
  webhookEvent: 'jira:issue_updated',
  user: { accountId: 'abc' },
  issue: {
    id: '10040',
    key: 'TES-41',
    self: 'https://acme.atlassian.net/rest/api/2/issue/10040',
    fields: {
      status: { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } },
      project: { id: '10000', key: 'TES' },
      updated: '2019-02-15T19:01:52.971-0800',
    },
  },
  changelog: {
    id: '10227',
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
};

describe('parseEvent never throws, and what it reads is sound:', () => {
  it('anything at all', () => {
    fc.assert(fc.property(anything, expectSoundAnswer), { numRuns: 500 });
  });

  it('any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => expectSoundAnswer(JSON.parse(text))),
      { numRuns: 300 },
    );
  });

  it('a real body with anything in one or two of its places', () => {
    const place = fc.constantFrom(...placesIn(body).filter((path) => path.length > 0));
    fc.assert(
      fc.property(place, nasty, place, nasty, (first, one, second, other) => {
        const once = withValueAt(body, first, one);
        expectSoundAnswer(once);
        expectSoundAnswer(withValueAt(body, second, other));
        if (typeof once === 'object')
          expectSoundAnswer({ ...once, ...(withValueAt({}, second.slice(0, 1), other) as object) });
      }),
      { numRuns: 1_500 },
    );
  });

  it.each(
    placesIn(body)
      .filter((path) => path.length > 0)
      .map((path) => path.join('.')),
  )('a real body without %s', (path) => {
    expectSoundAnswer(JSON.parse(JSON.stringify(withValueAt(body, path.split('.'), undefined))));
  });
});

describe('a hostile body', () => {
  it('cannot reach the prototype of anything', () => {
    const text = JSON.stringify(body).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect(parseEvent(JSON.parse(text))).toMatchObject({ kind: 'event' });
    expect(parseEvent(JSON.parse('{"__proto__":{"webhookEvent":"jira:issue_updated"}}'))).toMatchObject({
      kind: 'fault',
    });
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('a hundred thousand levels deep is read as far as it is needed', () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = { deep };
    expect(parseEvent({ ...body, extra: deep })).toMatchObject({ kind: 'event' });
    expect(parseEvent({ ...body, user: { accountId: deep } })).toMatchObject({ kind: 'event' });
    expect(parseEvent({ ...body, issue: { ...body.issue, id: deep } })).toMatchObject({ field: 'issue.id' });
  });

  it('with a hundred thousand changelog items is read without them', () => {
    const items = Array.from({ length: 100_000 }, () => body.changelog.items[0]);
    const parsed = parseEvent({ ...body, changelog: { id: '1', items } });
    expect(parsed).toMatchObject({
      kind: 'event',
      event: { statusStep: null, status: { name: 'In Progress' } },
    });
  });

  it('with long texts beside the status item still tells the status change', () => {
    const long = {
      field: 'description',
      fieldId: 'description',
      fromString: 'x'.repeat(32_767),
      toString: 'y'.repeat(32_767),
    };
    const parsed = parseEvent({ ...body, changelog: { id: '1', items: [long, ...body.changelog.items] } });
    expect(parsed).toMatchObject({ event: { statusStep: { toName: 'In Progress' } } });
  });
});
