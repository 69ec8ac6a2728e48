import { priorities } from '../domain/priority.ts';
import type { WorkflowShape } from '../domain/workflow.ts';
import { categoryKeys, categoryNames, type JiraStatus } from '../jira/status-category.ts';
import { candidatesOf } from './candidates.ts';
import type { Mapping } from './mapping.ts';
import { outboundRuleOf } from './outbound-rule.ts';

/** One thing that is wrong with a mapping: the field (dotted path), what is wrong, and what to do. */
export type MappingFault = { field: string; message: string };

/**
 * Checks a mapping against its workflow and, when they are known, the Jira project's statuses.
 * The properties of the design's §4 hold for every mapping that comes back without a fault.
 */
export function validateMapping(
  mapping: Mapping,
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[] | null,
): MappingFault[] {
  return [
    ...outboundFaults(mapping, workflow, jiraStatuses),
    ...inboundFaults(mapping, workflow),
    ...overrideFaults(mapping, workflow, jiraStatuses),
    ...priorities
      .filter((priority) => !mapping.priorities[priority]?.trim())
      .map((priority) => ({
        field: `priorities.${priority}`,
        message: `Choose the Jira priority for "${priority}".`,
      })),
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
      faults.push({ field, message: `Choose the Jira category for "${status.name}".` });
      continue;
    }
    if (rule.jiraStatusId === null || jiraStatuses === null) continue;
    const exact = jiraStatuses.find((candidate) => candidate.id === rule.jiraStatusId);
    if (!exact) {
      faults.push({
        field: `${field}.jiraStatusId`,
        message: `The Jira status chosen for "${status.name}" no longer exists in this project. Choose another one.`,
      });
    } else if (exact.category !== rule.category) {
      faults.push({
        field: `${field}.jiraStatusId`,
        message: `"${exact.name}" is not in the category ${categoryNames[rule.category]}. Choose a status of that category, or change the category.`,
      });
    }
  }
  for (const slug of Object.keys(mapping.outbound)) {
    if (!slugs.has(slug)) {
      faults.push({ field: `outbound.${slug}`, message: `The workflow has no status "${slug}". Remove it.` });
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
      faults.push({
        field,
        message: `Choose the status that a change to ${categoryNames[category]} in Jira lands on.`,
      });
    }
    if (landing !== null && !candidates.some((status) => status.slug === landing)) {
      faults.push({
        field,
        message: `"${landing}" is not mapped to ${categoryNames[category]}. Choose one of: ${candidates.map((status) => status.name).join(', ') || 'nothing'}.`,
      });
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
      faults.push({ field: `${field}.status`, message: `The workflow has no status "${override.status}".` });
    }
    if (seen.has(override.jiraStatusId)) {
      faults.push({
        field: `${field}.jiraStatusId`,
        message: 'This Jira status has an override already. Remove one.',
      });
    }
    seen.add(override.jiraStatusId);
    if (jiraStatuses !== null && !jiraStatuses.some((status) => status.id === override.jiraStatusId)) {
      faults.push({
        field: `${field}.jiraStatusId`,
        message: 'This Jira status does not exist in the project. Choose another one.',
      });
    }
    const contradicted = workflow.statuses.find(
      (status) =>
        status.slug !== override.status &&
        outboundRuleOf(mapping, status.slug)?.jiraStatusId === override.jiraStatusId,
    );
    if (contradicted) {
      faults.push({
        field: `${field}.status`,
        message: `"${contradicted.name}" is sent to this very Jira status, so the override would turn it into another one. Change one of the two.`,
      });
    }
  });
  return faults;
}
