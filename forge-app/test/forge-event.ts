/** An event as Forge hands it to a trigger, in the form that its documentation shows. */
export const forgeEvent = {
  eventType: 'avi:jira:updated:issue',
  issue: {
    id: '10042',
    key: 'SHOP-7',
    fields: {
      summary: 'Card of Ada Lovelace is refused',
      issuetype: { id: '10001', name: 'Bug' },
      creator: { accountId: 'creator-1' },
      reporter: { accountId: 'reporter-1' },
      assignee: { accountId: 'assignee-1' },
      created: '2026-11-20T10:00:00.000+0000',
      updated: '2026-11-24T10:00:00.000+0000',
      project: { id: '10000', key: 'SHOP', name: 'Shop' },
      status: {
        id: '3',
        name: 'In Progress',
        statusCategory: { id: 4, key: 'indeterminate', name: 'In Progress' },
      },
    },
  },
  atlassianId: 'account-1',
  changelog: {
    items: [
      {
        field: 'assignee',
        fieldId: 'assignee',
        from: null,
        fromString: null,
        to: 'assignee-1',
        toString: 'Ada',
      },
      {
        field: 'status',
        fieldId: 'status',
        from: '1',
        fromString: 'To Do',
        to: '3',
        toString: 'In Progress',
      },
    ],
  },
  associatedUsers: [{ accountId: 'assignee-1' }],
  context: { cloudId: 'cloud-1', moduleKey: 'issue-updated' },
};
