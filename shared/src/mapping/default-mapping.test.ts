import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workflowArb } from '../../test/arbitraries.ts';
import { defaultStatuses, type WorkflowKind, type WorkflowShape } from '../domain/workflow.ts';
import { englishCategories } from '../texts/names-en.ts';
import { defaultMapping } from './default-mapping.ts';
import { mappingSchema } from './mapping.ts';
import { validateMapping } from './validate-mapping.ts';

/** The tables of the product documentation, row by row as it prints them. */
const tables: Record<Exclude<WorkflowKind, 'custom'>, [string, string][]> = {
  issues: [
    ['Open', 'To Do'],
    ['In Progress', 'In Progress'],
    ['Resolved', 'Done'],
    ['Closed', 'Done'],
  ],
  tickets: [
    ['New', 'To Do'],
    ['Awaiting Response', 'To Do'],
    ['In Progress', 'In Progress'],
    ['Resolved', 'Done'],
    ['Closed', 'Done'],
  ],
  leads: [
    ['New', 'To Do'],
    ['Contacted', 'In Progress'],
    ['Qualified', 'In Progress'],
    ['Proposal', 'In Progress'],
    ['Won', 'Done'],
    ['Lost', 'Done'],
  ],
};

/** The design's default inbound: category → status, and whether a namesake goes first. */
const inbound = {
  issues: { new: ['open', false], indeterminate: ['in-progress', false], done: ['resolved', false] },
  tickets: { new: ['new', false], indeterminate: ['in-progress', false], done: ['resolved', false] },
  leads: { new: ['new', false], indeterminate: ['contacted', true], done: ['won', true] },
} as const;

const kinds = ['issues', 'tickets', 'leads'] as const;
const custom = (...names: string[]): WorkflowShape => ({
  kind: 'custom',
  statuses: names.map((name) => ({ slug: name.toLowerCase().replaceAll(' ', '-'), name })),
});
const categoriesOf = (workflow: WorkflowShape): (string | undefined)[] => {
  const mapping = defaultMapping(workflow);
  return workflow.statuses.map((status) => mapping.outbound[status.slug]?.category);
};

describe('the default mapping', () => {
  it.each(kinds)('of the %s workflow is the table of the product documentation', (kind) => {
    const mapping = defaultMapping({ kind, statuses: defaultStatuses[kind] });
    const rows = defaultStatuses[kind].map((status) => {
      const rule = mapping.outbound[status.slug];
      expect(rule?.jiraStatusId).toBeNull();
      return [status.name, rule ? englishCategories[rule.category] : null];
    });
    expect(rows).toEqual(tables[kind]);
    expect(Object.keys(mapping.outbound)).toHaveLength(tables[kind].length);
    expect(mapping.overrides).toEqual([]);
  });

  it.each(kinds)('of the %s workflow lands where the design says', (kind) => {
    const mapping = defaultMapping({ kind, statuses: defaultStatuses[kind] });
    for (const category of ['new', 'indeterminate', 'done'] as const) {
      const [status, byName] = inbound[kind][category];
      expect(mapping.inbound[category]).toEqual({ status, byName });
    }
  });

  it('maps the priorities as the product documentation says', () => {
    expect(defaultMapping({ kind: 'issues', statuses: defaultStatuses.issues }).priorities).toEqual({
      low: 'Low',
      medium: 'Medium',
      high: 'High',
      urgent: 'Highest',
    });
  });

  it('of a custom workflow goes by name, otherwise to the first status of the category', () => {
    const workflow = custom('Idea', 'In Review', 'Building', 'Done', 'Closed');
    expect(defaultMapping(workflow).inbound).toEqual({
      new: { status: 'idea', byName: true },
      indeterminate: { status: 'in-review', byName: true },
      done: { status: 'done', byName: true },
    });
  });

  it("guesses a custom status's category by the words of the product documentation's category table", () => {
    expect(categoriesOf(custom('In Progress', 'Open', 'New', 'Backlog', 'In Review'))).toEqual([
      'indeterminate',
      'new',
      'new',
      'new',
      'indeterminate',
    ]);
    expect(categoriesOf(custom('Completed', 'Resolved', 'Closed', 'In Development'))).toEqual([
      'done',
      'done',
      'done',
      'indeterminate',
    ]);
  });

  it('guesses by position where no word tells', () => {
    expect(categoriesOf(custom('Alpha', 'Beta', 'Gamma'))).toEqual(['new', 'indeterminate', 'done']);
  });

  it('reads a slug such as "constructor" as a name like any other', () => {
    const workflow: WorkflowShape = {
      kind: 'issues',
      statuses: [
        { slug: 'open', name: 'Open' },
        { slug: 'constructor', name: 'Constructor' },
        { slug: 'closed', name: 'Closed' },
      ],
    };
    expect(categoriesOf(workflow)).toEqual(['new', 'indeterminate', 'done']);
  });

  it('is valid, and reads back the same through its schema, for every workflow', () => {
    fc.assert(
      fc.property(workflowArb, (workflow) => {
        const mapping = defaultMapping(workflow);
        expect(validateMapping(mapping, workflow, null)).toEqual([]);
        expect(mappingSchema.parse(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
      }),
    );
  });
});
