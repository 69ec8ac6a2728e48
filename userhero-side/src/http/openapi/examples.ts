import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { Adapter, AdapterStarted, ChooseProject, Site } from '@userhero/shared/contracts/adapter.ts';
import type { StartBulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { DeliveryAnswer, DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import type { ExternalReference, Item, PatchItem, Push } from '@userhero/shared/contracts/item.ts';
import type { LinkIssue, LinkPreview } from '@userhero/shared/contracts/link.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { ProblemDocument } from '@userhero/shared/contracts/problem.ts';
import type { CreateWorkflow, Workflow } from '@userhero/shared/contracts/project.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';

/** The example of a schema of the document, by its name. Each is read by its schema in a test. */
export function exampleOf(name: string): unknown {
  return examples[name];
}

const itemId = '019a8f4e-5b1c-7d3a-9f21-6c0e8a4b2d17';
const workflowId = '019a8f4d-0c52-7a86-8e4f-3b9d1f7a6c05';
const projectId = '019a8f4c-91e7-7b40-a5d3-0f6e2c8b4a93';
const adapterId = '019a8f50-2a6d-7c19-b8e2-5d4f9a1c7e60';
const pushId = '019a8f53-7e04-7f5b-8a96-1c3d7b0e9f42';
const createdAt = '2026-11-27T09:30:00.000Z';
const updatedAt = '2026-11-27T10:05:12.000Z';

const reference: ExternalReference = {
  provider: 'jira',
  key: 'SHOP-12',
  url: 'https://acme.atlassian.net/browse/SHOP-12',
  jiraStatus: 'In Progress',
  state: 'active',
  holds: [],
};

const push: Push = {
  id: pushId,
  itemId,
  state: 'succeeded',
  statusUrl: `/api/pushes/${pushId}`,
  reference,
  warnings: [],
  failure: null,
  waiting: null,
  createdAt,
};

const mapping: Mapping = {
  outbound: {
    open: { category: 'new', jiraStatusId: null },
    'in-progress': { category: 'indeterminate', jiraStatusId: null },
    resolved: { category: 'done', jiraStatusId: '10002' },
    closed: { category: 'done', jiraStatusId: null },
  },
  inbound: {
    new: { status: 'open', byName: false },
    indeterminate: { status: 'in-progress', byName: false },
    done: { status: 'resolved', byName: false },
  },
  overrides: [{ jiraStatusId: '10105', status: 'closed' }],
  priorities: { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Highest' },
  resolutions: { closed: '10001' },
  resolutionOverrides: [{ resolutionId: '10001', status: 'closed' }],
  inboundPriorities: [{ jiraPriorityId: '5', priority: 'low' }],
};

const examples: Record<string, unknown> = {
  Activity: {
    id: '48211',
    at: updatedAt,
    kind: 'inbound_applied',
    summary: 'Status changed from Open to In Progress: Jira moved the issue to "In Progress"',
    code: 'status_changed',
    values: { from: 'Open', to: 'In Progress', jiraStatus: 'In Progress' },
    reason: 'category',
    actor: '5b10a2844c20165700ede21f',
    adapterId,
    itemId,
    itemTitle: 'Search ignores umlauts',
    issueKey: 'SHOP-12',
    issueUrl: reference.url,
    eventId: '90417',
  } satisfies Activity,
  AdapterStarted: {
    id: adapterId,
    state: 'authorizing',
    authorizeUrl: 'https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=…&state=…',
  } satisfies AdapterStarted,
  Adapter: {
    id: adapterId,
    projectId,
    workflowId,
    workflowName: 'Issues',
    kind: 'jira',
    state: 'active',
    pauseReason: null,
    remedy: null,
    account: { accountId: '5b10a2844c20165700ede21f', name: 'Ada Lovelace' },
    site: {
      cloudId: '11223344-a1b2-3b33-c444-def123456789',
      name: 'acme',
      url: 'https://acme.atlassian.net',
    },
    jiraProject: {
      id: '10000',
      key: 'SHOP',
      name: 'Web shop',
      url: 'https://acme.atlassian.net/browse/SHOP',
    },
    issueType: { id: '10001', name: 'Task' },
    fixedFields: {},
    sendChanges: false,
    referenceCount: 31,
    waiting: null,
    createdAt,
    updatedAt,
  } satisfies Adapter,
  ApplyMapping: { version: 4 },
  ChooseProject: { projectId: '10000', issueTypeId: '10001' } satisfies ChooseProject,
  ChooseSite: { cloudId: '11223344-a1b2-3b33-c444-def123456789' },
  CreateAdapter: { kind: 'jira', workflowId },
  CreateItem: {
    title: 'Search ignores umlauts',
    description: 'Searching for **Müller** finds nobody.',
    priority: 'high',
  },
  CreateWorkflow: { name: 'Issues', kind: 'issues' } satisfies CreateWorkflow,
  DeliveryAnswer: { outcome: 'accepted' } satisfies DeliveryAnswer,
  Event: {
    id: '90417',
    receivedAt: updatedAt,
    state: 'applied',
    sender: 'registered',
    issueKey: 'SHOP-12',
    jiraStatus: 'In Progress',
    itemId,
    rule: 'category',
    attempts: 1,
    error: null,
  } satisfies DeliveryEvent,
  ExternalReference: reference,
  Item: {
    id: itemId,
    workflowId,
    projectId,
    title: 'Search ignores umlauts',
    description: 'Searching for **Müller** finds nobody.',
    status: 'in-progress',
    priority: 'high',
    labels: ['checkout'],
    version: 3,
    createdAt,
    updatedAt,
    externalReferences: [reference],
    latestPush: push,
    waiting: { for: 'quota', until: '2026-11-28T14:00:00.000Z' },
  } satisfies Item,
  LinkIssue: { issue: 'SHOP-12', winner: 'jira' } satisfies Partial<LinkIssue>,
  LinkPreview: {
    issueKey: 'SHOP-12',
    summary: 'Search ignores umlauts',
    jiraStatus: 'In Progress',
    itemStatus: 'open',
    itemStatusIfJiraWins: 'in-progress',
    jiraStatusIfUserHeroWins: 'To Do',
  } satisfies LinkPreview,
  Mapping: mapping,
  MappingDocument: {
    mapping,
    version: 4,
    isDefault: false,
    updatedAt,
    updatedBy: 'Robin Meyer',
  } satisfies MappingDocument,
  PatchItem: { status: 'resolved', version: 3 } satisfies PatchItem,
  Problem: {
    type: 'https://userhero.co/problems/adapter_not_active',
    title: 'The Jira adapter is not active',
    status: 409,
    code: 'adapter_not_active',
    detail: 'The Jira adapter of this workflow is paused.',
    remedy: 'Resume the adapter in Settings → Sync Adapters.',
    requestId: '019a8f55-4b7e-7c28-9d10-8f2a6e5c3b71',
  } satisfies ProblemDocument,
  Push: push,
  SaveMapping: { mapping, version: 4 },
  Site: {
    cloudId: '11223344-a1b2-3b33-c444-def123456789',
    name: 'acme',
    url: 'https://acme.atlassian.net',
  } satisfies Site,
  StartBulkPush: { filter: { status: 'open', priority: 'urgent' } } satisfies StartBulkPush,
  Workflow: {
    id: workflowId,
    projectId,
    name: 'Issues',
    kind: 'issues',
    statuses: [
      { slug: 'open', name: 'Open' },
      { slug: 'in-progress', name: 'In Progress' },
      { slug: 'resolved', name: 'Resolved' },
      { slug: 'closed', name: 'Closed' },
    ],
    itemCount: 214,
  } satisfies Workflow,
};
