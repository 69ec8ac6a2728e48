import { expect, it } from 'vitest';
import { toSyncedIssue } from './synced-issue.ts';

const fields = {
  summary: 'Cart',
  status: { id: '1', name: 'To Do', statusCategory: { key: 'new' } },
  project: { id: '10000' },
};

it('reads what may be edited, the priorities to choose from, and who changed what', () => {
  const read = toSyncedIssue({
    id: '7',
    key: 'SHOP-7',
    fields,
    editmeta: { fields: { summary: {}, priority: { allowedValues: [{ id: '2', name: 'High' }] } } },
    changelog: {
      histories: [
        { id: '12', author: { accountId: 'ada' }, items: [{ field: 'summary', fieldId: 'summary' }] },
        { id: '9', items: [{ field: 'Rank' }] },
      ],
    },
  });
  expect(read).toMatchObject({
    issue: { id: '7', lastChangelogId: '12' },
    editable: ['summary', 'priority'],
    priorities: [{ id: '2', name: 'High' }],
    changes: [
      { id: '12', fields: ['summary'], authorId: 'ada' },
      { id: '9', fields: ['Rank'], authorId: null },
    ],
  });
});

it('concludes nothing from an answer that names no editable field', () => {
  expect(toSyncedIssue({ id: '7', key: 'SHOP-7', fields, editmeta: { fields: {} } })).toMatchObject({
    editable: null,
    priorities: null,
    changes: [],
  });
});
