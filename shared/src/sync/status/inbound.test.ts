import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../../domain/workflow.ts';
import type { CategoryKey } from '../../jira/status-category.ts';
import { defaultMapping } from '../../mapping/default-mapping.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import {
  decideInbound,
  isKnownStatus,
  type KnownJiraStatus,
  knownAfter,
  type ReportedJiraStatus,
} from './inbound.ts';

const issues: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const tickets: WorkflowShape = { kind: 'tickets', statuses: defaultStatuses.tickets };
const leads: WorkflowShape = { kind: 'leads', statuses: defaultStatuses.leads };

const jira = (name: string, category: CategoryKey | null, id: string | null = '10') => ({
  id,
  name,
  category,
});

type Asked = { from: string; known?: KnownJiraStatus; change?: (mapping: Mapping) => void };

function decide(workflow: WorkflowShape, status: ReportedJiraStatus, asked: Asked) {
  const mapping = defaultMapping(workflow);
  asked.change?.(mapping);
  return decideInbound({
    mapping,
    workflow,
    currentStatus: asked.from,
    jiraStatus: status,
    known: asked.known ?? null,
  });
}

describe('rule 1, known: the last known Jira status', () => {
  it('changes nothing, even where the item has moved on', () => {
    const known = { id: '10', name: 'Done' };
    expect(decide(issues, jira('Done', 'done'), { from: 'open', known })).toEqual({
      status: 'open',
      changes: false,
      rule: 'known',
    });
  });

  it('goes before an override', () => {
    const change = (mapping: Mapping) => mapping.overrides.push({ jiraStatusId: '10', status: 'closed' });
    const known = { id: '10', name: 'Done' };
    expect(decide(issues, jira('Done', 'done'), { from: 'open', known, change }).rule).toBe('known');
  });

  it('is told by id where both have one, so a renamed status is the same and a namesake is not', () => {
    expect(isKnownStatus({ id: '3', name: 'Doing' }, { id: '3', name: 'In Progress' })).toBe(true);
    expect(isKnownStatus({ id: '3', name: 'Done' }, { id: '4', name: 'Done' })).toBe(false);
  });

  it('is told by name where an id is missing, and never from nothing', () => {
    expect(isKnownStatus({ id: null, name: 'In Progress' }, { id: '3', name: 'in-progress' })).toBe(true);
    expect(isKnownStatus({ id: '3', name: 'Done' }, { id: null, name: 'In Progress' })).toBe(false);
    expect(isKnownStatus(null, { id: null, name: 'Done' })).toBe(false);
  });
});

describe('a known status whose category has changed', () => {
  const known = { id: '10', name: 'Ready', category: 'none' } as const;

  it('counts as unknown, so a mended category reaches the items that are in it already', () => {
    const mended = decide(issues, { id: '10', name: 'Ready', category: 'done' }, { from: 'open', known });
    expect(mended).toEqual({ status: 'resolved', changes: true, rule: 'category' });
    expect(isKnownStatus({ ...known, category: 'new' }, { ...known, category: 'done' })).toBe(false);
    expect(isKnownStatus({ ...known, category: 'done' }, { ...known, category: 'done' })).toBe(true);
  });

  it('is known all the same where one of the two tells no category: an old row, an old Server', () => {
    expect(isKnownStatus({ id: '10', name: 'Ready' }, { ...known, category: 'done' })).toBe(true);
    expect(isKnownStatus({ ...known, category: null }, { ...known, category: 'done' })).toBe(true);
    expect(isKnownStatus({ ...known, category: 'done' }, { ...known, category: null })).toBe(true);
  });

  it('is kept through a report that tells none', () => {
    expect(knownAfter({ ...known, category: 'done' }, { id: null, name: 'ready', category: null })).toEqual({
      id: null,
      name: 'ready',
      category: 'done',
    });
    expect(knownAfter(known, { id: '11', name: 'Ready', category: null }).category).toBe('none');
    expect(knownAfter(null, { id: '11', name: 'Ready', category: 'new' }).category).toBe('new');
  });
});

describe('rule 2, override: the exact Jira status has one', () => {
  const change = (mapping: Mapping) => mapping.overrides.push({ jiraStatusId: '10', status: 'closed' });

  it('lands on its status, before the category is asked', () => {
    expect(decide(issues, jira("Won't do", 'done'), { from: 'open', change })).toEqual({
      status: 'closed',
      changes: true,
      rule: 'override',
    });
  });

  it('changes nothing where the item is there already', () => {
    expect(decide(issues, jira("Won't do", 'done'), { from: 'closed', change })).toMatchObject({
      changes: false,
      rule: 'override',
    });
  });

  it('does not answer for another Jira status, or for one without an id', () => {
    expect(decide(issues, jira('Done', 'done', '11'), { from: 'open', change }).rule).toBe('category');
    expect(decide(issues, jira('Done', 'done', null), { from: 'open', change }).rule).toBe('category');
  });

  it('to a status that the workflow lost is passed over', () => {
    const gone = (mapping: Mapping) => mapping.overrides.push({ jiraStatusId: '10', status: 'gone' });
    expect(decide(issues, jira('Done', 'done'), { from: 'open', change: gone })).toEqual({
      status: 'resolved',
      changes: true,
      rule: 'category',
    });
  });
});

describe('rule 2 b, resolution: a Done status, and the resolution has an override', () => {
  const wontDo = { id: '10001', name: "Won't Do" };
  const fixed = { id: '10000', name: 'Done' };
  const change = (mapping: Mapping) =>
    mapping.resolutionOverrides.push({ resolutionId: '10001', status: 'closed' });
  const done = (resolution: { id: string; name: string } | 'none' | null, isResolutionAlone = false) => ({
    ...jira('Done', 'done'),
    resolution,
    isResolutionAlone,
  });

  it('lands on its status, before the category is asked', () => {
    expect(decide(issues, done(wontDo), { from: 'open', change })).toEqual({
      status: 'closed',
      changes: true,
      rule: 'resolution',
    });
    expect(decide(issues, done(fixed), { from: 'open', change })).toMatchObject({ status: 'resolved' });
  });

  it('goes after the override of the exact status, and before the own target', () => {
    const both = (mapping: Mapping) => {
      change(mapping);
      mapping.overrides.push({ jiraStatusId: '10', status: 'in-progress' });
    };
    expect(decide(issues, done(wontDo), { from: 'open', change: both }).rule).toBe('override');
    const exact = (mapping: Mapping) => {
      change(mapping);
      mapping.outbound.resolved = { category: 'done', jiraStatusId: '10' };
    };
    expect(decide(issues, done(wontDo), { from: 'resolved', change: exact }).status).toBe('closed');
  });

  it('moves the item when the resolution of a known status changes later', () => {
    const known = { id: '10', name: 'Done', category: 'done', resolution: fixed } as const;
    expect(decide(issues, done(wontDo), { from: 'resolved', known, change })).toEqual({
      status: 'closed',
      changes: true,
      rule: 'resolution',
    });
    const asked = { from: 'resolved', change };
    expect(decide(issues, done(wontDo), { ...asked, known: { ...known, resolution: 'none' } }).status).toBe(
      'closed',
    );
    expect(decide(issues, done(wontDo), { ...asked, known: { ...known, resolution: wontDo } }).rule).toBe(
      'known',
    );
    expect(decide(issues, done(null), { ...asked, known }).rule).toBe('known');
    expect(decide(issues, done('none'), { ...asked, known }).rule).toBe('known');
  });

  it('of which none was kept yet is new only where it changed alone', () => {
    const asked = { from: 'resolved', known: { id: '10', name: 'Done', category: 'done' }, change } as const;
    expect(decide(issues, done(wontDo), asked).rule).toBe('known');
    expect(decide(issues, done(wontDo, true), asked).status).toBe('closed');
  });

  it('that changes in a known status changes nothing else, whatever the mapping says of the status', () => {
    const known = { id: '10', name: 'Done', category: 'done', resolution: fixed } as const;
    const duplicate = { id: '10002', name: 'Duplicate' };
    expect(decide(issues, done(duplicate), { from: 'open', known, change }).rule).toBe('known');
    const both = (mapping: Mapping) => {
      change(mapping);
      mapping.overrides.push({ jiraStatusId: '10', status: 'in-progress' });
    };
    expect(decide(issues, done(wontDo), { from: 'open', known, change: both }).changes).toBe(false);
  });

  it('is not asked outside Done, for a resolution without an override, or to a status that the workflow lost', () => {
    const elsewhere = { ...done(wontDo), category: 'new' as const };
    expect(decide(issues, elsewhere, { from: 'open', change }).rule).toBe('category');
    expect(decide(issues, done('none'), { from: 'open', change }).rule).toBe('category');
    const gone = (mapping: Mapping) =>
      mapping.resolutionOverrides.push({ resolutionId: '10001', status: 'gone' });
    expect(decide(issues, done(wontDo), { from: 'open', change: gone }).status).toBe('resolved');
  });

  it('leaves an item whose own status is sent with just this resolution', () => {
    const toResolved = (mapping: Mapping) =>
      mapping.resolutionOverrides.push({ resolutionId: '10000', status: 'resolved' });
    expect(decide(issues, done(fixed), { from: 'closed', change: toResolved }).changes).toBe(false);
    expect(decide(issues, done(fixed), { from: 'in-progress', change: toResolved }).status).toBe('resolved');
    const chosen = (mapping: Mapping) => {
      toResolved(mapping);
      mapping.resolutions.closed = '10001';
    };
    expect(decide(issues, done(fixed), { from: 'closed', change: chosen }).status).toBe('resolved');
  });

  it('is kept with the status, and forgotten with it', () => {
    const known = knownAfter(null, done(wontDo));
    expect(known).toMatchObject({ resolution: wontDo });
    expect(knownAfter(known, done(null)).resolution).toEqual(wontDo);
    expect(knownAfter(known, done('none')).resolution).toBe('none');
    expect(knownAfter(known, jira('To Do', 'new', '11')).resolution).toBeUndefined();
  });
});

describe('rule 3, own target: the exact target of the current status', () => {
  it('changes nothing, before the category is asked', () => {
    const change = (mapping: Mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '10' };
    };
    expect(decide(issues, jira('Odd', 'new'), { from: 'closed', change })).toEqual({
      status: 'closed',
      changes: false,
      rule: 'own_target',
    });
  });
});

describe('rule 4, category', () => {
  it.each([
    ['To Do', 'new', 'resolved', 'open'],
    ['In Progress', 'indeterminate', 'open', 'in-progress'],
    ['Done', 'done', 'open', 'resolved'],
  ] as const)('%s moves an issue as the product documentation says', (name, category, from, to) => {
    expect(decide(issues, jira(name, category), { from })).toEqual({
      status: to,
      changes: true,
      rule: 'category',
    });
  });

  it('goes by the key, so a translated name maps all the same', () => {
    expect(decide(issues, jira('Erledigt', 'done'), { from: 'open' }).status).toBe('resolved');
  });

  it('a Closed item stays Closed when Jira says Done', () => {
    expect(decide(issues, jira('Done', 'done'), { from: 'closed' })).toEqual({
      status: 'closed',
      changes: false,
      rule: 'category',
    });
  });

  it('an Awaiting Response ticket stays so when Jira says To Do', () => {
    expect(decide(tickets, jira('To Do', 'new'), { from: 'awaiting-response' })).toMatchObject({
      status: 'awaiting-response',
      changes: false,
    });
  });

  it.each([
    ['Lost', 'done', 'new', 'lost'],
    ['lost', 'done', 'won', 'lost'],
    ['Done', 'done', 'new', 'won'],
    ['Done', 'done', 'lost', 'lost'],
    ['PRO-POSAL', 'indeterminate', 'new', 'proposal'],
    ['In Progress', 'indeterminate', 'new', 'contacted'],
    ['In Progress', 'indeterminate', 'qualified', 'qualified'],
  ] as const)('a lead goes by name first: %s (%s) from %s is %s', (name, category, from, to) => {
    expect(decide(leads, jira(name, category), { from })).toMatchObject({ status: to, rule: 'category' });
  });

  it('a namesake of the current status is not turned into another namesake', () => {
    const twins: WorkflowShape = {
      kind: 'custom',
      statuses: [
        { slug: 'in-progress', name: 'In Progress' },
        { slug: 'in-progress-2', name: 'In-Progress' },
      ],
    };
    expect(decide(twins, jira('In Progress', 'indeterminate'), { from: 'in-progress-2' })).toMatchObject({
      status: 'in-progress-2',
      changes: false,
    });
    expect(decide(twins, jira('In Progress', null), { from: 'in-progress-2' })).toMatchObject({
      status: 'in-progress-2',
      changes: false,
      rule: 'name',
    });
  });
});

describe('rule 5, name: no category, or no candidate', () => {
  it.each(['Closed', 'closed', ' CLO-SED '])('%j without a category is Closed', (name) => {
    expect(decide(issues, jira(name, null, null), { from: 'open' })).toEqual({
      status: 'closed',
      changes: true,
      rule: 'name',
    });
  });

  it('answers when no status is mapped to the category', () => {
    const change = (mapping: Mapping) => {
      mapping.outbound['in-progress'] = { category: 'new', jiraStatusId: null };
      mapping.inbound.indeterminate = { status: null, byName: false };
    };
    expect(decide(issues, jira('In Progress', 'indeterminate'), { from: 'open', change })).toEqual({
      status: 'in-progress',
      changes: true,
      rule: 'name',
    });
  });
});

describe('rule 6, unmapped', () => {
  it('changes nothing and says so', () => {
    expect(decide(issues, jira('Parked', null), { from: 'open' })).toEqual({
      status: 'open',
      changes: false,
      rule: 'unmapped',
    });
  });
});
