import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { describe, expect, it } from 'vitest';
import { deliveryRow, positionRow } from '../../test/support/delivery-rows.ts';
import { decideOne } from './decide-one.ts';
import type { DeliveryRow, PositionRow } from './delivery-store.ts';
import { factsOf } from './facts-of.ts';
import { standingOf } from './standing.ts';

const workflow = { kind: 'issues', statuses: defaultStatuses.issues } as const;
const context = {
  mapping: defaultMapping(workflow),
  workflow,
  status: standardSettings.status,
  jiraProjectId: positionRow.jiraProjectId,
  isRivalled: false,
};
const done = { statusId: '5', statusName: 'Done', statusCategory: 'done' };
const toDo = { statusId: '1', statusName: 'To Do', statusCategory: 'new' };
const noon = 1_764_000_000_000;
/** A reading that began after everything else happened. */
const reading = { sender: 'reconciliation', readBeganAtMs: noon + 60_000, receivedAtMs: noon + 60_000 };

/** What one delivery comes to for an open item in this position, and what people are told of it. */
function decide(
  position: Partial<PositionRow>,
  delivery: Partial<DeliveryRow>,
  changed: Partial<typeof context> & { isReported?: boolean } = {},
) {
  const before = standingOf({ ...positionRow, itemStatus: 'open', ...position });
  const told = { ...deliveryRow, ...delivery };
  const decision = decideOne(before, told, { ...context, ...changed });
  const { statusName: jiraStatus, resolutionName: resolution } = told;
  const facts = factsOf(before, decision, {
    workflow,
    jiraStatus,
    resolution,
    isReported: changed.isReported ?? false,
  });
  return { before, ...decision, told: facts.map(({ fact, reason }) => [fact.code, reason]), facts };
}

describe('a change in Jira', () => {
  it('gives the item the status of its category, and is told by the names of both', () => {
    const { state, rule, after, facts } = decide({}, done);
    expect([state, rule, after.position.itemStatus]).toEqual(['applied', 'category', 'resolved']);
    expect(facts).toEqual([
      {
        fact: { code: 'status_changed', values: { from: 'Open', to: 'Resolved', jiraStatus: 'Done' } },
        reason: 'category',
      },
    ]);
  });

  it('of the resolution alone moves the item where it has an override, and is told with it', () => {
    const mapping = {
      ...context.mapping,
      resolutionOverrides: [{ resolutionId: '10001', status: 'closed' }],
    };
    const known = { knownStatusId: '5', knownStatusName: 'Done', knownStatusCategory: 'done' };
    const before = {
      ...known,
      itemStatus: 'resolved',
      knownResolutionId: '10000',
      knownResolutionName: 'Done',
    };
    const wontDo = { ...done, resolutionId: '10001', resolutionName: "Won't Do" };
    const { state, after, facts } = decide(before, wontDo, { mapping });
    expect([state, after.position.itemStatus]).toEqual(['applied', 'closed']);
    expect(after.position.known?.resolution).toEqual({ id: '10001', name: "Won't Do" });
    const values = { from: 'Resolved', to: 'Closed', jiraStatus: 'Done', resolution: "Won't Do" };
    expect(facts).toEqual([{ fact: { code: 'status_changed', values }, reason: 'resolution' }]);

    const kept = decide(
      { ...before, knownResolutionId: null },
      { ...wontDo, resolutionAlone: true },
      { mapping },
    );
    expect(kept.after.position.itemStatus).toBe('closed');
    expect(decide({ ...before, knownResolutionId: null }, wontDo, { mapping }).state).toBe('skipped');
    expect(decide(before, { ...done, resolutionId: 'none' }, { mapping }).after.position).toMatchObject({
      itemStatus: 'resolved',
      known: { resolution: 'none' },
    });
  });

  it('that the item fits already changes nothing, and is told', () => {
    const { state, after, told } = decide({ itemStatus: 'closed' }, done);
    expect([state, after.position.itemStatus]).toEqual(['skipped', 'closed']);
    expect(told).toEqual([['status_fits', 'category']]);
  });

  it('that is older than the last one is late: it leaves no trace but a line', () => {
    const { state, rule, after, before, told } = decide(
      { lastChangelogId: '30000', lastChangedAtMs: noon + 10_000, lastReceivedAtMs: noon + 10_000 },
      { ...done, issueKey: 'OLD-1' },
    );
    expect([state, rule]).toEqual(['skipped', 'stale']);
    expect([after.position.itemStatus, after.issueKey]).toEqual([before.position.itemStatus, 'SHOP-1']);
    expect(told).toEqual([['event_late', 'stale']]);
  });

  it('that another one contradicts waits for a reading, and nothing is told', () => {
    const { state, rule, after, before, told } = decide({}, done, { isRivalled: true });
    expect([state, rule, told]).toEqual(['pending', 'contradictory', []]);
    expect(after).toBe(before);
  });

  it('without a status says nothing to people', () => {
    expect(decide({}, {})).toMatchObject({ state: 'skipped', rule: 'no_status', told: [] });
  });

  it('of an issue that is deleted, as far as we know, waits for a reading', () => {
    for (const referenceState of ['issue_deleted', 'project_deleted'])
      expect(decide({ referenceState }, done)).toMatchObject({
        state: 'pending',
        rule: 'issue_gone',
        after: { referenceState },
        told: [],
      });
  });
});

describe('where an issue is', () => {
  it('follows its key and its project', () => {
    const moved = decide({}, { ...toDo, issueKey: 'FEED-9', projectId: '10077' });
    expect(moved.after).toMatchObject({ issueKey: 'FEED-9', referenceState: 'issue_moved' });
    expect(moved.facts[0]?.fact).toEqual({
      code: 'issue_moved',
      values: { from: 'SHOP-1', to: 'FEED-9', outside: true },
    });
    const renamed = decide({}, { ...toDo, issueKey: 'STORE-1' });
    expect(renamed.after).toMatchObject({ issueKey: 'STORE-1', referenceState: 'active' });
    expect(renamed.told[0]).toEqual(['issue_moved', 'issue_moved']);
  });

  it('is known again once Jira shows an issue that it hid, by a reading only', () => {
    const hidden = { referenceState: 'not_visible' };
    const told = decide(hidden, toDo);
    expect(told.after).toMatchObject({ referenceState: 'not_visible', isToldOf: true });
    const read = decide(hidden, { ...toDo, ...reading });
    expect(read.after).toMatchObject({ referenceState: 'active', readAtMs: reading.readBeganAtMs });
    expect(read.told).toContainEqual(['issue_back', 'not_visible']);
    expect(read.told).not.toContainEqual(['issue_moved', 'issue_moved']);
  });
});

describe('a loss', () => {
  it('that an event tells of is not believed: it leaves its moment and asks for a reading', () => {
    const { state, rule, after, before, told } = decide({}, { kind: 'deleted' });
    expect([state, rule, told]).toEqual(['pending', 'deletion', []]);
    expect(after.referenceState).toBe('active');
    expect(after.position.lastChangedAtMs).not.toBe(before.position.lastChangedAtMs);
  });

  it.each([
    ['deleted', true, 'issue_deleted', 'issue_deleted'],
    ['deleted', false, 'issue_deleted', 'issue_gone'],
    ['hidden', false, 'not_visible', 'issue_hidden'],
    ['project_deleted', false, 'project_deleted', 'project_deleted'],
  ])('that a reading found (%s, told by Jira: %s) is %s', (kind, isReported, state, code) => {
    const { after, told, ...decision } = decide({}, { kind, ...reading }, { isReported });
    expect([decision.state, decision.rule, after.referenceState]).toEqual(['applied', state, state]);
    expect(told).toEqual([[code, state]]);
    expect(after.position.itemStatus).toBe('open');
  });

  it('that is known already is no news', () => {
    const { state, told } = decide({ referenceState: 'not_visible' }, { kind: 'hidden', ...reading });
    expect([state, told]).toEqual(['skipped', []]);
  });

  it('from a reading that an event has overtaken has to be read again', () => {
    const since = reading.readBeganAtMs + 1;
    const { state, rule } = decide(
      { lastReceivedAtMs: since, lastChangedAtMs: since },
      { kind: 'hidden', ...reading },
    );
    expect([state, rule]).toEqual(['pending', 'contradictory']);
  });
});
