import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { expect, it } from 'vitest';
import { deliveryRow, positionRow } from '../../test/support/delivery-rows.ts';
import { decideReference } from './decide-deliveries.ts';
import type { DeliveryRow, PositionRow } from './delivery-store.ts';

const workflow = { kind: 'issues', statuses: defaultStatuses.issues } as const;
const rules = {
  state: 'decided',
  cloudId: positionRow.cloudId,
  mapping: defaultMapping(workflow),
  workflow,
  status: standardSettings.status,
  groups: 0,
} as const;
const inProgress = { statusId: '3', statusName: 'In Progress', statusCategory: 'indeterminate' };
const done = { statusId: '5', statusName: 'Done', statusCategory: 'done' };
const noon = 1_764_000_000_000;

/** What events that are found together come to, for an open item in this position. */
function compute(position: Partial<PositionRow>, events: Partial<DeliveryRow>[]) {
  const deliveries = events.map((event, n) => ({ ...deliveryRow, id: BigInt(n + 1), ...event }));
  const computed = decideReference({ ...positionRow, itemStatus: 'open', ...position }, rules, deliveries);
  const ofEach = new Map(computed.deliveries.map(({ id, rule }) => [id, rule]));
  return {
    ...computed,
    rules: deliveries.map(({ id }) => ofEach.get(id)),
    reference: computed.references[0],
  };
}

it('lets no late event with a larger id hide the one that is new', () => {
  const read = { lastChangedAtMs: noon, lastWithoutIdAtMs: noon };
  const late = { ...done, changelogId: '9'.repeat(18), changedAtMs: noon - 20_000, receivedAtMs: noon + 900 };
  const next = { ...inProgress, changelogId: '20001', changedAtMs: noon + 500, receivedAtMs: noon + 1_000 };
  for (const events of [
    [late, next],
    [next, late],
  ]) {
    const { reference, deliveries } = compute(read, events);
    const waits = deliveries.some(({ state }) => state === 'pending');
    expect(waits || reference?.itemStatus === 'in-progress').toBe(true);
  }
});

it('does not take an issue in another project for one that moved back, where the event names no project', () => {
  const event = { ...done, projectId: null };
  expect(compute({ referenceState: 'issue_moved' }, [event]).reference).toMatchObject({
    state: 'issue_moved',
    itemStatus: 'resolved',
  });
});

it('asks to look again at an issue that Jira did not show, once an event tells of it', () => {
  const hidden = compute({ referenceState: 'not_visible' }, [done]);
  expect(hidden.reference).toMatchObject({ state: 'not_visible', itemStatus: 'resolved' });
  expect(hidden.lookAgain).toEqual([{ adapterId: 'adapter-1', referenceId: 'reference-1' }]);
  expect(compute({}, [done]).lookAgain).toEqual([]);
});
