import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mappingArb } from '../../../test/arbitraries.ts';
import { defaultStatuses } from '../../domain/workflow.ts';
import { defaultMapping } from '../../mapping/default-mapping.ts';
import { wouldBecome } from './would-become.ts';

const workflow = { kind: 'issues' as const, statuses: [...defaultStatuses.issues] };
const mapping = defaultMapping(workflow);
const statuses = [
  { id: '1', name: 'To Do', category: 'new' as const },
  { id: '3', name: 'In Review', category: 'indeterminate' as const },
  { id: '5', name: 'Done', category: 'done' as const },
];
const inReview = { id: '3', name: 'In Review', category: 'indeterminate' as const };

it('an override that was added reaches an item whose issue is in that status already', () => {
  const overrides = [{ jiraStatusId: '3', status: 'resolved' }];
  const question = { workflow, currentStatus: 'in-progress', linked: inReview, statuses };
  expect(wouldBecome({ ...question, mapping: { ...mapping, overrides } })).toEqual({
    status: 'resolved',
    changes: true,
    rule: 'override',
  });
});

it('a status that Jira has put in another category counts by its present one', () => {
  const question = { mapping, workflow, currentStatus: 'in-progress', linked: inReview };
  const moved = statuses.map((status) => ({ ...status, category: 'done' as const }));
  expect(wouldBecome({ ...question, statuses }).changes).toBe(false);
  expect(wouldBecome({ ...question, statuses: moved })).toMatchObject({
    status: 'resolved',
    rule: 'category',
  });
});

it('a status that Jira no longer lists counts as it was known', () => {
  const question = { mapping, workflow, currentStatus: 'open', statuses: [] };
  expect(wouldBecome({ ...question, linked: inReview }).status).toBe('in-progress');
  expect(wouldBecome({ ...question, linked: { ...inReview, category: 'none' } }).rule).toBe('unmapped');
});

it('nothing is concluded from an issue whose status is not known', () => {
  const linked = { id: null, name: null, category: null };
  expect(wouldBecome({ mapping, workflow, currentStatus: 'open', linked, statuses })).toEqual({
    status: 'open',
    changes: false,
    rule: 'unmapped',
  });
});

it('applied twice is applied once, for any mapping', () => {
  const slugs = workflow.statuses.map(({ slug }) => slug);
  fc.assert(
    fc.property(
      mappingArb(workflow, statuses),
      fc.constantFrom(...slugs),
      fc.constantFrom(...statuses),
      (any, currentStatus, linked) => {
        const question = { mapping: any, workflow, linked, statuses };
        const once = wouldBecome({ ...question, currentStatus });
        expect(wouldBecome({ ...question, currentStatus: once.status }).status).toBe(once.status);
      },
    ),
  );
});
