import { hasStatus, type WorkflowShape } from '../../domain/workflow.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { outboundRuleOf } from '../../mapping/outbound-rule.ts';
import { isOwnResolution, type JiraResolution } from '../../mapping/resolution.ts';

/** An issue's resolution; `none` is Jira's "Unresolved". Missing or `null` where it is used: not told, or not kept. */
export type ResolutionState = JiraResolution | 'none';

/** What a report says of the resolution beside the status. */
export type ReportedResolution = {
  resolution?: ResolutionState | null;
  /** The change was one of the resolution and not of the status. */
  isResolutionAlone?: boolean;
};

/** The part of a reported status that the resolution's rule reads. */
type Reported = ReportedResolution & { id: string | null; category: string | null };

/**
 * Whether a report of a known Done status tells of another resolution than the reference knows. Where none was kept,
 * only a change of the resolution alone is one: what came with the status is known with it.
 */
export function isNewResolution(known: { resolution?: ResolutionState | null }, reported: Reported): boolean {
  const now = reported.resolution ?? null;
  if (now === null || reported.category !== 'done') return false;
  const before = known.resolution ?? null;
  return before === null ? reported.isResolutionAlone === true : idOf(before) !== idOf(now);
}

/**
 * Where a resolution's override takes the item; `null` without one, or outside Jira's category Done. An item whose own
 * status brings about just this resolution stays: it is what we sent.
 */
export function decideByResolution(
  mapping: Mapping,
  workflow: WorkflowShape,
  currentStatus: string,
  reported: Reported,
): string | null {
  const { resolution } = reported;
  if (!resolution || resolution === 'none' || reported.category !== 'done') return null;
  const override = mapping.resolutionOverrides.find(
    ({ resolutionId, status }) => resolutionId === resolution.id && hasStatus(workflow, status),
  );
  if (!override) return null;
  const rule = outboundRuleOf(mapping, currentStatus);
  const isTarget = rule?.category === 'done' && [null, reported.id].includes(rule.jiraStatusId);
  return isTarget && isOwnResolution(mapping, workflow, currentStatus, resolution)
    ? currentStatus
    : override.status;
}

const idOf = (resolution: ResolutionState): string => (resolution === 'none' ? '' : resolution.id);
