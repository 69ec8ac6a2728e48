import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { FoundProject } from '../jira/find-project.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { ConnectionRow } from './connection.ts';

export type FollowPorts = {
  db: PrismaClient;
  /** Queues the registration of the webhook that covers the adapter's project, within the transaction. */
  queueWebhook(tx: Db, adapterId: string): Promise<void>;
};

/**
 * Takes over how Jira shows the adapter's project now: its key and name, and whether it is live, archived, in the
 * trash, or not shown to the connected account. Each change is told once, whoever finds it first.
 *
 * @param found `null` where Jira shows the project in no state
 */
export async function followProject(
  ports: FollowPorts,
  adapter: ConnectionRow,
  found: FoundProject | null,
): Promise<void> {
  const before = {
    jiraProjectKey: adapter.jiraProjectKey,
    jiraProjectName: adapter.jiraProjectName,
    jiraProjectState: adapter.jiraProjectState,
  };
  const now = found
    ? { jiraProjectKey: found.key, jiraProjectName: found.name, jiraProjectState: found.state }
    : { ...before, jiraProjectState: 'not_visible' };
  const changes = whatChanged(before, now);
  if (changes.length === 0) return;
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.adapter.updateMany({
      where: { id: adapter.id, jiraProjectId: adapter.jiraProjectId, ...before },
      data: now,
    });
    if (count === 0) return;
    await recordActivity(
      tx,
      ...changes.map((change) => ({
        ...change,
        organizationId: adapter.project.organizationId,
        adapterId: adapter.id,
        reason: now.jiraProjectState === 'live' ? null : `project_${now.jiraProjectState}`,
        actor: 'UserHero',
      })),
    );
    await ports.queueWebhook(tx, adapter.id);
  });
}

type Shown = { jiraProjectKey: string | null; jiraProjectName: string | null; jiraProjectState: string };

function whatChanged(before: Shown, now: Shown): ActivityFact[] {
  const [from, to] = [nameAndKey(before), nameAndKey(now)];
  const isRenamed = from.key !== to.key || from.name !== to.name;
  return [
    ...(now.jiraProjectState === before.jiraProjectState
      ? []
      : [
          {
            code: 'project_state_changed' as const,
            values: { key: now.jiraProjectKey, from: before.jiraProjectState, to: now.jiraProjectState },
          },
        ]),
    ...(isRenamed ? [{ code: 'project_renamed' as const, values: { from, to } }] : []),
  ];
}

function nameAndKey({ jiraProjectName, jiraProjectKey }: Shown) {
  return { name: jiraProjectName, key: jiraProjectKey };
}
