import { describe, expect, it } from 'vitest';
import { priorities } from '../domain/priority.ts';
import { defaultStatuses } from '../domain/workflow.ts';
import { defaultMapping } from './default-mapping.ts';
import { choosePriority, landPriority } from './priority.ts';

const mapping = defaultMapping({ kind: 'issues', statuses: defaultStatuses.issues });
const scheme = ['Highest', 'High', 'Medium', 'Low', 'Lowest'].map((name, index) => ({
  id: String(index + 1),
  name,
}));

describe('the priority of a new issue', () => {
  it.each([
    ['low', 'Low'],
    ['medium', 'Medium'],
    ['high', 'High'],
    ['urgent', 'Highest'],
  ] as const)('%s becomes %s', (priority, name) => {
    const choice = choosePriority(mapping, priority, scheme);
    expect(choice).toEqual({ kind: 'set', priority: scheme.find((entry) => entry.name === name) });
  });

  it.each(
    priorities,
  )('%s is left out, with a reason, when the create screen has no priority field', (priority) => {
    expect(choosePriority(mapping, priority, null)).toEqual({
      kind: 'left_out',
      why: 'not_on_screen',
      wanted: mapping.priorities[priority],
    });
  });

  it("is left out, with a reason, when the project's scheme lacks the name", () => {
    const without = scheme.filter((entry) => entry.name !== 'Highest');
    expect(choosePriority(mapping, 'urgent', without)).toEqual({
      kind: 'left_out',
      why: 'not_in_scheme',
      wanted: 'Highest',
    });
    expect(choosePriority(mapping, 'low', [])).toMatchObject({ kind: 'left_out', why: 'not_in_scheme' });
  });

  it('is found whatever its case, and the exact spelling goes first', () => {
    const spelled = [
      { id: '7', name: 'HIGH' },
      { id: '8', name: 'High' },
    ];
    expect(choosePriority(mapping, 'high', spelled)).toEqual({ kind: 'set', priority: spelled[1] });
    expect(choosePriority(mapping, 'high', spelled.slice(0, 1))).toEqual({
      kind: 'set',
      priority: spelled[0],
    });
  });

  it('follows an edited table', () => {
    const edited = { ...mapping, priorities: { ...mapping.priorities, urgent: 'Blocker' } };
    const choice = choosePriority(edited, 'urgent', [{ id: '9', name: 'Blocker' }]);
    expect(choice).toEqual({ kind: 'set', priority: { id: '9', name: 'Blocker' } });
  });
});

describe('what a priority of Jira’s makes of the item’s', () => {
  const lowest = { id: '5', name: 'Lowest' };
  const high = { id: '2', name: 'High' };

  it('is the priority table read backwards, and nothing where that is silent', () => {
    expect(landPriority(mapping, 'low', high)).toBe('high');
    expect(landPriority(mapping, 'low', lowest)).toBeNull();
    const twice = { ...mapping, priorities: { ...mapping.priorities, medium: 'High' } };
    expect(landPriority(twice, 'low', high)).toBe('medium');
  });

  it('is what its row says, before the table', () => {
    const inboundPriorities = [
      { jiraPriorityId: '5', priority: 'low' as const },
      { jiraPriorityId: '2', priority: 'urgent' as const },
    ];
    const rows = { ...mapping, inboundPriorities };
    expect(landPriority(rows, 'medium', lowest)).toBe('low');
    expect(landPriority(rows, 'medium', { ...high, name: 'Hoch' })).toBe('urgent');
  });

  it('is the item’s own where that goes to this very priority, so nothing that was sent comes back changed', () => {
    const rows = { ...mapping, inboundPriorities: [{ jiraPriorityId: '2', priority: 'urgent' as const }] };
    expect(landPriority(rows, 'high', high)).toBe('high');
  });
});
