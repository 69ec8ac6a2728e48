import type { ConnectionFacts } from './connection.ts';

type Column = Exclude<keyof ConnectionFacts, 'project' | 'workflow' | 'grant'>;

/** Where each fact stands. A fact that is added to the type has to be added here. */
const columns: Record<Column, string> = {
  id: 'id',
  state: 'state',
  pauseReason: 'pause_reason',
  grantId: 'grant_id',
  cloudId: 'cloud_id',
  siteUrl: 'site_url',
  jiraProjectId: 'jira_project_id',
  jiraProjectKey: 'jira_project_key',
  issueTypeId: 'issue_type_id',
  fixedFields: 'fixed_fields',
  sendChanges: 'send_changes',
  sync: 'sync',
  mapping: 'mapping',
};

const own = Object.entries(columns).map(([name, column]) => `'${name}', a.${column}`);

/** The tables that `connectionJson` reads, joined to an item `i`. */
export const connectionTables = `
  JOIN workflow w ON w.id = i.workflow_id
  JOIN project p ON p.id = w.project_id
  LEFT JOIN adapter a ON a.workflow_id = w.id
  LEFT JOIN "grant" g ON g.id = a.grant_id`;

/**
 * What a connection is made of, as one JSON value within a statement that has to read it beside other things; null where
 * the workflow has no adapter. The tables are those of `connectionTables`.
 */
export const connectionJson = `CASE WHEN a.id IS NOT NULL THEN jsonb_build_object(
    ${own.join(', ')},
    'project', jsonb_build_object('plan', p.plan, 'organizationId', p.organization_id),
    'workflow', jsonb_build_object('kind', w.kind, 'statuses', w.statuses),
    'grant', CASE WHEN g.id IS NOT NULL THEN jsonb_build_object(
      'accountId', g.account_id, 'accountName', g.account_name, 'state', g.state) END) END`;
