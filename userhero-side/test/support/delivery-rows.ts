import type { DeliveryRow, PositionRow } from '../../src/inbound/delivery-store.ts';

/** A linked item that Jira has told nothing of yet, as the worker reads it. */
export const positionRow: PositionRow = {
  referenceId: 'reference-1',
  organizationId: 'organization-1',
  cloudId: 'cloud-1',
  siteUrl: 'https://acme.atlassian.net',
  jiraProjectId: '10000',
  issueKey: 'SHOP-1',
  referenceState: 'active',
  knownStatusId: null,
  knownStatusName: null,
  knownStatusCategory: null,
  lastChangelogId: null,
  lastChangedAtMs: null,
  lastWithoutIdAtMs: null,
  lastReadAtMs: null,
  lastReceivedAtMs: null,
  agreedStatus: null,
  statusApart: null,
  walk: null,
  deletionTold: false,
  isMoving: false,
  itemId: 'item-1',
  itemTitle: 'Cart total is wrong',
  /** At none of the workflow's statuses. */
  itemStatus: '',
  adapterId: 'adapter-1',
};

/** An event of its issue that names no status. */
export const deliveryRow: DeliveryRow = {
  id: 1n,
  referenceId: 'reference-1',
  sender: 'webhook',
  kind: 'updated',
  issueKey: 'SHOP-1',
  projectId: '10000',
  statusId: null,
  statusName: null,
  statusCategory: null,
  changelogId: '20001',
  changedAtMs: 1_764_000_000_000,
  receivedAtMs: 1_764_000_000_100,
  readBeganAtMs: null,
  actor: 'account-1',
  attempts: 0,
  touched: 0,
};
