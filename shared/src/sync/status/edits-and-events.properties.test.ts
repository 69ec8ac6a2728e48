import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick } from '../../../test/arbitraries.ts';
import { arrivalArb, historyArb } from '../../../test/arbitrary-events.ts';
import { ruleArb } from '../../../test/synced-things.ts';
import { takes } from '../rule.ts';
import { agreedAfterEdit, isApart, isEdited } from './agreed-status.ts';
import { type Applied, applyEvent, type ReferencePosition } from './apply-event.ts';
import { decideInbound } from './inbound.ts';

/** The events of an issue as they arrive, and edits of the item's status among them. */
const lifeArb = fc
  .boolean()
  .chain(historyArb)
  .chain((history) =>
    fc.record({
      history: fc.constant(history),
      arrival: arrivalArb(history.events),
      edits: fc.array(fc.record({ before: fc.nat({ max: 12 }), to: fc.nat() }), { maxLength: 4 }),
      rule: ruleArb,
    }),
  );
type Life = typeof lifeArb extends fc.Arbitrary<infer Value> ? Value : never;

type Step = { before: ReferencePosition } & ({ edit: string } | { applied: Applied });

/** Every step of a life, in order, and where the reference stands at its end. */
function live({ history, arrival, edits, rule }: Life): { steps: Step[]; end: ReferencePosition } {
  const { mapping, workflow } = history.scene;
  const steps: Step[] = [];
  let position: ReferencePosition = {
    itemStatus: history.firstStatus,
    known: null,
    lastChangelogId: null,
    lastChangedAtMs: null,
  };
  for (const [at, event] of [...arrival.entries(), [arrival.length, null] as const]) {
    for (const edit of edits.filter(({ before }) => Math.min(before, arrival.length) === at)) {
      const to = pick(workflow.statuses, edit.to)?.slug ?? position.itemStatus;
      steps.push({ before: position, edit: to });
      position = { ...position, agreed: agreedAfterEdit(position, to), itemStatus: to };
    }
    if (!event) continue;
    const applied = applyEvent(position, event, mapping, workflow, rule);
    steps.push({ before: position, applied });
    position = applied.position;
  }
  return { steps, end: position };
}

describe('edits of the status here among the events of its issue, for every valid mapping and rule', () => {
  it('lose to Jira only where the rule says that Jira counts', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        for (const step of live(life).steps) {
          if ('edit' in step || !step.applied.changes) continue;
          expect(takes(life.rule)).toBe(true);
          if (isEdited(step.before)) expect(life.rule.onConflict).toBe('jira');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leave no status of Jira’s unremembered: it was taken, belongs here already, or stands apart', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const { mapping, workflow } = life.history.scene;
        for (const step of live(life).steps) {
          if ('edit' in step) continue;
          const { position, rule } = step.applied;
          const isJudged = ['override', 'own_target', 'category', 'name'].includes(rule);
          if (isJudged) expect([isApart(position), isEdited(position)]).toEqual([false, false]);
          const isBarred = ['not_taken', 'kept_here', 'asked'].includes(rule);
          if (!isBarred) continue;
          const { known } = position;
          expect(position).toMatchObject({ apart: known?.name, itemStatus: step.before.itemStatus });
          const jiraStatus = { id: null, name: '', ...known, category: null };
          expect(known).not.toBeNull();
          const category = known?.category === 'none' ? null : (known?.category ?? null);
          const question = { mapping, workflow, currentStatus: position.itemStatus, known: null };
          const landed = decideInbound({ ...question, jiraStatus: { ...jiraStatus, category } });
          expect(landed.changes).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('change nothing of which event was seen last, nor of what is known of Jira', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const { end } = live(life);
        const alone = live({ ...life, edits: [], rule: { direction: 'from-jira', onConflict: 'jira' } }).end;
        const seen = ({ known, lastChangelogId, lastChangedAtMs }: ReferencePosition) => ({
          known,
          lastChangelogId,
          lastChangedAtMs,
        });
        expect(seen(end)).toEqual(seen(alone));
      }),
      { numRuns: 300 },
    );
  });

  it('applied twice equal applied once', () => {
    fc.assert(
      fc.property(lifeArb, (life) => {
        const { mapping, workflow } = life.history.scene;
        const { end } = live(life);
        for (const event of life.arrival) {
          const once = applyEvent(end, event, mapping, workflow, life.rule);
          const twice = applyEvent(once.position, event, mapping, workflow, life.rule);
          expect(twice.position).toEqual(once.position);
          expect(twice.changes).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
