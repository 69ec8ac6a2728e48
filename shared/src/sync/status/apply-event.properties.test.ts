import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppliedEvent, arrivalArb, type History, historyArb } from '../../../test/arbitrary-events.ts';
import { applyEvent, type ReferencePosition } from './apply-event.ts';
import { compareMoments } from './event-order.ts';
import { decideInbound } from './inbound.ts';

const startOf = (history: History): ReferencePosition => ({
  itemStatus: history.firstStatus,
  known: null,
  lastChangelogId: null,
  lastChangedAtMs: null,
});

function applyAll(history: History, arrival: readonly AppliedEvent[]): ReferencePosition {
  const { mapping, workflow } = history.scene;
  return arrival.reduce(
    (position, event) => applyEvent(position, event, mapping, workflow).position,
    startOf(history),
  );
}

const arrivedArb = fc
  .boolean()
  .chain(historyArb)
  .chain((history) => arrivalArb(history.events).map((arrival) => ({ history, arrival })));

describe('the events of one issue, for every valid mapping', () => {
  it("in any order, with duplicates, end in the newest one's status", () => {
    fc.assert(
      fc.property(arrivedArb, ({ history, arrival }) => {
        const end = applyAll(history, arrival);
        const newest = history.events.findLast((event) => event.status !== null);
        const { status } = newest ?? { status: null };
        if (status) expect(end.known).toMatchObject({ id: status.id, name: status.name });
        else expect(end.known).toBeNull();
        if (!status) {
          expect(end).toEqual(startOf(history));
          return;
        }

        const { mapping, workflow } = history.scene;
        const related = decideInbound({
          mapping,
          workflow,
          currentStatus: end.itemStatus,
          jiraStatus: status,
          known: null,
        });
        expect(related.status).toBe(end.itemStatus);
      }),
      { numRuns: 1_000 },
    );
  });

  it('applied twice equal applied once, wherever the reference stands', () => {
    fc.assert(
      fc.property(arrivedArb, ({ history, arrival }) => {
        const { mapping, workflow } = history.scene;
        let position = startOf(history);
        for (const event of arrival) {
          position = applyEvent(position, event, mapping, workflow).position;
          const again = applyEvent(position, event, mapping, workflow);
          expect(again.position).toEqual(position);
          expect(again.changes).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('in the order in which they happened are each applied, or say why not', () => {
    fc.assert(
      fc.property(historyArb(false), (history) => {
        const { mapping, workflow } = history.scene;
        let position = startOf(history);
        for (const event of history.events) {
          const applied = applyEvent(position, event, mapping, workflow);
          expect(['stale', 'repeated']).not.toContain(applied.rule);
          expect(applied.changes).toBe(applied.position.itemStatus !== position.itemStatus);
          position = applied.position;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('compare the same from both sides, and never equal when both witnesses are there', () => {
    fc.assert(
      fc.property(historyArb(false), ({ events }) => {
        events.forEach((left, index) => {
          for (const right of events.slice(index + 1)) {
            const order = Math.sign(compareMoments(left, right));
            expect(Math.sign(compareMoments(right, left)) + order).toBe(0);
            expect(order).toBeLessThanOrEqual(0);
          }
        });
      }),
    );
  });
});
