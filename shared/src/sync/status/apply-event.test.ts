import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../../domain/workflow.ts';
import { defaultMapping } from '../../mapping/default-mapping.ts';
import { applyEvent, type ReferencePosition, rememberReading } from './apply-event.ts';
import { compareMoments } from './event-order.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const mapping = defaultMapping(workflow);
const toDo = { id: '10001', name: 'To Do', category: 'new' } as const;
const doing = { id: '3', name: 'In Progress', category: 'indeterminate' } as const;
const done = { id: '10002', name: 'Done', category: 'done' } as const;
const start: ReferencePosition = {
  itemStatus: 'open',
  known: { id: toDo.id, name: toDo.name },
  lastChangelogId: null,
  lastChangedAtMs: null,
};

type Told = Parameters<typeof applyEvent>[1];
const told = (
  status: Told['status'],
  changelogId: string | null = null,
  changedAtMs: number | null = null,
): Told => ({ status, changelogId, changedAtMs });
const applyAll = (position: ReferencePosition, ...events: Told[]): ReferencePosition =>
  events.reduce((at, event) => applyEvent(at, event, mapping, workflow).position, position);

describe('an event', () => {
  it('moves the item and is remembered', () => {
    const applied = applyEvent(start, told(done, '10228', 1_550_286_940_507), mapping, workflow);
    expect(applied).toMatchObject({ changes: true, rule: 'category' });
    expect(applied.position).toMatchObject({
      itemStatus: 'resolved',
      known: { id: '10002', name: 'Done' },
      lastChangelogId: '10228',
      lastChangedAtMs: 1_550_286_940_507,
    });
  });

  it('that repeats the change seen last changes nothing', () => {
    const position = applyAll(start, told(done, '9'));
    expect(applyEvent(position, told(done, '9'), mapping, workflow)).toEqual({
      position,
      changes: false,
      rule: 'repeated',
    });
  });

  it('with the id of the change seen last and another status has Jira asked, unless its time is the older one', () => {
    const position = applyAll(start, told(done, '9', 2_000));
    const ruleOf = (at: number | null) => applyEvent(position, told(toDo, '9', at), mapping, workflow).rule;
    expect([3_000, null, 2_000, 1_000].map(ruleOf)).toEqual([
      'contradictory',
      'contradictory',
      'repeated',
      'repeated',
    ]);
  });

  it('that is older changes nothing, by changelog id or else by time', () => {
    const position = applyAll(start, told(done, '1000', 2_000));
    for (const late of [told(toDo, '999', 3_000), told(toDo, null, 1_999), told(toDo, '999', null)]) {
      expect(applyEvent(position, late, mapping, workflow)).toEqual({
        position,
        changes: false,
        rule: 'stale',
      });
    }
  });

  it('is ordered by number, not by letters, and beyond what a double can hold', () => {
    expect(applyAll(start, told(doing, '99999'), told(done, '100000')).itemStatus).toBe('resolved');
    expect(compareMoments(told(null, '90071992547409930'), told(null, '90071992547409931'))).toBeLessThan(0);
  });

  it('is ordered by its changelog id even where the clocks of two Jira nodes disagree', () => {
    expect(applyAll(start, told(doing, '10', 1_005), told(done, '11', 1_000)).itemStatus).toBe('resolved');
    expect(applyAll(start, told(done, '11', 1_000), told(doing, '10', 1_005)).itemStatus).toBe('resolved');
  });

  it('without a status changes nothing, and does not hide an older change that still is to come', () => {
    const applied = applyEvent(start, told(null, '12', 5_000), mapping, workflow);
    expect(applied).toEqual({ position: start, changes: false, rule: 'no_status' });
    expect(applyAll(start, told(null, '12', 5_000), told(done, '11', 4_000)).itemStatus).toBe('resolved');
  });

  it('without a status does not hide the fuller telling of the same change by another sender', () => {
    expect(applyAll(start, told(null, '12', 5_000), told(done, '12', 5_000)).itemStatus).toBe('resolved');
  });

  it('picks up a change whose own event was missed', () => {
    expect(applyAll(start, told(done, '10300')).itemStatus).toBe('resolved');
  });
});

describe('a late webhook after a newer event without a changelog id (Forge)', () => {
  it('changes nothing, though its changelog id is the highest so far', () => {
    const position = applyAll(start, told(toDo, '4', 500), told(done, null, 2_000));
    const late = applyEvent(position, told(doing, '5', 1_000), mapping, workflow);
    expect(late).toEqual({ position, changes: false, rule: 'stale' });
  });

  it('is applied when it is newer', () => {
    const position = applyAll(start, told(toDo, '4', 500), told(doing, null, 2_000));
    expect(applyAll(position, told(done, '6', 3_000)).itemStatus).toBe('resolved');
  });
});

describe('a status whose category is mended in Jira', () => {
  it('is decided again, once', () => {
    const ready = { id: '10055', name: 'Ready', category: null };
    const first = applyEvent(start, told(ready, '10', 1_000), mapping, workflow);
    expect(first).toMatchObject({ changes: false, rule: 'unmapped' });
    const mended = told({ ...ready, category: 'done' as const }, '11', 2_000);
    const second = applyEvent(first.position, mended, mapping, workflow);
    expect(second).toMatchObject({ changes: true, rule: 'category', position: { itemStatus: 'resolved' } });
    const again = applyEvent(second.position, { ...mended, changelogId: '12' }, mapping, workflow);
    expect(again).toMatchObject({ changes: false, rule: 'known' });
  });
});

describe('what we read in Jira ourselves', () => {
  const begun = applyAll({ ...start, itemStatus: 'closed' }, told(toDo, '10', 1_000));

  it('makes the events of our own move late ones: a Closed item stays Closed through all its steps', () => {
    const pushed = rememberReading({ ...begun, itemStatus: 'closed' }, { status: done, changedAtMs: 3_000 });
    const echoed = applyAll(pushed, told(doing, '11', 2_030), told(done, '12', 3_030));
    expect(echoed).toMatchObject({ itemStatus: 'closed', known: { id: '10002', name: 'Done' } });
  });

  it('leaves the item as it is, and later changes in Jira still arrive', () => {
    const pushed = rememberReading({ ...begun, itemStatus: 'closed' }, { status: done, changedAtMs: 3_000 });
    expect(pushed.itemStatus).toBe('closed');
    expect(applyAll(pushed, told(doing, '13', 4_000)).itemStatus).toBe('in-progress');
  });

  it('with the newest changelog id does the same where events carry no time', () => {
    const pushed = rememberReading(
      { ...begun, itemStatus: 'closed' },
      { status: done, changedAtMs: null, changelogId: '12' },
    );
    expect(applyAll(pushed, told(doing, '11'), told(done, '12'))).toEqual(pushed);
    expect(applyAll(pushed, told(doing, '13')).itemStatus).toBe('in-progress');
  });

  it('does not turn time back when it is older than what was told', () => {
    const ahead = applyAll(start, told(done, '20', 9_000));
    expect(rememberReading(ahead, { status: doing, changedAtMs: 8_000 })).toEqual(ahead);
  });
});
