import { isLost } from '@userhero/shared/domain/reference-state.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { parseCategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { type Applied, applyEvent, applyReading } from '@userhero/shared/sync/status/apply-event.ts';
import type { Rules } from './adapter-rules.ts';
import { applyLoss } from './apply-loss.ts';
import type { Computed } from './computed.ts';
import type { DeliveryRow, PositionRow } from './delivery-store.ts';
import { isDeleted, lossOf } from './lose-issue.ts';
import { isMove, isRivalled, newestMove, sortDeliveries } from './order-deliveries.ts';
import { end, finish, type Progress, startProgress, tell } from './progress.ts';
import { isWorthTelling, skipFact } from './tell-change.ts';

/**
 * Computes what a reference's waiting deliveries come to, in one step: the newest change by Jira's order counts,
 * whatever order they arrived in, and the ones before it are coalesced into it. Pure.
 */
export function computeReference(
  row: PositionRow,
  rules: Rules,
  deliveries: readonly DeliveryRow[],
): Computed {
  if (rules.state !== 'decided') return without(deliveries, rules.state, rules.rule);
  // The mapping names statuses of the adapter's present site, and another site's have the same ids.
  if (rules.cloudId !== row.cloudId) return without(deliveries, 'skipped', 'adapter_not_connected');

  const progress = startProgress(row);
  const { reading, covered, told } = sortDeliveries(deliveries, row.lastReadAtMs);
  for (const delivery of covered) end(progress, delivery, 'skipped', 'read');
  const take = (delivery: DeliveryRow, isRival: boolean): void => {
    const loss = lossOf(delivery.kind);
    if (loss) applyLoss(progress, delivery, loss, deliveries);
    else applyChange(progress, delivery, rules, isRival);
  };
  if (reading) take(reading, false);
  const newest = newestMove(progress.position, told);
  for (const delivery of told) {
    // Where an issue has been on the way is nobody's present state: only where it is now counts.
    if (isMove(delivery) && delivery !== newest) end(progress, delivery, 'skipped', 'coalesced');
    else
      take(
        delivery,
        delivery === newest && isRivalled(progress.position, delivery, statusOf(delivery), told),
      );
  }
  return finish(progress);
}

function without(deliveries: readonly DeliveryRow[], state: 'held' | 'skipped', rule: string): Computed {
  return {
    deliveries: deliveries.map(({ id }) => ({ id, state, rule })),
    references: [],
    activities: [],
    lookAgain: [],
  };
}

/** Rules of events that leave no trace, the place of the issue included. */
const lateRules: ReadonlySet<string> = new Set(['stale', 'repeated', 'read']);

/** Applies what a delivery shows of an issue; one that Jira has to be asked about first waits for a reading. */
function applyChange(
  progress: Progress,
  delivery: DeliveryRow,
  { mapping, workflow }: { mapping: Mapping; workflow: WorkflowShape },
  isRival: boolean,
): void {
  const { readBeganAtMs } = delivery;
  const before = progress.position.itemStatus;
  const applied = decide(progress, delivery, mapping, workflow);
  const isLate = lateRules.has(applied.rule);
  if (applied.rule === 'contradictory' || (isRival && !isLate)) {
    end(progress, delivery, 'pending', 'contradictory');
    return;
  }
  if (isDeleted(progress.referenceState) && readBeganAtMs === null && !isLate) {
    end(progress, delivery, 'pending', 'issue_gone');
    return;
  }

  progress.position = applied.position;
  if (readBeganAtMs !== null && applied.rule !== 'read') progress.readAtMs = readBeganAtMs;
  if (readBeganAtMs === null && !isLate) progress.isToldOf = true;
  // An issue that comes back has not changed since: its reading counts although the change is no new one.
  const comesBack = isLost(progress.referenceState) && readBeganAtMs !== null && applied.rule !== 'read';
  if (!isLate || comesBack) follow(progress, delivery);

  const nameOf = (slug: string): string =>
    workflow.statuses.find((status) => status.slug === slug)?.name ?? slug;
  if (applied.changes) {
    const [from, to] = [nameOf(before), nameOf(applied.position.itemStatus)];
    const values = { from, to, jiraStatus: delivery.statusName };
    tell(progress, delivery, { code: 'status_changed', values }, applied.rule);
  } else if (isWorthTelling(applied.rule)) {
    tell(progress, delivery, skipFact(applied.rule, delivery.statusName, nameOf(before)), applied.rule);
  }
  end(progress, delivery, applied.changes ? 'applied' : 'skipped', applied.rule);
}

function decide(
  { position }: Progress,
  delivery: DeliveryRow,
  mapping: Mapping,
  workflow: WorkflowShape,
): Applied {
  const { changelogId, changedAtMs, receivedAtMs, readBeganAtMs } = delivery;
  const status = statusOf(delivery);
  const event = { changelogId, changedAtMs, receivedAtMs };
  return readBeganAtMs !== null && status
    ? applyReading(position, { ...event, status, readBeganAtMs }, mapping, workflow)
    : applyEvent(position, { ...event, status }, mapping, workflow);
}

function statusOf({ statusId, statusName, statusCategory }: DeliveryRow) {
  return statusName === null
    ? null
    : { id: statusId, name: statusName, category: parseCategoryKey(statusCategory) };
}

/**
 * Follows where the issue is. Keys change when issues move; the id is what counts, the key is for people. An issue
 * that Jira did not show is back once we have read it: an event may have been on its way since before, or come from
 * somebody who sees more. An event that names no project leaves the issue where it was.
 */
function follow(progress: Progress, delivery: DeliveryRow): void {
  const before = { issueKey: progress.issueKey, state: progress.referenceState };
  const staysLost = isLost(before.state) && delivery.sender !== 'reconciliation';
  const isSilent = delivery.projectId === null && !isLost(before.state);
  const isElsewhere = delivery.projectId !== null && delivery.projectId !== progress.row.jiraProjectId;
  const state = staysLost || isSilent ? before.state : isElsewhere ? 'issue_moved' : 'active';
  const issueKey = delivery.issueKey ?? before.issueKey;
  if (issueKey === before.issueKey && state === before.state) return;
  progress.issueKey = issueKey;
  progress.referenceState = state;
  const isBack = isLost(before.state) && !isLost(state);
  if (isBack) tell(progress, delivery, { code: 'issue_back', values: { issueKey } }, before.state);
  const outside = state === 'issue_moved';
  if (isBack && !outside && before.issueKey === issueKey) return;
  const values = { from: before.issueKey, to: issueKey, outside };
  tell(progress, delivery, { code: 'issue_moved', values }, 'issue_moved');
}
