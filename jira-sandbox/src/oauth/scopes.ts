/** Jira's classic OAuth scopes, in the words of Atlassian's consent page. */
export const scopeWords: Record<string, string> = {
  'read:jira-work': 'View Jira issue data: projects, issues, comments and their history',
  'write:jira-work': 'Create and edit issues in Jira, post comments, create links',
  'read:jira-user': 'View user profiles',
  'manage:jira-webhook': 'Manage Jira webhooks: register, list, refresh and delete its own',
  'report:personal-data': 'Report which Atlassian accounts the app keeps personal data of',
  'manage:jira-project': 'Manage project settings',
  'manage:jira-configuration': 'Manage Jira global settings',
  'read:me': 'View your Atlassian profile',
  offline_access: 'Stay connected while you are away',
};
