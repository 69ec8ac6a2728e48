import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick } from '../../../test/arbitraries.ts';
import { type AppliedEvent, arrivalArb, historyArb } from '../../../test/arbitrary-events.ts';
import { applyEvent, applyReading, type ReferencePosition } from './apply-event.ts';
import { decideInbound } from './inbound.ts';

const yearMs = 365 * 86_400_000;
const receivedAtMs = 1_560_000_000_000;

/** Times and ids that no Jira gave: ahead, behind, at the ends of what can be written. */
const forgedArb = fc.record({
  at: fc.nat(),
  changelogId: fc.oneof(
    fc.constant(null),
    fc.constantFrom('9'.repeat(60), '9'.repeat(19), '9'.repeat(18), '0', '1', 'abc', '-5'),
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
  ),
  changedAtMs: fc.oneof(
    fc.constant(null),
    fc.constantFrom(0, 253_402_300_799_999, receivedAtMs + 86_400_000, receivedAtMs - 86_400_000),
    fc.integer({ min: receivedAtMs - yearMs, max: receivedAtMs + yearMs }),
  ),
});

const arrivedArb = historyArb(false).chain((history) =>
  fc
    .array(forgedArb, { minLength: 1, maxLength: 6 })
    .map((forged): AppliedEvent[] =>
      forged.map((one) => ({ ...one, status: pick(history.scene.jiraStatuses, one.at) ?? null })),
    )
    .chain((forged) =>
      arrivalArb([...history.events, ...forged]).map((arrival) => ({ history, forged, arrival })),
    ),
);

describe('a reading of the issue, for every valid mapping', () => {
  it('ends in Jira’s status whatever was received before, and no event of then turns it back', () => {
    fc.assert(
      fc.property(arrivedArb, fc.nat(), ({ history, arrival, forged }, inJira) => {
        const { mapping, workflow, jiraStatuses } = history.scene;
        const status = pick(jiraStatuses, inJira);
        if (!status) return;
        let position: ReferencePosition = {
          itemStatus: history.firstStatus,
          known: null,
          lastChangelogId: null,
          lastChangedAtMs: null,
        };
        arrival.forEach((event, at) => {
          const told = { ...event, receivedAtMs: receivedAtMs + at };
          position = applyEvent(position, told, mapping, workflow).position;
        });
        const readBeganAtMs = receivedAtMs + arrival.length;
        const reading = { status, changelogId: '99990', changedAtMs: receivedAtMs, readBeganAtMs };
        const read = applyReading(position, reading, mapping, workflow);
        expect(read.position.known).toMatchObject({ id: status.id, name: status.name });
        expect(read.position).toMatchObject({ lastChangelogId: '99990', lastChangedAtMs: receivedAtMs });
        const related = { mapping, workflow, currentStatus: read.position.itemStatus, jiraStatus: status };
        // A known status changes nothing; any other leads where the mapping says.
        if (read.rule !== 'known')
          expect(decideInbound({ ...related, known: null }).status).toBe(read.position.itemStatus);

        for (const event of [...forged, ...arrival]) {
          const late = { ...event, receivedAtMs: readBeganAtMs - 1 };
          expect(applyEvent(read.position, late, mapping, workflow)).toEqual({
            position: read.position,
            changes: false,
            rule: 'read',
          });
        }
        expect(applyReading(read.position, reading, mapping, workflow).position).toEqual(read.position);
      }),
      { numRuns: 500 },
    );
  });

  it('gives way to what was received since and is newer, and to no forged time or id before it', () => {
    fc.assert(
      fc.property(arrivedArb, ({ history, arrival }) => {
        const { mapping, workflow, jiraStatuses } = history.scene;
        const [first, second] = [jiraStatuses[0], jiraStatuses[1] ?? jiraStatuses[0]];
        if (!first || !second) return;
        const start: ReferencePosition = {
          itemStatus: history.firstStatus,
          known: null,
          lastChangelogId: null,
          lastChangedAtMs: null,
        };
        const messed = arrival.reduce(
          (position, event) => applyEvent(position, { ...event, receivedAtMs }, mapping, workflow).position,
          start,
        );
        const began = receivedAtMs + 1;
        const reading = {
          status: first,
          changelogId: '500',
          changedAtMs: receivedAtMs,
          readBeganAtMs: began,
        };
        const read = applyReading(messed, reading, mapping, workflow).position;
        const next = { status: second, changelogId: '501', changedAtMs: began + 5, receivedAtMs: began + 9 };
        const after = applyEvent(read, next, mapping, workflow);
        expect(after.position.known).toMatchObject({ id: second.id });
        expect(applyReading(after.position, reading, mapping, workflow).position).toEqual(after.position);
      }),
      { numRuns: 300 },
    );
  });
});
