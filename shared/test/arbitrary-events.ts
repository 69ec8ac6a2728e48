import fc from 'fast-check';
import type { IssueEvent } from '../src/jira/issue-event.ts';
import { pick, type Scene, validSceneArb } from './arbitraries.ts';

/** What `applyEvent` reads of an event. */
export type AppliedEvent = Pick<IssueEvent, 'status' | 'changelogId' | 'changedAtMs'>;

/** A valid scene and what happened to one issue in it, oldest first. */
export type History = { scene: Scene; firstStatus: string; events: AppliedEvent[] };

type Step = {
  at: number;
  idGap: number;
  msGap: number;
  lacks: 'id' | 'time' | 'nothing';
  statusless: boolean;
};

const stepArb: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(),
  idGap: fc.integer({ min: 1, max: 900 }),
  msGap: fc.integer({ min: 1, max: 90_000 }),
  lacks: fc.constantFrom('id', 'time', 'nothing'),
  statusless: fc.nat({ max: 9 }).map((chance) => chance === 0),
});

/**
 * The events of one issue as Jira makes them: changelog ids and timestamps grow together. Some senders leave
 * the changelog id out (Forge), some the timestamp; every event shares one of the two with the newest that has
 * a status, since nothing could order it otherwise.
 *
 * @param nameOnly whether the sender is an old Server, whose statuses have neither id nor category
 */
export function historyArb(nameOnly: boolean): fc.Arbitrary<History> {
  return fc
    .record({
      scene: validSceneArb,
      from: fc.nat(),
      firstId: fc.constantFrom(10_220, 99_998, Number.MAX_SAFE_INTEGER),
      steps: fc.array(stepArb, { minLength: 1, maxLength: 7 }),
    })
    .map(({ scene, from, firstId, steps }) => {
      const newest = steps.findLast((step) => !step.statusless);
      const opposite = newest?.lacks === 'id' ? 'time' : newest?.lacks === 'time' ? 'id' : null;
      let id = BigInt(firstId);
      let ms = 1_550_286_113_023;
      const events = steps.map((step): AppliedEvent => {
        id += BigInt(step.idGap);
        ms += step.msGap;
        const lacks = step.lacks === opposite ? 'nothing' : step.lacks;
        const status = pick(scene.jiraStatuses, step.at) ?? null;
        const reported = nameOnly && status ? { id: null, name: status.name, category: null } : status;
        return {
          status: step.statusless ? null : reported,
          changelogId: lacks === 'id' ? null : String(id),
          changedAtMs: lacks === 'time' ? null : ms,
        };
      });
      return { scene, firstStatus: pick(scene.workflow.statuses, from)?.slug ?? '', events };
    });
}

/** The events of a history in any order, each arriving once or more. */
export function arrivalArb(events: readonly AppliedEvent[]): fc.Arbitrary<AppliedEvent[]> {
  const copies = fc.array(fc.nat({ max: Math.max(events.length - 1, 0) }), { maxLength: 5 });
  return copies.chain((again) => {
    const all = [...events, ...again.flatMap((index) => events[index] ?? [])];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}
