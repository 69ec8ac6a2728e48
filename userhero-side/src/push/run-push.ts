import type { PushWarning } from '@userhero/shared/contracts/item.ts';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { z } from 'zod';
import { effectiveState, whyNotActive } from '../connect/adapter-state.ts';
import type { Jira, JiraAnswer, JiraIssue, NewIssue } from '../jira/jira.ts';
import type { Place, ProjectMetadata } from '../jira/project-metadata.ts';
import type { Problem } from '../outcome.ts';
import { adapterInclude, toPlan, toWorkflowShape } from '../store/views.ts';
import { composeIssue } from './compose-issue.ts';
import { moveIssue } from './move-issue.ts';
import type { PushPorts } from './push-ports.ts';
import {
  type ClaimedPush,
  claimPush,
  endNeedlessPush,
  failPush,
  finishPush,
  holdPush,
  type Landing,
  markCreateSent,
  returnToBulk,
  saveReference,
} from './push-record.ts';

const searchAgainSeconds = 5;
const mostAttempts = 20;
const minuteMs = 60_000;

/**
 * Carries one push out: create, read back, move. Any process may call it at any time; who gets the lease works,
 * the others leave at once. Whatever is interrupted is taken up again from what is recorded:
 *
 * - before `createSentAt` nothing has been asked of Jira;
 * - after it, and without a reference, Jira may have created the issue: it is looked up by its property before
 *   anything is created again;
 * - with a reference, only the status is left to do.
 */
export async function runPush(ports: PushPorts, pushId: string): Promise<void> {
  const claimed = await claimPush(ports, pushId);
  if (!claimed) return;
  const { push, item, adapter } = claimed;
  if (item.reference && (!push.createSentAt || item.reference.cloudId !== adapter.cloudId)) {
    // The issue is there already; on a site that the adapter has left, another issue has its id here.
    return endNeedlessPush(ports, claimed);
  }

  const { state, pauseReason } = effectiveState(adapter.state, adapter.pauseReason, toPlan(adapter.project));
  if (state === 'paused' && pauseReason === 'manual') return holdPush(ports, claimed, minuteMs / 1000);
  const obstacle = whyNotActive(state, pauseReason);
  if (obstacle && push.bulkPushId) return returnToBulk(ports, claimed);
  if (obstacle) return failPush(ports, claimed, obstacle, { doubtful: claimed.doubtfulSince !== null });
  if (
    !adapter.grantId ||
    !adapter.cloudId ||
    !adapter.siteUrl ||
    !adapter.jiraProjectId ||
    !adapter.issueTypeId
  ) {
    return failPush(ports, claimed, whyNotActive('choosing', null) ?? lostAdapter, { doubtful: false });
  }
  const place: Place = {
    cloudId: adapter.cloudId,
    projectId: adapter.jiraProjectId,
    issueTypeId: adapter.issueTypeId,
  };
  const jira = await ports.openJira(adapter.grantId, adapter.cloudId);

  const created = await createOnce(ports, claimed, jira, place);
  if (created) await completePush(ports, claimed, jira, { ...place, siteUrl: adapter.siteUrl }, created);
}

/**
 * What follows the creation: the reference is saved, the issue brought to its status, the push ended.
 *
 * @param created with the issue as it was read since, where that has been done for many at once
 */
export async function completePush(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  place: Place & { siteUrl: string },
  created: Created,
): Promise<void> {
  const reference = await saveReference(ports, claimed, {
    cloudId: place.cloudId,
    siteUrl: place.siteUrl,
    projectId: place.projectId,
    issue: created.issue,
  });
  const { status, warnings } = await bringToStatus(ports, claimed, jira, place, created);
  // A bulk push that halts in the middle of this one brings the issue to its status when it goes on.
  if (warnings.length > 0 && claimed.push.bulkPushId && !(await isActive(ports, claimed.adapter.id)))
    return returnToBulk(ports, claimed);
  await finishPush(ports, claimed, reference, { status, warnings: [...created.warnings, ...warnings] });
}

export type Created = { issue: { id: string; key: string }; warnings: PushWarning[]; read?: JiraIssue };

/** Creates the issue, or adopts the one that an earlier attempt left; `null` when the push has ended or waits. */
async function createOnce(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  place: Place,
): Promise<Created | null> {
  const { reference } = claimed.item;
  if (reference) return { issue: { id: reference.issueId, key: reference.issueKey }, warnings: [] };
  if (claimed.doubtfulSince) {
    const resolved = await resolveDoubt(ports, claimed, jira, place, claimed.doubtfulSince);
    if (resolved !== 'create') return resolved;
  }
  const metadata = await ports.metadata.get(jira, place);
  if (!metadata.ok) return giveUpOrWait(ports, claimed, metadata.problem, false);

  const { issue, warnings } = composeFor(ports, claimed, place, metadata.value);
  if (!(await markCreateSent(ports, claimed))) return null;
  const created = await jira.createIssue(issue);
  if (created.ok) return { issue: created.value, warnings };

  // A refused field or type says that what we kept of the project is out of date.
  if (created.problem.code === 'jira_rejected') ports.metadata.forget(place);
  if (!created.doubtful) return giveUpOrWait(ports, claimed, created.problem, false);
  const resolved = await resolveDoubt(ports, claimed, jira, place, ports.now());
  return resolved === 'create' ? giveUpOrWait(ports, claimed, created.problem, true) : resolved;
}

/** The issue that a claimed push creates, with what had to be left out. */
export function composeFor(
  ports: Pick<PushPorts, 'publicUrl'>,
  { item, adapter }: ClaimedPush,
  place: Place,
  metadata: ProjectMetadata,
): { issue: NewIssue; warnings: PushWarning[] } {
  return composeIssue({
    item: { ...item, priority: prioritySchema.parse(item.priority) },
    itemUrl: `${ports.publicUrl}/items/${item.id}`,
    mapping: mappingSchema.parse(adapter.mapping),
    projectId: place.projectId,
    issueTypeId: place.issueTypeId,
    fixedFields: z.record(z.string(), z.unknown()).parse(adapter.fixedFields),
    metadata,
  });
}

/** Looks for the issue of a create whose outcome is unknown. `create`: it is safe to create now. */
async function resolveDoubt(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  place: Place,
  since: Date,
): Promise<Created | 'create' | null> {
  const ageMs = ports.now().getTime() - since.getTime();
  const found = await jira.findByItem(place.projectId, claimed.item.id, Math.ceil(ageMs / minuteMs) + 10);
  if (!found.ok) return giveUpOrWait(ports, claimed, found.problem, true);
  const [issue] = found.value;
  if (issue) return { issue, warnings: [] };
  if (ageMs >= ports.waits.searchLagMs) return 'create';
  await holdPush(ports, claimed, searchAgainSeconds);
  return null;
}

/** Troubles of the whole adapter: a bulk push halts at them instead of failing every item. */
const haltsBulk: ReadonlySet<string> = new Set(['needs_reauth', 'adapter_not_active', 'plan_required']);

/** Rate limits are waited out; everything else ends the push, which a person can start again. */
export async function giveUpOrWait(
  ports: PushPorts,
  claimed: ClaimedPush,
  problem: Problem,
  doubtful: boolean,
): Promise<null> {
  if (claimed.push.bulkPushId !== null && haltsBulk.has(problem.code)) {
    await returnToBulk(ports, claimed, { clearCreateSent: !doubtful });
  } else if (problem.code === 'jira_rate_limited' && claimed.push.attempts < mostAttempts) {
    await holdPush(ports, claimed, problem.retryAfterSeconds ?? searchAgainSeconds, {
      clearCreateSent: !doubtful,
    });
  } else {
    await failPush(ports, claimed, problem, { doubtful });
  }
  return null;
}

/** Reads the new issue's status — never inventing one — and moves it to where the item's status belongs. */
async function bringToStatus(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  place: Place,
  created: Created,
): Promise<Landing> {
  const unreachable = (status: JiraStatus | null, message: string): Landing => ({
    status,
    warnings: [{ code: 'status_unreachable', message }],
  });
  const issue: JiraAnswer<JiraIssue> = created.read
    ? { ok: true, value: created.read }
    : await jira.readIssue(created.issue.id, { history: false });
  if (!issue.ok)
    return unreachable(
      null,
      `The issue was created, but its status could not be read: ${issue.problem.detail}`,
    );
  const metadata = await ports.metadata.get(jira, place);
  if (!metadata.ok) {
    const { status } = issue.value;
    return unreachable(status, `The issue was created in "${status.name}": ${metadata.problem.detail}`);
  }
  // Edited while it was on its way: from the walk's begin on, an edit is sent by itself.
  const present = await ports.db.item.findUnique({
    where: { id: claimed.item.id },
    select: { status: true },
  });
  const moved = await moveIssue(
    {
      jira,
      learned: () => ports.metadata.learnedSteps(place),
      learn: (from, to) => ports.metadata.learn(place, from, to),
    },
    {
      issue: issue.value,
      mapping: mappingSchema.parse(claimed.adapter.mapping),
      workflow: toWorkflowShape(claimed.item.workflow),
      itemStatus: present?.status ?? claimed.item.status,
      statuses: metadata.value.statuses,
    },
  );
  const { status } = moved.issue;
  return moved.arrived ? { status, warnings: [] } : unreachable(status, moved.why);
}

async function isActive(ports: PushPorts, adapterId: string): Promise<boolean> {
  const adapter = await ports.db.adapter.findUnique({
    where: { id: adapterId },
    include: { ...adapterInclude, grant: true },
  });
  // A revoked grant is known a moment before its adapters say so.
  if (adapter?.grant?.state !== 'active') return false;
  return effectiveState(adapter.state, adapter.pauseReason, toPlan(adapter.project)).state === 'active';
}

const lostAdapter: Problem = { code: 'adapter_not_active', detail: 'The adapter lost its Jira project.' };
