import { recordActivity } from '../activity/record-activity.ts';
import type { ConnectionRow } from '../adapters/connection.ts';
import type { FoundProject } from '../jira/find-project.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';

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
  const sentences = [whatStateMeans(adapter, now), whatWasRenamed(before, now)].filter((one) => one !== null);
  if (sentences.length === 0) return;
  await inTransaction(ports.db, async (tx) => {
    const { count } = await tx.adapter.updateMany({
      where: { id: adapter.id, jiraProjectId: adapter.jiraProjectId, ...before },
      data: now,
    });
    if (count === 0) return;
    await recordActivity(
      tx,
      ...sentences.map((summary) => ({
        organizationId: adapter.project.organizationId,
        adapterId: adapter.id,
        kind: 'jira_project_changed' as const,
        summary,
        reason: now.jiraProjectState === 'live' ? null : `project_${now.jiraProjectState}`,
        actor: 'UserHero',
      })),
    );
    await ports.queueWebhook(tx, adapter.id);
  });
}

type Shown = { jiraProjectKey: string | null; jiraProjectName: string | null; jiraProjectState: string };

function whatStateMeans(adapter: ConnectionRow, now: Shown): string | null {
  if (now.jiraProjectState === adapter.jiraProjectState) return null;
  const project = `Jira project ${now.jiraProjectKey}`;
  switch (now.jiraProjectState) {
    case 'not_visible':
      return `The connected account does not see the ${project}; the linked items stay as they are`;
    case 'deleted':
      return `The ${project} was deleted; the linked items stay as they are`;
    case 'archived':
      return `The ${project} was archived: its issues can be read only`;
    default:
      return `The ${project} is ${adapter.jiraProjectState === 'not_visible' ? 'visible' : 'active'} again`;
  }
}

function whatWasRenamed(before: Shown, now: Shown): string | null {
  if (before.jiraProjectKey === now.jiraProjectKey && before.jiraProjectName === now.jiraProjectName)
    return null;
  const named = (shown: Shown): string => `${shown.jiraProjectName} (${shown.jiraProjectKey})`;
  return `The Jira project ${named(before)} is now ${named(now)}`;
}
