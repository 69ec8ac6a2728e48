import { expect, test } from 'vitest';
import { passesFilter } from './event-filter.ts';

const event = {
  selfGenerated: false,
  eventType: 'avi:jira:updated:issue',
  issue: { id: '1', fields: { issuetype: { name: 'Bug' }, status: { statusCategory: { key: 'done' } } } },
  changelog: { items: [{ field: 'resolution' }, { field: 'status', to: '3' }] },
};
const filter = (expression: string, more = {}) => ({
  onError: 'IGNORE_AND_LOG' as const,
  ...more,
  expression,
});

test.each([
  [`event.changelog.items.some(item => item.field == 'status')`, true],
  [`event.changelog.items.filter(item => item.field == 'status').length > 0`, true],
  [`event.changelog.items.map(i => i.field).includes("priority")`, false],
  [`event.issue.fields?.issuetype.name == 'Bug' && !(event.issue.id == '2')`, true],
  [`event.issue?.missing == null`, true],
  [`event.changelog.items[1].to == '3' ? true : false`, true],
  [`['avi:jira:updated:issue', 'avi:jira:created:issue'].includes(event.eventType)`, true],
  [`event.changelog.items.some((item, index) => index >= 5 || item.field == 'x')`, false],
])('%s answers %s', (expression, passes) => {
  expect(passesFilter(filter(expression), event)).toEqual({ passes, log: null });
});

test.each([
  ['event.issue.missing.deep == 1', /no "missing"/],
  ['event.issue.id', /does not answer true or false/],
  ['event.changelog.items.some(', /unexpected/],
  ['event.issue.id && true', /not true or false/],
  ['constructor', /unknown name/],
])('%s is an error, and the event is dropped unless the filter says otherwise', (expression, words) => {
  const verdict = passesFilter(filter(expression), event);
  expect(verdict.passes).toBe(false);
  expect(verdict.log).toMatch(words);
  expect(passesFilter(filter(expression, { onError: 'RECEIVE' }), event)).toEqual({
    passes: true,
    log: null,
  });
});

test('an app does not hear of its own changes when it asked not to', () => {
  const own = { ...event, selfGenerated: true };
  expect(passesFilter({ ignoreSelf: true, onError: 'IGNORE' }, own).passes).toBe(false);
  expect(passesFilter(undefined, own).passes).toBe(true);
});
