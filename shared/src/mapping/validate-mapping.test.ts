import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import type { JiraStatus } from '../jira/status-category.ts';
import { faultText } from '../texts/fault-texts.ts';
import { germanFaults } from '../texts/faults-de.ts';
import { englishFaults } from '../texts/faults-en.ts';
import { defaultMapping } from './default-mapping.ts';
import type { Mapping } from './mapping.ts';
import { validateMapping } from './validate-mapping.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const jiraStatuses: JiraStatus[] = [
  { id: '1', name: 'To Do', category: 'new' },
  { id: '3', name: 'In Progress', category: 'indeterminate' },
  { id: '5', name: 'Done', category: 'done' },
  { id: '6', name: 'Odd', category: null },
];

const resolutions = [
  { id: '10000', name: 'Done' },
  { id: '10001', name: "Won't Do" },
];

const jiraPriorities = [
  { id: '1', name: 'Highest' },
  { id: '4', name: 'Low' },
];

function faultyFields(change: (mapping: Mapping) => void, statuses: JiraStatus[] | null = jiraStatuses) {
  const mapping = defaultMapping(workflow);
  change(mapping);
  const faults = validateMapping(
    mapping,
    workflow,
    statuses,
    statuses && resolutions,
    statuses && jiraPriorities,
  );
  for (const texts of [englishFaults, germanFaults])
    for (const fault of faults) expect(faultText(texts, fault)).toMatch(/\S .*\.$/);
  return faults.map((fault) => fault.field);
}

describe('a mapping without a fault', () => {
  it('is the default one', () => {
    expect(faultyFields(() => {})).toEqual([]);
  });

  it('may choose exact statuses and overrides', () => {
    const change = (mapping: Mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '5' };
      mapping.overrides.push({ jiraStatusId: '6', status: 'open' }, { jiraStatusId: '5', status: 'closed' });
    };
    expect(faultyFields(change)).toEqual([]);
  });

  it('may choose resolutions, overrides by resolution, and what Jira’s priorities mean', () => {
    const change = (mapping: Mapping) => {
      mapping.resolutions = { closed: '10001', resolved: '10000' };
      mapping.resolutionOverrides.push({ resolutionId: '10001', status: 'open' });
      mapping.inboundPriorities.push({ jiraPriorityId: '4', priority: 'high' });
    };
    expect(faultyFields(change)).toEqual([]);
  });

  it("may name Jira statuses, resolutions and priorities while Jira's are not known", () => {
    const change = (mapping: Mapping) => {
      mapping.inboundPriorities.push({ jiraPriorityId: '77', priority: 'low' });
      mapping.resolutions.closed = '77';
      mapping.resolutionOverrides.push({ resolutionId: '78', status: 'open' });
      mapping.outbound.closed = { category: 'done', jiraStatusId: '77' };
      mapping.overrides.push({ jiraStatusId: '78', status: 'open' });
    };
    expect(faultyFields(change, null)).toEqual([]);
  });
});

const faults: [string, string[], (mapping: Mapping) => void][] = [
  [
    'a status without a category',
    ['outbound.closed'],
    (mapping) => {
      delete mapping.outbound.closed;
    },
  ],
  [
    'a status that the workflow does not have',
    ['outbound.gone'],
    (mapping) => {
      mapping.outbound.gone = { category: 'done', jiraStatusId: null };
    },
  ],
  [
    'an exact Jira status that does not exist',
    ['outbound.closed.jiraStatusId'],
    (mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '77' };
    },
  ],
  [
    'an exact Jira status of another category',
    ['outbound.closed.jiraStatusId'],
    (mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '3' };
    },
  ],
  [
    'an exact Jira status without a category',
    ['outbound.closed.jiraStatusId'],
    (mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '6' };
    },
  ],
  [
    'a category that lands nowhere',
    ['inbound.done.status'],
    (mapping) => {
      mapping.inbound.done.status = null;
    },
  ],
  [
    'a category that lands on a status of another one',
    ['inbound.done.status'],
    (mapping) => {
      mapping.inbound.done.status = 'open';
    },
  ],
  [
    'a category that lands on a status that does not exist',
    ['inbound.new.status'],
    (mapping) => {
      mapping.inbound.new.status = 'gone';
    },
  ],
  [
    'a category that nothing is mapped to, but that lands somewhere',
    ['inbound.indeterminate.status'],
    (mapping) => {
      mapping.outbound['in-progress'] = { category: 'new', jiraStatusId: null };
    },
  ],
  [
    'an override to a status that does not exist',
    ['overrides.0.status'],
    (mapping) => {
      mapping.overrides.push({ jiraStatusId: '6', status: 'gone' });
    },
  ],
  [
    'an override of a Jira status that does not exist',
    ['overrides.0.jiraStatusId'],
    (mapping) => {
      mapping.overrides.push({ jiraStatusId: '77', status: 'open' });
    },
  ],
  [
    'two overrides of one Jira status',
    ['overrides.1.jiraStatusId'],
    (mapping) => {
      mapping.overrides.push({ jiraStatusId: '6', status: 'open' }, { jiraStatusId: '6', status: 'closed' });
    },
  ],
  [
    'an override that turns an exact target into another status',
    ['overrides.0.status'],
    (mapping) => {
      mapping.outbound.closed = { category: 'done', jiraStatusId: '5' };
      mapping.overrides.push({ jiraStatusId: '5', status: 'resolved' });
    },
  ],
  [
    'a resolution that Jira no longer has',
    ['resolutions.closed', 'resolutionOverrides.0.resolutionId'],
    (mapping) => {
      mapping.resolutions.closed = '77';
      mapping.resolutionOverrides.push({ resolutionId: '77', status: 'closed' });
    },
  ],
  [
    'a resolution of a status that does not go to Done, or that the workflow does not have',
    ['resolutions.open', 'resolutions.gone'],
    (mapping) => {
      mapping.resolutions = { open: '10000', gone: '10000' };
    },
  ],
  [
    'a resolution with two overrides, and one to a status that the workflow does not have',
    ['resolutionOverrides.1.status', 'resolutionOverrides.1.resolutionId'],
    (mapping) => {
      mapping.resolutionOverrides.push(
        { resolutionId: '10001', status: 'closed' },
        { resolutionId: '10001', status: 'gone' },
      );
    },
  ],
  [
    'a Jira priority with two rows',
    ['inboundPriorities.1'],
    (mapping) => {
      mapping.inboundPriorities.push(
        { jiraPriorityId: '1', priority: 'low' },
        { jiraPriorityId: '1', priority: 'high' },
      );
    },
  ],
  [
    'a Jira priority that the project no longer has',
    ['inboundPriorities.1'],
    (mapping) => {
      mapping.inboundPriorities.push(
        { jiraPriorityId: '4', priority: 'low' },
        { jiraPriorityId: '77', priority: 'low' },
      );
    },
  ],
  [
    'a missing priority',
    ['priorities.urgent'],
    (mapping) => {
      mapping.priorities.urgent = '';
    },
  ],
  [
    'a blank priority',
    ['priorities.low'],
    (mapping) => {
      mapping.priorities.low = '  ';
    },
  ],
  [
    'several faults, each of its field',
    ['outbound.open', 'inbound.new.status', 'priorities.high'],
    (mapping) => {
      delete mapping.outbound.open;
      mapping.priorities.high = '';
    },
  ],
];

describe('a fault is named by its field:', () => {
  it.each(faults)('%s', (_what, fields, change) => {
    expect(faultyFields(change)).toEqual(fields);
  });

  it('a status called "constructor" that has no category', () => {
    const odd: WorkflowShape = {
      kind: 'custom',
      statuses: [...workflow.statuses, { slug: 'constructor', name: 'Constructor' }],
    };
    const [fault] = validateMapping(defaultMapping(workflow), odd, null);
    expect(fault).toEqual({
      field: 'outbound.constructor',
      code: 'category_missing',
      values: { status: 'Constructor' },
    });
  });
});
