import { hasStatus, type WorkflowShape, type WorkflowStatus } from '../../domain/workflow.ts';
import type { CategoryKey } from '../../jira/status-category.ts';
import { candidatesOf } from '../../mapping/candidates.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import { outboundRuleOf } from '../../mapping/outbound-rule.ts';
import { sameName } from '../../mapping/same-name.ts';
import {
  decideByResolution,
  isNewResolution,
  type ReportedResolution,
  type ResolutionState,
} from './resolution-rule.ts';

/** The rule that answered; it is recorded as the reason in the activity. */
export type InboundRuleName =
  | 'known'
  | 'override'
  | 'resolution'
  | 'own_target'
  | 'category'
  | 'name'
  | 'unmapped';

/** The Jira status that an event reports. Old Server bodies have no category, some no id. */
export type ReportedJiraStatus = ReportedResolution & {
  id: string | null;
  name: string;
  category: CategoryKey | null;
};

/** The category of a known status: `none` is Jira's "No Category", missing or `null` that it was not kept. */
export type KnownCategory = CategoryKey | 'none' | null;

/** What the reference knows of its issue's status: what we read or were told last. `null`: nothing yet. */
export type KnownJiraStatus = {
  id: string | null;
  name: string;
  category?: KnownCategory;
  resolution?: ResolutionState | null;
} | null;

export type InboundQuestion = {
  mapping: Mapping;
  workflow: WorkflowShape;
  currentStatus: string;
  jiraStatus: ReportedJiraStatus;
  known: KnownJiraStatus;
};

/** `status` is the item's status afterwards; it equals the current one when nothing changes. */
export type InboundDecision = { status: string; changes: boolean; rule: InboundRuleName };

/**
 * Whether a reported Jira status is the one that the reference knows; by id, by name where an id is missing. One
 * whose category has changed counts as unknown: what it means for the item has changed with it.
 */
export function isKnownStatus(
  known: KnownJiraStatus,
  reported: StatusIdentity & { category?: CategoryKey | null },
): boolean {
  if (!known || !isSameStatus(known, reported)) return false;
  const [before, now] = [known.category ?? null, reported.category ?? null];
  return before === null || now === null || before === now;
}

/** Whether a report tells nothing that the reference does not know: the known status with the known resolution. */
export function isKnownReport(known: KnownJiraStatus, reported: ReportedJiraStatus): boolean {
  return known !== null && isKnownStatus(known, reported) && !isNewResolution(known, reported);
}

/**
 * What a reference knows once a status has been reported. A report without a category, or without a resolution, leaves
 * the one that is known of the same status.
 */
export function knownAfter(
  known: KnownJiraStatus,
  { id, name, category, resolution }: ReportedJiraStatus,
): NonNullable<KnownJiraStatus> {
  const before = known !== null && isSameStatus(known, { id, name }) ? known : null;
  const told = resolution ?? before?.resolution ?? null;
  return {
    id,
    name,
    category: category ?? before?.category ?? 'none',
    ...(told === null ? {} : { resolution: told }),
  };
}

type StatusIdentity = { id: string | null; name: string };

function isSameStatus(known: StatusIdentity, reported: StatusIdentity): boolean {
  if (known.id !== null && reported.id !== null) return known.id === reported.id;
  return sameName(known.name, reported.name);
}

/**
 * Decides what a status in Jira means for the item. The first rule that answers wins:
 * known → override → resolution → own target → category → name → unmapped (the design's §4, in its order).
 *
 * The override of an exact status goes before that of a resolution: it is said to hold always, and a workflow that has a
 * status of its own for what was not done often gives it the same resolution as all others. A known status whose
 * resolution alone has changed is asked about by the resolution's rule and by no other: whatever else the mapping says of
 * the status has been decided when the issue came there.
 *
 * Pure: the Forge page's preview and the service compute the same answer from this function.
 */
export function decideInbound(question: InboundQuestion): InboundDecision {
  const { mapping, workflow, currentStatus, jiraStatus, known } = question;
  const keep = (rule: InboundRuleName): InboundDecision => ({ status: currentStatus, changes: false, rule });
  const land = (status: string, rule: InboundRuleName): InboundDecision => ({
    status,
    changes: status !== currentStatus,
    rule,
  });

  if (isKnownReport(known, jiraStatus)) return keep('known');

  const override = mapping.overrides.find(
    (entry) => entry.jiraStatusId === jiraStatus.id && hasStatus(workflow, entry.status),
  );
  const isKnown = isKnownStatus(known, jiraStatus);
  if (override) return isKnown ? keep('known') : land(override.status, 'override');

  const byResolution = decideByResolution(mapping, workflow, currentStatus, jiraStatus);
  if (byResolution !== null) return land(byResolution, 'resolution');
  if (isKnown) return keep('known');

  const ownTarget = outboundRuleOf(mapping, currentStatus)?.jiraStatusId ?? null;
  if (ownTarget !== null && ownTarget === jiraStatus.id) return keep('own_target');

  const byCategory = decideByCategory(question);
  if (byCategory !== null) return land(byCategory, 'category');

  const byName = namesake(workflow.statuses, jiraStatus.name, currentStatus);
  if (byName !== null) return land(byName, 'name');

  return keep('unmapped');
}

function decideByCategory({ mapping, workflow, currentStatus, jiraStatus }: InboundQuestion): string | null {
  if (jiraStatus.category === null) return null;
  const candidates = candidatesOf(mapping, workflow, jiraStatus.category);
  if (candidates.length === 0) return null;
  const landing = mapping.inbound[jiraStatus.category];
  if (landing.byName) {
    const named = namesake(candidates, jiraStatus.name, currentStatus);
    if (named !== null) return named;
  }
  // A Closed item stays Closed when Jira says Done: it already is where the category says.
  if (candidates.some((status) => status.slug === currentStatus)) return currentStatus;
  return landing.status !== null && hasStatus(workflow, landing.status) ? landing.status : null;
}

/** The status of that name; of several namesakes the current one, so that it is not turned into its twin. */
function namesake(statuses: readonly WorkflowStatus[], name: string, currentStatus: string): string | null {
  const named = statuses.filter((status) => sameName(status.name, name));
  return (named.find((status) => status.slug === currentStatus) ?? named[0])?.slug ?? null;
}
