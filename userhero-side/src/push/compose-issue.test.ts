import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { toDescription } from '@userhero/shared/sync/description/to-description.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { toSummary } from '@userhero/shared/sync/summary/summary.ts';
import { expect, it } from 'vitest';
import { composeIssue, type IssueSource } from './compose-issue.ts';

const workflow = { kind: 'issues', statuses: defaultStatuses.issues } as const;
const write = async (...about: Parameters<typeof toDescription>) => toDescription(...about);

const source: IssueSource = {
  item: {
    id: 'item-1',
    title: 'Checkout fails',
    description: 'On *Safari*.',
    status: 'open',
    priority: 'high',
    labels: [],
  },
  itemUrl: 'https://userhero.example/items/item-1',
  mapping: defaultMapping(workflow),
  settings: standardSettings,
  place: { projectId: '10001', issueTypeId: '10002' },
  fixedFields: { customfield_10050: { id: '7' } },
  metadata: {
    priorities: [
      { id: '1', name: 'Highest' },
      { id: '2', name: 'High' },
    ],
    fieldIds: ['summary', 'description', 'priority'],
    requiredFields: [],
    statuses: [],
  },
};
const item = (changed: Partial<IssueSource['item']>) => ({ ...source, item: { ...source.item, ...changed } });
const metadata = (changed: Partial<IssueSource['metadata']>) => ({
  ...source,
  metadata: { ...source.metadata, ...changed },
});
const codes = async (from: IssueSource) => (await composeIssue(write, from)).warnings.map(({ code }) => code);

it('makes an issue of the item’s fields, the fixed ones, and a property that names the item', async () => {
  expect(await composeIssue(write, source)).toEqual({
    issue: {
      fields: {
        project: { id: '10001' },
        issuetype: { id: '10002' },
        summary: 'Checkout fails',
        description: expect.objectContaining({ type: 'doc' }),
        priority: { id: '2' },
        customfield_10050: { id: '7' },
      },
      properties: [
        {
          key: 'userhero.item',
          value: { itemId: 'item-1', url: 'https://userhero.example/items/item-1' },
        },
      ],
    },
    warnings: [],
    unsent: null,
  });
});

it('sends no description where the item has none', async () => {
  const { issue, unsent } = await composeIssue(write, item({ description: '' }));
  expect(issue.fields).not.toHaveProperty('description');
  expect(unsent).toBeNull();
});

it('keeps a description back that the create screen has no field for', async () => {
  const { issue, unsent } = await composeIssue(write, metadata({ fieldIds: ['summary', 'priority'] }));
  expect(issue.fields).not.toHaveProperty('description');
  expect(unsent?.adf.type).toBe('doc');
});

it('leaves a priority out that Jira would refuse, and warns of it', async () => {
  const missing = await composeIssue(write, metadata({ priorities: null }));
  expect(missing.issue.fields).not.toHaveProperty('priority');
  expect(missing.warnings.map(({ code }) => code)).toEqual(['priority_left_out']);
  const unknown = await composeIssue(write, metadata({ priorities: [{ id: '9', name: 'P1' }] }));
  expect(unknown.issue.fields).not.toHaveProperty('priority');
  expect(unknown.warnings.map(({ code }) => code)).toEqual(['priority_left_out']);
});

it('warns of what was shortened or simplified', async () => {
  expect(await codes(item({ title: 'x'.repeat(256) }))).toEqual(['summary_shortened']);
  expect(await codes(item({ title: 'x'.repeat(255) }))).toEqual([]);
  expect(await codes(item({ description: 'word '.repeat(10_000) }))).toEqual(['description_shortened']);
  expect(await codes(item({ description: '> # Title' }))).toEqual(['description_simplified']);
});

it('makes one line of a title, and never cuts a character in two', () => {
  expect(toSummary('a\nb')).toEqual({ text: 'a b', shortened: false });
  expect(toSummary(`${'x'.repeat(253)}😀`)).toEqual({ text: `${'x'.repeat(253)}😀`, shortened: false });
  expect(toSummary(`${'x'.repeat(254)}😀`)).toEqual({ text: `${'x'.repeat(254)}…`, shortened: true });
  expect(toSummary(`${'x'.repeat(253)}😀😀`)).toEqual({ text: `${'x'.repeat(253)}…`, shortened: true });
});

it('adds the fixed labels to the item’s', async () => {
  const { issue } = await composeIssue(write, {
    ...item({ labels: ['vip', 'shop'] }),
    settings: { ...standardSettings, labels: { direction: 'both' as const, onConflict: 'jira' as const } },
    fixedFields: { labels: ['userhero', 'vip'] },
    metadata: { ...source.metadata, fieldIds: [...source.metadata.fieldIds, 'labels'] },
  });
  expect(issue.fields.labels).toEqual(['userhero', 'vip', 'shop']);
});
