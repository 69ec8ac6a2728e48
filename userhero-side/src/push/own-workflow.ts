import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';

/**
 * The workflow that an issue is moved through. It is that of its own project and type: an issue that was linked may have
 * another one than the adapter's, and both may be changed in Jira at any time.
 *
 * @returns the connection as it holds there, and the statuses in the workflow's order
 */
export async function ownWorkflow(
  metadata: Pick<MetadataSource, 'statuses'>,
  jira: Jira,
  connection: Connection,
  { projectId, issueTypeId }: Pick<JiraIssue, 'projectId' | 'issueTypeId'>,
): Promise<JiraAnswer<{ connection: Connection; statuses: JiraStatus[] }>> {
  const { place } = connection;
  const own = { ...place, projectId, issueTypeId: issueTypeId ?? place.issueTypeId };
  const statuses = await metadata.statuses(jira, own);
  if (!statuses.ok) return statuses;
  return { ok: true, value: { connection: { ...connection, place: own }, statuses: statuses.value } };
}
