import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import { categoryKeys, type JiraStatus } from '../jira/status-category.ts';
import { defaultMapping } from './default-mapping.ts';
import {
  nextOverridden,
  sameMapping,
  withCategory,
  withExactStatus,
  withNewOverride,
  withoutOverride,
} from './edit-mapping.ts';
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
