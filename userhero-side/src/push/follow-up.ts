import { recordActivity } from '../activity/record-activity.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { OpenJira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import { observedIssue } from '../reconcile/observe-issue.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { issueUrl } from '../store/views.ts';

export type FollowUpPorts = {
  db: PrismaClient;
  openJira: OpenJira;
  publicUrl: string;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
};

/**
 * What follows a push and nobody waits for: the remote link back to the item, and a second look at the issue, so
 * that a change made in Jira while the push was under way is not missed and our own steps count as seen.
 */
export async function followUpPush(ports: FollowUpPorts, referenceId: string): Promise<Outcome<null>> {
  const reference = await ports.db.externalReference.findUnique({
    where: { id: referenceId },
    include: { item: true, adapter: true },
  });
  if (!reference?.adapter.grantId || reference.adapter.cloudId !== reference.cloudId) return success(null);
  const jira = ports.openJira(reference.adapter.grantId, reference.cloudId);
  const issue = await jira.readIssue(reference.issueId, { history: true });
  if (!issue.ok) return issue;
  await ports.insertDeliveries([observedIssue(reference.adapterId, issue.value)]);

  const linked = await jira.linkBack(reference.issueId, {
    globalId: `userhero-item=${reference.itemId}`,
    url: `${ports.publicUrl}/items/${reference.itemId}`,
    title: reference.item.title.slice(0, 255),
  });
  if (
    linked.ok ||
    linked.problem.code === 'jira_unavailable' ||
    linked.problem.code === 'jira_rate_limited'
  ) {
    return linked;
  }
  // Refused for good: the issue stays as it is, and the activity says what is missing.
  await recordActivity(ports.db, {
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    kind: 'push_warning',
    summary: `The link back to the item could not be added in Jira: ${linked.problem.detail}`,
    reason: 'remote_link_failed',
    actor: 'UserHero',
    item: { id: reference.itemId, title: reference.item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
  return success(null);
}
