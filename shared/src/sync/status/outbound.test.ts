import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validSceneArb } from '../../../test/arbitraries.ts';
import { defaultStatuses, type WorkflowShape } from '../../domain/workflow.ts';
import type { JiraStatus } from '../../jira/status-category.ts';
import { defaultMapping } from '../../mapping/default-mapping.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { decideInbound } from './inbound.ts';
import { outboundTargets } from './outbound.ts';

const leads: WorkflowShape = { kind: 'leads', statuses: defaultStatuses.leads };
const jiraStatuses: JiraStatus[] = [
  { id: '1', name: 'Backlog', category: 'new' },
  { id: '2', name: 'Qualified', category: 'indeterminate' },
  { id: '3', name: 'Doing', category: 'indeterminate' },
  { id: '4', name: 'Won', category: 'done' },
  { id: '5', name: 'Done', category: 'done' },
];
const targets = (mapping: Mapping, status: string): string[] =>
  outboundTargets(mapping, leads, status, jiraStatuses).map((target) => target.name);

describe('the Jira statuses that a UserHero status is pushed to', () => {
  it("are those of its category in the Jira workflow's order", () => {
    expect(targets(defaultMapping(leads), 'won')).toEqual(['Won', 'Done']);
  });

  it('put a namesake of another status last, since it would come back as that one', () => {
    expect(targets(defaultMapping(leads), 'lost')).toEqual(['Done', 'Won']);
    expect(targets(defaultMapping(leads), 'contacted')).toEqual(['Doing', 'Qualified']);
  });

  it('put a status with an override to another one last', () => {
    const mapping = defaultMapping(leads);
    mapping.overrides.push({ jiraStatusId: '3', status: 'proposal' });
    expect(targets(mapping, 'qualified')).toEqual(['Qualified', 'Doing']);
    expect(targets(mapping, 'proposal')).toEqual(['Doing', 'Qualified']);
  });

  it('are the exact one alone where it is chosen', () => {
    const mapping = defaultMapping(leads);
    mapping.outbound.lost = { category: 'done', jiraStatusId: '4' };
    expect(targets(mapping, 'lost')).toEqual(['Won']);
  });

  it('fall back to the category when the exact one is gone from the project', () => {
    const mapping = defaultMapping(leads);
    mapping.outbound.new = { category: 'new', jiraStatusId: '99' };
    expect(targets(mapping, 'new')).toEqual(['Backlog']);
  });

  it('are none for a status without a rule, or a project without the category', () => {
    expect(targets(defaultMapping(leads), 'constructor')).toEqual([]);
    expect(outboundTargets(defaultMapping(leads), leads, 'won', jiraStatuses.slice(0, 2))).toEqual([]);
  });
});

describe('pushing a status and receiving it back', () => {
  /** Every status of every valid scene with every Jira status that a push may have put the issue in. */
  const eachPush = (check: (ask: (known: boolean) => boolean, at: { exact: boolean }) => void): void =>
    fc.assert(
      fc.property(validSceneArb, ({ workflow, mapping, jiraStatuses: statuses }) => {
        for (const { slug } of workflow.statuses) {
          const possible = outboundTargets(mapping, workflow, slug, statuses);
          possible.forEach((target) => {
            const comesBackClean = (known: boolean): boolean => {
              const decision = decideInbound({
                mapping,
                workflow,
                currentStatus: slug,
                jiraStatus: target,
                known: known ? { id: target.id, name: target.name } : null,
              });
              return !decision.changes && decision.status === slug;
            };
            const exact = mapping.outbound[slug]?.jiraStatusId === target.id;
            check(comesBackClean, { exact });
          });
        }
      }),
      { numRuns: 300 },
    );

  it('changes nothing when the reference knows what it pushed', () => {
    eachPush((comesBackClean) => {
      expect(comesBackClean(true)).toBe(true);
    });
  });

  it('changes nothing for an exact target, even when the reference knows nothing yet', () => {
    eachPush((comesBackClean, { exact }) => {
      if (exact) expect(comesBackClean(false)).toBe(true);
    });
  });

  it('changes nothing for the first choice whenever any Jira status of the category allows it', () => {
    fc.assert(
      fc.property(validSceneArb, ({ workflow, mapping, jiraStatuses: statuses }) => {
        for (const { slug } of workflow.statuses) {
          const clean = outboundTargets(mapping, workflow, slug, statuses).map(
            (jiraStatus) =>
              !decideInbound({ mapping, workflow, currentStatus: slug, jiraStatus, known: null }).changes,
          );
          expect(clean).toEqual([...clean].sort((left, right) => Number(right) - Number(left)));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("offers only the project's own statuses of the right category, each once", () => {
    fc.assert(
      fc.property(validSceneArb, ({ workflow, mapping, jiraStatuses: statuses }) => {
        for (const { slug } of workflow.statuses) {
          const possible = outboundTargets(mapping, workflow, slug, statuses);
          expect(new Set(possible).size).toBe(possible.length);
          for (const target of possible) {
            expect(statuses).toContain(target);
            expect(target.category).toBe(mapping.outbound[slug]?.category);
          }
        }
      }),
    );
  });
});
