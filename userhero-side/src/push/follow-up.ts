import { ranks } from '@userhero/shared/limits/rank.ts';
import { followUpPoints } from '@userhero/shared/limits/units.ts';
import { toSummary } from '@userhero/shared/sync/summary/summary.ts';
import type pg from 'pg';
import { recordActivity } from '../activity/record-activity.ts';
import { connectionInclude, siteConnectionOf } from '../adapters/connection.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import { type Points, withPoints } from '../limits/with-points.ts';
import { comesBack, failure, type Outcome, success, toProblemText } from '../outcome.ts';
import type { Prisma, PrismaClient } from '../store/generated/client.ts';
import { issueUrl } from '../store/views.ts';
import { settleMove } from './move-lease.ts';

export type FollowUpPorts = {
  db: PrismaClient;
  pool: pg.Pool;
  openJira: OpenJira;
  points: Points;
  now(): Date;
  publicUrl: string;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
};

/**
 * What follows a push and nobody waits for: the remote link back to the item, and the end of a move over several steps,
 * after which events of the issue are applied.
 *
 * @param movingBy whose move is to be ended; `null` where the push has ended it
 */
export async function followUpPush(
  ports: FollowUpPorts,
  referenceId: string,
  movingBy: string | null,
): Promise<Outcome<null>> {
  const reference = await ports.db.externalReference.findUnique({
    where: { id: referenceId },
    include: { item: true, adapter: { include: connectionInclude } },
  });
  const site = reference ? siteConnectionOf(reference.adapter) : null;
  if (!reference || !site?.ok || site.value.cloudId !== reference.cloudId) return success(null);
  const { organizationId, cloudId } = reference;
  const { grantId } = site.value;
  const whose = { kind: 'push-follow-up', subjectId: referenceId, organizationId, cloudId };
  return withPoints(
    ports,
    { ...whose, rank: ranks.followUp, points: followUpPoints },
    async (allowance) =>
      followUp(ports, await ports.openJira(grantId, cloudId, allowance), reference, movingBy),
    async (problem) => failure(problem),
  );
}

type Followed = Prisma.ExternalReferenceGetPayload<{ include: { item: true } }>;

async function followUp(
  ports: FollowUpPorts,
  jira: Jira,
  reference: Followed,
  movingBy: string | null,
): Promise<Outcome<null>> {
  if (movingBy !== null) {
    const settled = await settleMove(ports, jira, reference, movingBy);
    if (!settled.ok) return settled;
  }

  const linked = await jira.linkBack(reference.issueId, {
    globalId: `userhero-item=${reference.itemId}`,
    url: `${ports.publicUrl}/items/${reference.itemId}`,
    title: toSummary(reference.item.title).text,
  });
  if (linked.ok || comesBack(linked.problem)) return linked;
  // Refused for good: the issue stays as it is, and the activity says what is missing.
  await recordActivity(ports.db, {
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    code: 'remote_link_failed',
    values: { problem: toProblemText(linked.problem) },
    reason: 'remote_link_failed',
    actor: 'UserHero',
    item: { id: reference.itemId, title: reference.item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
  return success(null);
}
