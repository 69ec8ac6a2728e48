import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pick, type Scene, sceneArb, siteResolutions, validSceneArb } from '../../../test/arbitraries.ts';
import { resolutionFor } from '../../mapping/resolution.ts';
import { decideInbound, type InboundQuestion } from './inbound.ts';
import { outboundTargets } from './outbound.ts';

type Picks = {
  scene: Scene;
  at: number;
  from: number;
  withId: boolean;
  withCategory: boolean;
  knownAt: number | null;
  resolution: number | null;
};

const picksArb = (scene: fc.Arbitrary<Scene>): fc.Arbitrary<Picks> =>
  fc.record({
    scene,
    at: fc.nat(),
    from: fc.nat(),
    withId: fc.boolean(),
    withCategory: fc.boolean(),
    knownAt: fc.option(fc.nat()),
    resolution: fc.option(fc.nat()),
  });

function ask({ scene: { workflow, jiraStatuses, mapping }, ...picks }: Picks): InboundQuestion {
  const status = pick(jiraStatuses, picks.at) ?? { id: '1', name: 'Done', category: 'done' };
  return {
    mapping,
    workflow,
    currentStatus: pick(workflow.statuses, picks.from)?.slug ?? '',
    jiraStatus: {
      id: picks.withId ? status.id : null,
      name: status.name,
      category: picks.withCategory ? status.category : null,
      resolution: pick(siteResolutions, picks.resolution) ?? null,
    },
    known: pick(jiraStatuses, picks.knownAt) ?? null,
  };
}

describe('for every mapping', () => {
  it('valid or outdated, the answer is a status of the workflow, and it says whether it changes', () => {
    fc.assert(
      fc.property(picksArb(sceneArb), (picks) => {
        const question = ask(picks);
        const decision = decideInbound(question);
        expect(question.workflow.statuses.map((status) => status.slug)).toContain(decision.status);
        expect(decision.changes).toBe(decision.status !== question.currentStatus);
      }),
      { numRuns: 500 },
    );
  });

  it('that is valid, the same Jira status read again from where it led changes nothing', () => {
    fc.assert(
      fc.property(picksArb(validSceneArb), (picks) => {
        const question = { ...ask(picks), known: null };
        const first = decideInbound(question);
        expect(decideInbound({ ...question, currentStatus: first.status }).status).toBe(first.status);
      }),
      { numRuns: 500 },
    );
  });

  it('that is valid, what was sent comes back as the status that it was sent for', () => {
    fc.assert(
      fc.property(picksArb(validSceneArb), (picks) => {
        const question = ask(picks);
        const { mapping, workflow, currentStatus } = question;
        const targets = outboundTargets(mapping, workflow, currentStatus, picks.scene.jiraStatuses);
        const resolution = resolutionFor(mapping, workflow, currentStatus, siteResolutions);
        for (const jiraStatus of targets) {
          const isOverridden = mapping.overrides.some(({ jiraStatusId }) => jiraStatusId === jiraStatus.id);
          const isNamed = mapping.inbound[jiraStatus.category ?? 'new'].byName;
          if (isOverridden || isNamed) continue;
          const sent = { ...question, jiraStatus: { ...jiraStatus, resolution }, known: null };
          expect(decideInbound(sent).status).toBe(currentStatus);
        }
      }),
      { numRuns: 500 },
    );
  });
});
