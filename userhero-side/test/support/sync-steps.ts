import type { RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import type { SaveSync } from '@userhero/shared/sync/settings.ts';
import { until } from './call.ts';
import type { Harness } from './harness.ts';
import { bodyOf, connectJira, type JiraIssue } from './steps.ts';

/** A connected workflow whose things are synced as given, and whose webhook sends them. */
export async function connectSynced(harness: Harness, sync: SaveSync) {
  const connected = await connectJira(harness);
  const { id } = connected.adapter;
  await saveSync(harness, id, sync);
  await until('the webhook that sends them', async () => {
    const path = `/api/adapters/${id}/registered-webhook`;
    return bodyOf(await harness.robin<RegisteredWebhook>('GET', path)).covers;
  });
  return connected;
}

/** Chooses how things are synced. */
export async function saveSync(harness: Harness, adapterId: string, sync: SaveSync): Promise<void> {
  bodyOf(await harness.robin('PUT', `/api/adapters/${adapterId}/sync`, sync));
}

/** Edits an issue as a person would in Jira. */
export async function editInJira(
  harness: Harness,
  key: string,
  fields: {
    summary?: string;
    description?: string;
    priority?: string;
    labels?: string[];
    resolution?: string;
    assignee?: string;
  },
): Promise<void> {
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/edit`, { site: 'acme', ...fields }));
}

/** Waits until nothing is left to be done: no event, no visit, no job. */
export async function calm(harness: Harness): Promise<void> {
  const { prisma } = harness.database;
  await until('everything being carried out', async () => {
    const waiting = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
        AND name IN ('push-follow-up', 'send-change', 'reconcile')
      UNION ALL SELECT 1 FROM sync_visit WHERE due_at IS NOT NULL AND due_at <> 'infinity'
      UNION ALL SELECT 1 FROM delivery WHERE state = 'pending'
      UNION ALL SELECT 1 FROM push WHERE state IN ('pending', 'running')`;
    return waiting.length === 0;
  });
}

/** How often Jira was asked to edit an issue. */
export function editsOf(issue: Pick<JiraIssue, 'changes'>, field: string): number {
  return issue.changes.filter(({ items }) => items.some((item) => item.field === field)).length;
}
