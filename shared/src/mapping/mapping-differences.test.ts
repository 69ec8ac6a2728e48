import { expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import type { JiraStatus } from '../jira/status-category.ts';
import { germanMapping } from '../texts/mapping-de.ts';
import { englishMapping } from '../texts/mapping-en.ts';
import { defaultMapping } from './default-mapping.ts';
import {
  withExactStatus,
  withInboundPriority,
  withLanding,
  withNewOverride,
  withNewResolutionOverride,
  withPriority,
  withResolution,
} from './edit-mapping.ts';
import { exactStatusChoices, landingChoices, overriddenChoices } from './mapping-choices.ts';
import { mappingDifferences } from './mapping-differences.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const jiraStatuses: JiraStatus[] = [
  { id: '5', name: 'Done', category: 'done' },
  { id: '6', name: 'Odd', category: null },
];
const jiraResolutions = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
];
const jiraPriorities = [{ id: '5', name: 'Lowest' }];
const names = { texts: englishMapping, workflow, jiraStatuses, jiraResolutions, jiraPriorities };
const plain = defaultMapping(workflow);

it('two mappings that say the same do not differ', () => {
  expect(mappingDifferences(plain, structuredClone(plain), names)).toEqual([]);
});

it('every part that differs is a line, in the words of the language', () => {
  const exact = withExactStatus(plain, 'closed', '5');
  const other = withPriority(withNewOverride(exact, workflow, jiraStatuses), 'low', 'Trivial');
  expect(mappingDifferences(plain, other, names)).toEqual([
    { what: 'Closed goes to', mine: 'Done (any status)', theirs: 'Done (Done)' },
    { what: 'Priority Low', mine: plain.priorities.low, theirs: 'Trivial' },
    { what: 'Override for Done', mine: 'none', theirs: 'Resolved' },
  ]);
  const german = mappingDifferences(plain, other, { ...names, texts: germanMapping });
  expect(german[0]).toEqual({
    what: 'Closed geht nach',
    mine: 'Fertig (beliebiger Status)',
    theirs: 'Fertig (Done)',
  });
});

it('rows that one of the two leaves to the standard are lines too', () => {
  const chosen = withResolution(plain, 'closed', '10001');
  const overridden = withNewResolutionOverride(chosen, workflow, jiraResolutions);
  const theirs = withInboundPriority(withInboundPriority(overridden, '5', 'low'), '77', 'high');
  expect(mappingDifferences(plain, theirs, names)).toEqual([
    { what: 'Resolution for Closed', mine: 'Standard (Done)', theirs: "Won't Do" },
    {
      what: 'Jira’s priority Lowest comes back as',
      mine: 'The item’s stays: not in the table above',
      theirs: 'Low',
    },
    {
      what: 'Jira’s priority Priority 77 comes back as',
      mine: 'The item’s stays: not in the table above',
      theirs: 'High',
    },
    { what: 'Override for the resolution Done', mine: 'none', theirs: 'Resolved' },
  ]);
});

it('a workflow with a status "constructor" is described by its own rules', () => {
  const odd: WorkflowShape = { kind: 'issues', statuses: [{ slug: 'constructor', name: 'Constructor' }] };
  const bare = { ...plain, outbound: {} };
  expect(mappingDifferences(bare, bare, { ...names, workflow: odd })).toEqual([]);
  expect(exactStatusChoices({ ...names, workflow: odd }, bare, 'constructor')).toEqual([
    { value: '', label: 'Any in the category' },
  ]);
});

it('what was chosen stays a choice when Jira no longer has it', () => {
  const exact = withExactStatus(plain, 'closed', '77');
  expect(exactStatusChoices(names, exact, 'closed').map(({ label }) => label)).toEqual([
    'Any in the category',
    'Done',
    'Status 77',
  ]);
  expect(overriddenChoices(names, '77').map(({ label }) => label)).toEqual([
    'Done (Done)',
    'Odd (No category)',
    'Status 77',
  ]);
  expect(landingChoices(names, withLanding(plain, 'done', { status: 'closed' }), 'done')).toEqual([
    { value: 'resolved', label: 'Resolved' },
    { value: 'closed', label: 'Closed' },
  ]);
});
