import { describe, expect, test } from 'vitest';
import { coversExactly, coversProject, projectFilter, projectsOfFilter } from './project-filter.ts';

const shop = { id: '10000', key: 'SHOP' };
const mob = { id: '10001', key: 'MOB' };

describe('a webhook’s filter is ours, however Jira gives it back', () => {
  test.each([
    'project in (10000, 10001)',
    'project IN ("10000","10001")',
    'project in (10001,10000)',
    "  PROJECT  In  ( SHOP , 'mob' )  ",
    '(project = SHOP) OR (project = 10001)',
    'project = "SHOP" or project = "MOB"',
    '"project" in (SHOP, 10001)',
    '((project in (SHOP, MOB, SHOP)))',
  ])('%s', (jql) => {
    expect(coversExactly(jql, [shop, mob])).toBe(true);
    expect(coversExactly(jql, [shop])).toBe(false);
    expect([coversProject(jql, shop), coversProject(jql, { id: '10002', key: 'OPS' })]).toEqual([
      true,
      false,
    ]);
  });

  test.each(['project in (10000)', 'project = SHOP', 'project = "10000"'])('%s names one project', (jql) => {
    expect([coversExactly(jql, [shop]), coversExactly(jql, [shop, mob])]).toEqual([true, false]);
  });

  test.each([
    '',
    'status = Done',
    'project in (10000) AND status != Done',
    'project not in (10000)',
    'project != SHOP',
    'project in ()',
    'project in (10000, )',
    'NOT project = SHOP',
    'project in (10000) ORDER BY created',
    'project = SHOP OR issuetype = Bug',
    'project = currentProject()',
    'subproject = SHOP',
  ])('%j says something else', (jql) => {
    expect(projectsOfFilter(jql)).toBeNull();
    expect(coversExactly(jql, [])).toBe(false);
  });

  test('a filter that leads nowhere costs no more than its length', () => {
    const blanks = ' '.repeat(200_000);
    expect(projectsOfFilter(`project =${blanks}x(`)).toBeNull();
    expect(projectsOfFilter(`project in (1${blanks}) x`)).toBeNull();
    expect(projectsOfFilter(`project = 1${blanks}y`)).toBeNull();
  });

  test('what is written is read, by id and by key', () => {
    for (const by of ['id', 'key'] as const) {
      expect(coversExactly(projectFilter([shop, mob], by), [shop, mob])).toBe(true);
    }
    expect(projectFilter([{ id: '1', key: 'AND' }], 'key')).toBe('project in ("AND")');
    expect(projectFilter([{ id: '1', key: null }], 'key')).toBe('project in (1)');
  });
});
