import type { WorkflowShape } from '../domain/workflow.ts';
import { categoryKeys, type JiraStatus } from '../jira/status-category.ts';
import { candidatesOf } from './candidates.ts';
import type { Mapping } from './mapping.ts';
import type { MappingFault } from './mapping-fault.ts';
import { outboundRuleOf } from './outbound-rule.ts';
import type { JiraPriority } from './priority.ts';
import { priorityFaults } from './priority-faults.ts';
import type { JiraResolution } from './resolution.ts';
import { resolutionFaults } from './resolution-faults.ts';

/**
 * Checks a mapping against its workflow and, when they are known, the Jira project's statuses and
 * priorities and its site's resolutions.
 * The properties of the design's §4 hold for every mapping that comes back without a fault.
 */
export function validateMapping(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[] | null,
  resolutions: readonly JiraResolution[] | null = null,
  jiraPriorities: readonly JiraPriority[] | null = null,
): MappingFault[] {
  return [
    ...outboundFaults(mapping, workflow, jiraStatuses),
    ...inboundFaults(mapping, workflow),
    ...overrideFaults(mapping, workflow, jiraStatuses),
    ...resolutionFaults(mapping, workflow, resolutions),
    ...priorityFaults(mapping, jiraPriorities),
  ];
}

function outboundFaults(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[] | null,
): MappingFault[] {
  const faults: MappingFault[] = [];
  const slugs = new Set(workflow.statuses.map((status) => status.slug));
  for (const status of workflow.statuses) {
    const rule = outboundRuleOf(mapping, status.slug);
    const field = `outbound.${status.slug}`;
    if (!rule) {
      faults.push({ field, code: 'category_missing', values: { status: status.name } });
      continue;
    }
    if (rule.jiraStatusId === null || jiraStatuses === null) continue;
    const exact = jiraStatuses.find((candidate) => candidate.id === rule.jiraStatusId);
    if (!exact) {
      faults.push({
        field: `${field}.jiraStatusId`,
        code: 'jira_status_gone',
        values: { status: status.name },
      });
    } else if (exact.category !== rule.category) {
      faults.push({
        field: `${field}.jiraStatusId`,
        code: 'jira_status_elsewhere',
        values: { jiraStatus: exact.name, category: rule.category },
      });
    }
  }
  for (const slug of Object.keys(mapping.outbound)) {
    if (!slugs.has(slug)) {
      faults.push({ field: `outbound.${slug}`, code: 'status_unknown', values: { slug } });
    }
  }
  return faults;
}

function inboundFaults(mapping: Mapping, workflow: WorkflowShape): MappingFault[] {
  const faults: MappingFault[] = [];
  for (const category of categoryKeys) {
    const landing = mapping.inbound[category].status;
    const candidates = candidatesOf(mapping, workflow, category);
    const field = `inbound.${category}.status`;
    if (landing === null && candidates.length > 0) {
      faults.push({ field, code: 'landing_missing', values: { category } });
    }
    if (landing !== null && !candidates.some((status) => status.slug === landing)) {
      const mapped = candidates.map((status) => status.name);
      faults.push({ field, code: 'landing_not_mapped', values: { slug: landing, category, mapped } });
    }
  }
  return faults;
}

function overrideFaults(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[] | null,
): MappingFault[] {
  const faults: MappingFault[] = [];
  const seen = new Set<string>();
  mapping.overrides.forEach((override, index) => {
    const field = `overrides.${index}`;
    if (!workflow.statuses.some((status) => status.slug === override.status)) {
      faults.push({
        field: `${field}.status`,
        code: 'override_status_unknown',
        values: { slug: override.status },
      });
    }
    if (seen.has(override.jiraStatusId)) {
      faults.push({ field: `${field}.jiraStatusId`, code: 'override_twice', values: {} });
    }
    seen.add(override.jiraStatusId);
    if (jiraStatuses !== null && !jiraStatuses.some((status) => status.id === override.jiraStatusId)) {
      faults.push({ field: `${field}.jiraStatusId`, code: 'override_jira_status_gone', values: {} });
    }
    const contradicted = workflow.statuses.find(
      (status) =>
        status.slug !== override.status &&
        outboundRuleOf(mapping, status.slug)?.jiraStatusId === override.jiraStatusId,
    );
    if (contradicted) {
      faults.push({
        field: `${field}.status`,
        code: 'override_contradicts',
        values: { status: contradicted.name },
      });
    }
  });
  return faults;
}
