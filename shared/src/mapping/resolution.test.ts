import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workflowArb } from '../../test/arbitraries.ts';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import { defaultMapping } from './default-mapping.ts';
import { mappingSchema } from './mapping.ts';
import { isLostStatus, resolutionFor } from './resolution.ts';

const issues: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const leads: WorkflowShape = { kind: 'leads', statuses: defaultStatuses.leads };
const named = (...names: string[]) => names.map((name, index) => ({ id: String(10_000 + index), name }));
const nameFor = (workflow: WorkflowShape, slug: string, allowed: { id: string; name: string }[]) =>
  resolutionFor(defaultMapping(workflow), workflow, slug, allowed)?.name;

describe('the resolution of an issue', () => {
  it.each([
    [['Duplicate', "Won't Do", 'Done'], 'Done'],
    [['Duplicate', 'DONE', "Won't Do"], 'DONE'],
    [['Duplicate', "Won't Fix", 'Fixed'], 'Fixed'],
    [['Duplikat', 'Wird nicht erledigt', 'Fertig'], 'Fertig'],
    [['Duplicate', "Won't Do", 'Shipped'], 'Duplicate'],
  ])('of %j a Resolved item takes %s', (names, taken) => {
    expect(nameFor(issues, 'resolved', named(...names))).toBe(taken);
  });

  it.each([
    [['Done', 'Duplicate', "Won't Do"], "Won't Do"],
    [['Done', 'Won’t do', "Won't Fix"], 'Won’t do'],
    [['Fixed', 'WONT FIX'], 'WONT FIX'],
    [['Fertig', 'Wird nicht erledigt'], 'Wird nicht erledigt'],
    [['Duplicate', 'Done'], 'Done'],
    [['Duplicate', 'Shipped'], 'Duplicate'],
  ])('of %j a Lost lead takes %s', (names, taken) => {
    expect(nameFor(leads, 'lost', named(...names))).toBe(taken);
  });

  it("is the mapping's own choice where Jira allows it, by its id, and the standard's where not", () => {
    const mapping = { ...defaultMapping(leads), resolutions: { lost: '10000', won: '77' } };
    const allowed = named('Duplicate', 'Done', "Won't Do");
    expect(resolutionFor(mapping, leads, 'lost', allowed)?.name).toBe('Duplicate');
    expect(resolutionFor(mapping, leads, 'won', allowed)?.name).toBe('Done');
  });

  it('is none where none is allowed, and one of the allowed for every status of every workflow', () => {
    expect(resolutionFor(defaultMapping(issues), issues, 'resolved', [])).toBeNull();
    fc.assert(
      fc.property(workflowArb, fc.array(fc.string(), { minLength: 1 }), (workflow, names) => {
        const allowed = named(...names);
        for (const { slug } of workflow.statuses)
          expect(allowed).toContain(resolutionFor(defaultMapping(workflow), workflow, slug, allowed));
      }),
    );
  });

  it('is not looked for in what every object inherits', () => {
    const odd: WorkflowShape = { kind: 'issues', statuses: [{ slug: 'constructor', name: 'Constructor' }] };
    expect(nameFor(odd, 'constructor', named('Duplicate', 'Done'))).toBe('Done');
  });
});

it('a status means Lost by its place in the leads workflow, or by a name that says so', () => {
  const renamed = { ...leads, statuses: [{ slug: 'lost', name: 'Nicht gekommen' }] };
  expect(isLostStatus(renamed, 'lost')).toBe(true);
  const custom: WorkflowShape = {
    kind: 'custom',
    statuses: [
      { slug: 'no', name: 'Won’t do' },
      { slug: 'lost', name: 'Found' },
    ],
  };
  expect(isLostStatus(custom, 'no')).toBe(true);
  expect(isLostStatus(custom, 'lost')).toBe(false);
  expect(isLostStatus(custom, 'gone')).toBe(false);
});

it('a mapping that was saved before there were resolutions reads as one that names none', () => {
  const { resolutions, resolutionOverrides, inboundPriorities, ...before } = defaultMapping(issues);
  expect(mappingSchema.parse(before)).toEqual({
    ...before,
    resolutions: {},
    resolutionOverrides: [],
    inboundPriorities: [],
  });
  expect([resolutions, resolutionOverrides, inboundPriorities]).toEqual([{}, [], []]);
});
