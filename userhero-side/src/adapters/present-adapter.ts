import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { reasonText } from '@userhero/shared/health/health-text.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { z } from 'zod';
import type { Db } from '../store/db.ts';
import { type AdapterRow, issueUrl } from '../store/views.ts';
import { readWaitOfAdapter } from '../store/waiting.ts';
import { stateOf } from './adapter-state.ts';
import { failedCheckOf } from './note-connection.ts';

/** What to do while Jira refuses the connection itself. */
function refusalOf(row: AdapterRow): string | null {
  if (!row.refusedSince) return null;
  const detail = failedCheckOf(row)?.detail;
  const { message, remedy } = reasonText('jira_refuses', detail === undefined ? {} : { detail });
  return `${message} ${remedy}`;
}

/** An adapter as the API shows it, with what its work waits for. */
export async function presentAdapter(db: Db, row: AdapterRow): Promise<Adapter> {
  // In any other state it waits for something else, which its remedy says.
  return toAdapter(row, row.state === 'active' ? await readWaitOfAdapter(db, row.id) : null);
}

/** The same where nobody asks what waits. */
export function toAdapter(row: AdapterRow, waiting: Adapter['waiting'] = null): Adapter {
  const { state, pauseReason } = stateOf(row);
  return {
    id: row.id,
    projectId: row.projectId,
    workflowId: row.workflowId,
    workflowName: row.workflow.name,
    kind: 'jira',
    state,
    pauseReason,
    remedy: adapterStateText('en', { state, pauseReason }).remedy ?? refusalOf(row),
    account: row.grant ? { accountId: row.grant.accountId, name: row.grant.accountName } : null,
    site:
      row.cloudId && row.siteName && row.siteUrl
        ? { cloudId: row.cloudId, name: row.siteName, url: row.siteUrl }
        : null,
    jiraProject:
      row.jiraProjectId && row.jiraProjectKey && row.jiraProjectName && row.siteUrl
        ? {
            id: row.jiraProjectId,
            key: row.jiraProjectKey,
            name: row.jiraProjectName,
            url: issueUrl(row.siteUrl, row.jiraProjectKey),
          }
        : null,
    issueType: row.issueTypeId && row.issueTypeName ? { id: row.issueTypeId, name: row.issueTypeName } : null,
    fixedFields: z.record(z.string(), z.unknown()).parse(row.fixedFields),
    sendChanges: row.sendChanges,
    referenceCount: row._count.references,
    waiting,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
