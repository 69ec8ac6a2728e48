import { expect, test } from 'vitest';
import { endpointTemplate, scopesOf } from './scope.ts';

test.each([
  ['/ex/jira/11111111-aaaa/rest/api/3/issue/10001/transitions', '/issue/{}/transitions'],
  ['/rest/api/3/issue/ABC-12?fields=summary', '/issue/{}'],
  ['/rest/api/3/issue/10001/properties/userhero.item', '/issue/{}/properties/{}'],
  ['/rest/api/3/issue/createmeta/ABC/issuetypes/10001', '/issue/createmeta/{}/issuetypes/{}'],
  ['/rest/api/3/issue/bulk', '/issue/bulk'],
  ['/rest/api/3/search/jql', '/search/jql'],
  ['/rest/api/3/project/10000/statuses', '/project/{}/statuses'],
])('%s is the endpoint %s', (path, template) => {
  expect(endpointTemplate(path)).toBe(template);
});

test('a write of an issue is covered by its issue, its endpoint, its site and the app', () => {
  const call = { cloudId: 'c1', method: 'put', path: '/ex/jira/c1/rest/api/3/issue/10001' };
  expect(scopesOf(call)).toEqual(['issue:c1:10001', 'endpoint:c1:PUT:/issue/{}', 'site:c1', 'app']);
});

test('a reading of an issue, and a bulk create, are no writes of an issue', () => {
  const read = { cloudId: 'c1', method: 'GET', path: '/rest/api/3/issue/10001' };
  const bulk = { cloudId: 'c1', method: 'POST', path: '/rest/api/3/issue/bulk' };
  expect(scopesOf(read)).toEqual(['endpoint:c1:GET:/issue/{}', 'site:c1', 'app']);
  expect(scopesOf(bulk)).toEqual(['endpoint:c1:POST:/issue/bulk', 'site:c1', 'app']);
});
