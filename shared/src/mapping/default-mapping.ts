import type { Priority } from '../domain/priority.ts';
import type { WorkflowKind, WorkflowShape } from '../domain/workflow.ts';
import type { CategoryKey } from '../jira/status-category.ts';
import type { InboundRule, Mapping } from './mapping.ts';
import { sameName } from './same-name.ts';

/** The priority table of the product documentation: UserHero priority → name of the Jira priority. */
export const defaultPriorities: Readonly<Record<Priority, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Highest',
};

const outboundByKind: Record<Exclude<WorkflowKind, 'custom'>, Record<string, CategoryKey>> = {
  issues: { open: 'new', 'in-progress': 'indeterminate', resolved: 'done', closed: 'done' },
  tickets: {
    new: 'new',
    'awaiting-response': 'new',
    'in-progress': 'indeterminate',
    resolved: 'done',
    closed: 'done',
  },
  leads: {
    new: 'new',
    contacted: 'indeterminate',
    qualified: 'indeterminate',
    proposal: 'indeterminate',
    won: 'done',
    lost: 'done',
  },
};

const inboundByKind: Record<Exclude<WorkflowKind, 'custom'>, Mapping['inbound']> = {
  issues: {
    new: { status: 'open', byName: false },
    indeterminate: { status: 'in-progress', byName: false },
    done: { status: 'resolved', byName: false },
  },
  tickets: {
    new: { status: 'new', byName: false },
    indeterminate: { status: 'in-progress', byName: false },
    done: { status: 'resolved', byName: false },
  },
  leads: {
    new: { status: 'new', byName: false },
    indeterminate: { status: 'contacted', byName: true },
    done: { status: 'won', byName: true },
  },
};

/** Words that tell a custom status's category; the first list that has the name wins. */
const categoryWords: ReadonlyArray<readonly [CategoryKey, readonly string[]]> = [
  ['done', ['done', 'completed', 'resolved', 'closed', 'won', 'lost', 'rejected', 'cancelled', 'archived']],
  ['new', ['to do', 'open', 'new', 'backlog', 'awaiting response', 'waiting', 'triage']],
  ['indeterminate', ['in progress', 'in review', 'in development', 'doing', 'contacted', 'qualified']],
];

/** Guesses by name; without a word to go by, the first status is To Do, the last Done, the rest In Progress. */
function guessCategory(name: string, index: number, count: number): CategoryKey {
  for (const [category, words] of categoryWords) {
    if (words.some((word) => sameName(word, name))) return category;
  }
  if (index === 0) return 'new';
  return index === count - 1 ? 'done' : 'indeterminate';
}

/**
 * The mapping that set-up starts with. For the three ready-made workflows it is the product documentation's
 * table; a workflow whose statuses were edited, and a custom one, gets a guess by name and position.
 */
export function defaultMapping(workflow: WorkflowShape): Mapping {
  const table = workflow.kind === 'custom' ? {} : outboundByKind[workflow.kind];
  const outbound: Mapping['outbound'] = {};
  workflow.statuses.forEach((status, index) => {
    const category =
      (Object.hasOwn(table, status.slug) ? table[status.slug] : undefined) ??
      guessCategory(status.name, index, workflow.statuses.length);
    outbound[status.slug] = { category, jiraStatusId: null };
  });
  const preset = workflow.kind === 'custom' ? null : inboundByKind[workflow.kind];
  const landing = (category: CategoryKey): InboundRule => {
    const wanted = preset?.[category];
    if (wanted?.status && outbound[wanted.status]?.category === category) return { ...wanted };
    const first = workflow.statuses.find((status) => outbound[status.slug]?.category === category);
    return { status: first?.slug ?? null, byName: true };
  };
  return {
    outbound,
    inbound: { new: landing('new'), indeterminate: landing('indeterminate'), done: landing('done') },
    overrides: [],
    priorities: { ...defaultPriorities },
    resolutions: {},
    resolutionOverrides: [],
    inboundPriorities: [],
  };
}
