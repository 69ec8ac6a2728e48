import { isLost } from '@userhero/shared/domain/reference-state.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import type { Rule } from '@userhero/shared/sync/rule.ts';
import {
  type Applied,
  applyEvent,
  applyReading,
  type ReferencePosition,
} from '@userhero/shared/sync/status/apply-event.ts';
import type { ReportedJiraStatus } from '@userhero/shared/sync/status/inbound.ts';
import { fromResolutionColumns } from '../store/resolution-columns.ts';
import { decideLoss } from './decide-loss.ts';
import type { DeliveryRow } from './delivery-store.ts';
import { isDeleted, lossOf } from './lose-issue.ts';
import type { Decision, Standing } from './standing.ts';

/** What deciding needs beside the delivery. */
export type Context = {
  mapping: Mapping;
  workflow: WorkflowShape;
  /** Which way statuses travel, and whose counts. */
  status: Rule;
  /** The Jira project that the reference was made in. */
  jiraProjectId: string;
  /** Another delivery tells something else, and may as well be the newer one. */
  isRivalled: boolean;
};

/** Decides on one delivery, from where the ones before it left the reference. Pure. */
export function decideOne(before: Standing, delivery: DeliveryRow, context: Context): Decision {
  const loss = lossOf(delivery.kind);
  return loss ? decideLoss(before, delivery, loss) : decideChange(before, delivery, context);
}

/** The status, with the resolution, that a delivery tells of; `null` where it tells of none. */
export function statusOf(delivery: DeliveryRow): ReportedJiraStatus | null {
  const { statusId, statusName, statusCategory, resolutionId, resolutionName, resolutionAlone } = delivery;
  if (statusName === null) return null;
  return {
    id: statusId,
    name: statusName,
    category: parseCategoryKey(statusCategory),
    resolution: fromResolutionColumns(resolutionId, resolutionName),
    isResolutionAlone: resolutionAlone,
  };
}

/** Rules of events that leave no trace, the place of the issue included. */
const lateRules: ReadonlySet<string> = new Set(['stale', 'repeated', 'read']);

/** What a delivery shows of an issue; one that Jira has to be asked about first waits for a reading. */
function decideChange(before: Standing, delivery: DeliveryRow, context: Context): Decision {
  const { readBeganAtMs } = delivery;
  const { position, changes, rule } = apply(before.position, delivery, context);
  const isLate = lateRules.has(rule);
  if (rule === 'contradictory' || (context.isRivalled && !isLate))
    return { state: 'pending', rule: 'contradictory', after: before };
  if (isDeleted(before.referenceState) && readBeganAtMs === null && !isLate)
    return { state: 'pending', rule: 'issue_gone', after: before };

  const isRead = readBeganAtMs !== null && rule !== 'read';
  // An issue that comes back has not changed since: its reading counts although the change is no new one.
  const comesBack = isLost(before.referenceState) && isRead;
  const place = !isLate || comesBack ? placeAfter(before, delivery, context.jiraProjectId) : {};
  return {
    state: changes ? 'applied' : 'skipped',
    rule,
    after: {
      ...before,
      ...place,
      position,
      readAtMs: isRead ? readBeganAtMs : before.readAtMs,
      isToldOf: before.isToldOf || (readBeganAtMs === null && !isLate),
    },
  };
}

function apply(
  position: ReferencePosition,
  delivery: DeliveryRow,
  { mapping, workflow, status: rule }: Pick<Context, 'mapping' | 'workflow' | 'status'>,
): Applied {
  const { changelogId, changedAtMs, receivedAtMs, readBeganAtMs } = delivery;
  const status = statusOf(delivery);
  const event = { changelogId, changedAtMs, receivedAtMs };
  return readBeganAtMs !== null && status
    ? applyReading(position, { ...event, status, readBeganAtMs }, mapping, workflow, rule)
    : applyEvent(position, { ...event, status }, mapping, workflow, rule);
}

/**
 * Where the issue is. Keys change when issues move; the id is what counts, the key is for people. An issue that Jira
 * did not show is back once we have read it: an event may have been on its way since before, or come from somebody
 * who sees more. An event that names no project leaves the issue where it was.
 */
function placeAfter(
  { referenceState, issueKey }: Standing,
  { sender, projectId, issueKey: told }: DeliveryRow,
  ownProjectId: string,
): Pick<Standing, 'issueKey' | 'referenceState'> {
  const staysLost = isLost(referenceState) && sender !== 'reconciliation';
  const isSilent = projectId === null && !isLost(referenceState);
  const present = projectId !== null && projectId !== ownProjectId ? 'issue_moved' : 'active';
  return {
    issueKey: told ?? issueKey,
    referenceState: staysLost || isSilent ? referenceState : present,
  };
}
