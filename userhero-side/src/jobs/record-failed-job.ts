import { recordActivity } from '../activity/record-activity.ts';
import { comesBack, type Problem, toProblemText } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { issueUrl } from '../store/views.ts';

/** A job about one linked item ended for good: its activity says what was left undone, and why. */
export async function recordUnfinished(
  ports: { db: PrismaClient },
  which: { id: string } | { itemId: string },
  code: 'push_unfinished' | 'change_failed',
  problem: Problem,
): Promise<void> {
  if (comesBack(problem)) return;
  const reference = await ports.db.externalReference.findUnique({ where: which, include: { item: true } });
  if (!reference) return;
  await recordActivity(ports.db, {
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    code,
    values: { problem: toProblemText(problem) },
    reason: problem.code,
    actor: 'UserHero',
    item: { id: reference.itemId, title: reference.item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
}

/** The webhook could not be registered or renewed. */
export async function recordWebhookFailed(
  ports: { db: PrismaClient },
  adapterId: string,
  problem: Problem,
): Promise<void> {
  if (comesBack(problem)) return;
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: { project: true } });
  if (!adapter) return;
  await recordActivity(ports.db, {
    organizationId: adapter.project.organizationId,
    adapterId,
    code: 'webhook_failed',
    values: { problem: toProblemText(problem) },
    reason: problem.code,
    actor: 'UserHero',
  });
}
