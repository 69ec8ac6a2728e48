import { expect, it } from 'vitest';
import { readIssueKey } from './read-issue-key.ts';

const site = 'https://acme.atlassian.net';
const former = ['https://acme-old.atlassian.net'];
const read = (text: string) => readIssueKey(text, site, former);

it.each([
  ['SHOP-12', 'SHOP-12'],
  ['  shop-12 ', 'SHOP-12'],
  ['A1_B-7', 'A1_B-7'],
  [`${site}/browse/SHOP-12`, 'SHOP-12'],
  [`${site}/browse/shop-12?focusedId=1#top`, 'SHOP-12'],
  [`${site}/jira/software/c/projects/SHOP/issues/SHOP-12`, 'SHOP-12'],
  [`${former[0]}/browse/SHOP-12`, 'SHOP-12'],
])('takes %j', (text, key) => {
  expect(read(text)).toEqual({ ok: true, value: key });
});

it.each([
  ['', /Give a key such as/],
  ['12', /Give a key such as/],
  ['SHOP', /Give a key such as/],
  ['SHOP-', /Give a key such as/],
  ['1SHOP-1', /Give a key such as/],
  ['SHOP-12/../ADMIN-1', /Give a key such as/],
  [`${site}/browse/`, /Give a key such as/],
  ['https://other.atlassian.net/browse/SHOP-12', /not of the connected site/],
  [`${site}.evil.example/browse/SHOP-12`, /not of the connected site/],
  ['javascript:SHOP-1', /not of the connected site/],
])('refuses %j', (text, message) => {
  const answer = read(text);
  expect(answer).toMatchObject({
    ok: false,
    problem: { code: 'validation_failed', errors: [{ field: 'issue' }] },
  });
  expect(answer.ok ? '' : answer.problem.detail).toMatch(message);
});
