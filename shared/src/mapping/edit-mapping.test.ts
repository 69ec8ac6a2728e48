import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import { categoryKeys, type JiraStatus } from '../jira/status-category.ts';
import { defaultMapping } from './default-mapping.ts';
import {
  nextOverridden,
  nextResolution,
  sameMapping,
  withCategory,
  withExactStatus,
  withInboundPriority,
  withNewOverride,
  withNewResolutionOverride,
  withoutOverride,
  withoutResolutionOverride,
  withResolution,
  withResolutionOverride,
} from './edit-mapping.ts';
import type { Mapping } from './mapping.ts';
import { validateMapping } from './validate-mapping.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };

describe('a mapping editor', () => {
  it('leaves no fault behind when any status is moved to any category', () => {
    for (const status of workflow.statuses) {
      for (const category of categoryKeys) {
        const moved = withCategory(defaultMapping(workflow), workflow, status.slug, category);
        expect(validateMapping(moved, workflow, null)).toEqual([]);
      }
    }
  });

  it('forgets the resolution of a status that no longer goes to Done', () => {
    const chosen = withResolution(defaultMapping(workflow), 'closed', '10001');
    expect(chosen.resolutions).toEqual({ closed: '10001' });
    expect(withCategory(chosen, workflow, 'closed', 'done').resolutions).toEqual({ closed: '10001' });
    expect(withCategory(chosen, workflow, 'closed', 'new').resolutions).toEqual({});
    expect(withResolution(chosen, 'closed', null).resolutions).toEqual({});
  });

  it('adds overrides by resolution where Done lands, one a resolution', () => {
    const resolutions = [
      { id: '10000', name: 'Done' },
      { id: '10001', name: "Won't Do" },
    ];
    const add = (mapping: Mapping) => withNewResolutionOverride(mapping, workflow, resolutions);
    const two = add(add(defaultMapping(workflow)));
    expect(two.resolutionOverrides).toEqual([
      { resolutionId: '10000', status: 'resolved' },
      { resolutionId: '10001', status: 'resolved' },
    ]);
    expect(nextResolution(two, resolutions)).toBeNull();
    expect(add(two)).toBe(two);
    const changed = withResolutionOverride(withoutResolutionOverride(two, 0), 0, { status: 'closed' });
    expect(changed.resolutionOverrides).toEqual([{ resolutionId: '10001', status: 'closed' }]);
  });

  it('takes a choice for a Jira priority back without a trace', () => {
    const mapping = defaultMapping(workflow);
    const two = withInboundPriority(withInboundPriority(mapping, '5', 'low'), '1', 'urgent');
    const again = withInboundPriority(withInboundPriority(two, '5', 'high'), '5', 'low');
    expect(sameMapping(again, two)).toBe(true);
    expect(sameMapping(withInboundPriority(withInboundPriority(two, '5', null), '1', null), mapping)).toBe(
      true,
    );
  });

  it('forgets the exact Jira status when the category changes', () => {
    const exact = withExactStatus(defaultMapping(workflow), 'closed', '5');
    expect(withCategory(exact, workflow, 'closed', 'new').outbound.closed?.jiraStatusId).toBeNull();
  });

  it('lands nothing on a category that no status is mapped to', () => {
    const moved = withCategory(defaultMapping(workflow), workflow, 'open', 'done');
    expect(moved.inbound.new.status).toBeNull();
  });

  it('begins an override where the Jira status lands by its category, until each status has one', () => {
    const statuses: JiraStatus[] = [
      { id: '5', name: 'Done', category: 'done' },
      { id: '6', name: 'Odd', category: null },
    ];
    const mapping = defaultMapping(workflow);
    const one = withNewOverride(mapping, workflow, statuses);
    const two = withNewOverride(one, workflow, statuses);
    expect(two.overrides).toEqual([
      { jiraStatusId: '5', status: mapping.inbound.done.status },
      { jiraStatusId: '6', status: 'open' },
    ]);
    expect(nextOverridden(two, statuses)).toBeNull();
    expect(withNewOverride(two, workflow, statuses)).toBe(two);
    expect(withoutOverride(two, 0).overrides).toEqual([{ jiraStatusId: '6', status: 'open' }]);
  });

  it('does not take what every object inherits for a rule', () => {
    const mapping = defaultMapping(workflow);
    expect(withExactStatus(mapping, 'constructor', '5')).toBe(mapping);
  });

  it('knows two mappings as the same whatever the order of their keys', () => {
    const mapping = defaultMapping(workflow);
    const reordered = {
      ...mapping,
      outbound: Object.fromEntries(Object.entries(mapping.outbound).reverse()),
    };
    expect(sameMapping(mapping, reordered)).toBe(true);
  });
});
