import { expect, it } from 'vitest';
import type { JiraIssue } from '../jira/jira.ts';
import { sortFound } from './sort-found.ts';

const toDo = { id: '1', name: 'To Do', category: 'new' } as const;
const done = { id: '3', name: 'Done', category: 'done' } as const;

function issue(id: string, more: Partial<JiraIssue> = {}): JiraIssue {
  const nothing = { summary: '', transitions: [], lastChangelogId: null, updatedAtMs: null };
  return { id, key: `SHOP-${id}`, projectId: '10000', status: toDo, ...nothing, ...more };
}

function reference(issueId: string, more: Partial<ReturnType<typeof plain>> = {}) {
  return { ...plain(issueId), ...more };
}
const plain = (issueId: string) => ({
  id: `r${issueId}`,
  issueId,
  issueKey: `SHOP-${issueId}`,
  jiraProjectId: '10000',
  state: 'active',
  knownStatusId: '1' as string | null,
  knownStatusCategory: 'new' as string | null,
  knownResolutionId: null as string | null,
});

const idsOf = (named: readonly { reference: { id: string } }[]) => named.map(({ reference: { id } }) => id);

it('leaves out what is not linked, and reads nothing that is as it is known', () => {
  const found = sortFound([reference('1')], [issue('1'), issue('2')]);
  expect(idsOf(found.agreeing)).toEqual(['r1']);
  expect(found.differing).toEqual([]);
});

it.each([
  ['another status', issue('1', { status: done }), {}],
  ['a status whose category changed', issue('1', { status: { ...toDo, category: 'done' } }), {}],
  [
    'a resolution that changed',
    issue('1', { status: done, resolution: { id: '10001', name: "Won't Do" } }),
    { knownStatusId: '3', knownStatusCategory: 'done', knownResolutionId: '10000' },
  ],
  ['another key', issue('1', { key: 'WEB-1' }), {}],
  ['another project', issue('1', { projectId: '10001' }), {}],
  ['an issue that counted as deleted', issue('1'), { state: 'issue_deleted' }],
  ['an issue that counted as hidden', issue('1'), { state: 'not_visible' }],
  ['an issue that had moved away', issue('1'), { state: 'issue_moved' }],
  ['a status that is not known', issue('1'), { knownStatusId: null }],
])('has %s read by its id', (_what, named, known) => {
  const found = sortFound([reference('1', known)], [named]);
  expect(idsOf(found.differing)).toEqual(['r1']);
  expect(found.agreeing).toEqual([]);
});

it('takes the later answer of an issue that was named twice', () => {
  const found = sortFound([reference('1')], [issue('1'), issue('1', { status: done })]);
  expect(found.differing.map(({ issue: { status } }) => status.name)).toEqual(['Done']);
});
