import { describe, expect, it } from 'vitest';
import type { ActivityResult } from './computed.ts';
import { sumUpActivities } from './sum-up-activities.ts';

type Code = 'issue_hidden' | 'issue_gone' | 'issue_deleted' | 'project_deleted' | 'issue_back';

const told = (code: Code, n: number): ActivityResult => ({
  organizationId: 'acme',
  adapterId: 'jira',
  itemId: `item ${n}`,
  itemTitle: 'Cart total is wrong',
  code,
  values: { issueKey: `SHOP-${n}` },
  reason: code,
  actor: 'Jira',
  issueKey: `SHOP-${n}`,
  issueUrl: `https://acme.example/browse/SHOP-${n}`,
  deliveryId: BigInt(n),
});
const many = (code: Code, count: number) => Array.from({ length: count }, (_, n) => told(code, n));

/** What stands in the adapter's activity. */
const ofAdapter = (activities: readonly ActivityResult[]) =>
  sumUpActivities(activities)
    .filter(({ adapterId }) => adapterId === 'jira')
    .map(({ code, values }) => ({ code, values }));

describe('an adapter’s activity', () => {
  it.each([
    ['issue_hidden', 'issues_hidden'],
    ['issue_gone', 'issues_gone'],
    ['issue_deleted', 'issues_gone'],
    ['project_deleted', 'issues_lost_project'],
    ['issue_back', 'issues_back'],
  ] as const)('has one line for a hundred issues: %s', (code, together) => {
    expect(ofAdapter(many(code, 100))).toEqual([{ code: together, values: { count: 100 } }]);
  });

  it('has a line for each of a few, and for each change of a status', () => {
    expect(ofAdapter(many('issue_hidden', 5))).toHaveLength(5);
    const values = { from: 'Open', to: 'Resolved', jiraStatus: 'Done' };
    const changes = many('issue_hidden', 100).map((one) => ({
      ...one,
      code: 'status_changed' as const,
      values,
    }));
    expect(ofAdapter(changes)).toHaveLength(100);
  });

  it('tells kinds and adapters apart', () => {
    const other = many('issue_hidden', 6).map((one) => ({ ...one, adapterId: 'other' }));
    expect(ofAdapter([...many('issue_gone', 6), ...many('project_deleted', 3), ...other])).toHaveLength(4);
  });
});

it('keeps the line of each item', () => {
  const activities = many('issue_hidden', 100);
  const ofItems = sumUpActivities(activities).filter(({ itemId }) => itemId !== null);
  expect(ofItems.map(({ code, itemId }) => [code, itemId])).toEqual(
    activities.map(({ code, itemId }) => [code, itemId]),
  );
});
