import { hasStatus, type WorkflowShape } from '../domain/workflow.ts';
import type { Mapping } from './mapping.ts';
import type { MappingFault } from './mapping-fault.ts';
import { outboundRuleOf } from './outbound-rule.ts';
import type { JiraResolution } from './resolution.ts';

/**
 * What is wrong with a mapping's resolutions. One that Jira renames stays itself, since ids count.
 *
 * @param resolutions the site's, `null` where they are not known: then none is gone
 */
export function resolutionFaults(
  mapping: Mapping,
  workflow: WorkflowShape,
  resolutions: readonly JiraResolution[] | null,
): MappingFault[] {
  const isGone = (id: string): boolean => resolutions !== null && !resolutions.some((one) => one.id === id);
  return [...outboundFaults(mapping, workflow, isGone), ...overrideFaults(mapping, workflow, isGone)];
}

function outboundFaults(
  mapping: Mapping,
  { statuses }: WorkflowShape,
  isGone: (id: string) => boolean,
): MappingFault[] {
  return Object.entries(mapping.resolutions).flatMap(([slug, id]): MappingFault[] => {
    const field = `resolutions.${slug}`;
    const status = statuses.find((one) => one.slug === slug)?.name;
    if (status === undefined) return [{ field, code: 'status_unknown', values: { slug } }];
    if (outboundRuleOf(mapping, slug)?.category !== 'done')
      return [{ field, code: 'resolution_not_done', values: { status } }];
    return isGone(id) ? [{ field, code: 'resolution_gone', values: { status } }] : [];
  });
}

function overrideFaults(
  mapping: Mapping,
  workflow: WorkflowShape,
  isGone: (id: string) => boolean,
): MappingFault[] {
  const ids = mapping.resolutionOverrides.map(({ resolutionId }) => resolutionId);
  return mapping.resolutionOverrides.flatMap(({ resolutionId, status }, index): MappingFault[] => {
    const field = `resolutionOverrides.${index}`;
    const faults: MappingFault[] = [];
    if (!hasStatus(workflow, status))
      faults.push({ field: `${field}.status`, code: 'override_status_unknown', values: { slug: status } });
    if (ids.indexOf(resolutionId) !== index)
      faults.push({ field: `${field}.resolutionId`, code: 'resolution_override_twice', values: {} });
    if (isGone(resolutionId))
      faults.push({ field: `${field}.resolutionId`, code: 'resolution_override_gone', values: {} });
    return faults;
  });
}
