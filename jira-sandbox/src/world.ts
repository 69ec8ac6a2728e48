import type { FaultRule } from './faults/fault-rule.ts';
import type { ForgeState } from './forge-host/forge-state.ts';
import type { CustomField } from './issues/field-kind.ts';
import type { LimitSettings } from './limits/limit-settings.ts';
import type { AccessToken, AuthorizationCode, Grant, RefreshToken } from './oauth/oauth-state.ts';
import type { PersonalDataState } from './personal-data/personal-data-state.ts';
import type { AutomationRule, HttpMethod } from './webhooks/automation-rule.ts';
import type { TypeWorkflow, Workflow } from './workflows/workflow.ts';

/** The whole state of the local Jira: plain data, saved as one JSON file. */

/** Jira's stable status category keys; their names are translated, these are not. */
export type CategoryKey = 'undefined' | 'new' | 'indeterminate' | 'done';

export type Account = {
  accountId: string;
  displayName: string;
  emailAddress: string;
  timeZone: string;
  locale: string;
  /** An administrator may do everything everywhere; a member may browse, create, edit and move. */
  role: 'admin' | 'member';
  /** An installed app's own account; nobody signs in as it. */
  kind?: 'app';
  /** False: deactivated by an administrator; its tokens are refused. */
  active?: boolean;
  /** The person closed the account: Jira shows "Former user" for ever. */
  closed?: boolean;
};

export type Status = {
  id: string;
  name: string;
  category: CategoryKey;
  description: string;
  /** The team-managed project that owns the status; company-managed statuses are shared by the site. */
  projectId?: string;
};

/** Why an issue is done; Jira shows an issue with one as resolved. */
export type Resolution = { id: string; name: string };

export type Priority = { id: string; name: string; color: string; icon: string };

export type IssueType = {
  id: string;
  name: string;
  description: string;
  subtask: boolean;
  hierarchyLevel: number;
  projectId?: string;
};

/** The project itself has the workflow of every issue type that no other workflow names. */
export type Project = Workflow & {
  id: string;
  key: string;
  /** Keys of before the project was given another one; Jira still finds it by them. */
  formerKeys?: string[];
  /** Absent: live. Archived ones can be read by id and key; deleted ones lie in the trash for 60 days. */
  state?: 'archived' | 'deleted';
  name: string;
  description: string;
  style: 'classic' | 'next-gen';
  leadId: string;
  issueTypeIds: string[];
  typeWorkflows?: TypeWorkflow[];
  priorityIds: string[];
  defaultPriorityId: string;
  /** Field ids on the create screen besides project and issue type, which are always there. */
  createScreen: string[];
  /** The screens of some issue types; what is absent there is as for the others. */
  typeScreens?: { issueTypeIds: string[]; create?: string[]; edit?: string[] }[];
  /** Field ids on the edit screen besides the assignee; the create screen's where absent. */
  editScreen?: string[];
  requiredFields: string[];
  components?: { id: string; name: string }[];
  versions?: { id: string; name: string }[];
  /** Where an account may more or less than its role says: by account id, then permission key. */
  permissions: Record<string, Record<string, boolean>>;
  nextNumber: number;
};

export type ChangeItem = {
  field: string;
  fieldtype: 'jira' | 'custom';
  /** Jira leaves it out where the item is of no field. */
  fieldId?: string;
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
};

export type Change = { id: string; authorId: string; at: number; items: ChangeItem[] };

export type Comment = { id: string; authorId: string; at: number; body: AdfDocument };

export type RemoteLink = {
  id: number;
  globalId?: string;
  application?: Record<string, unknown>;
  relationship?: string;
  object: { url: string; title: string } & Record<string, unknown>;
};

/** Atlassian Document Format; see developer.atlassian.com/cloud/jira/platform/apis/document/structure. */
export type AdfNode = {
  type: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: AdfNode[];
};
export type AdfDocument = AdfNode & { type: 'doc'; version: number; content: AdfNode[] };

export type Issue = {
  id: string;
  key: string;
  /** Keys of before the issue moved to another project; Jira still finds it by them. */
  formerKeys: string[];
  projectId: string;
  issueTypeId: string;
  statusId: string;
  statusChangedAt: number;
  priorityId: string | null;
  summary: string;
  description: AdfDocument | null;
  creatorId: string;
  reporterId: string;
  assigneeId: string | null;
  parentId: string | null;
  labels: string[];
  resolutionId: string | null;
  /** When the resolution was set. */
  resolvedAt: number | null;
  custom: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
  properties: Record<string, unknown>;
  remoteLinks: RemoteLink[];
  comments: Comment[];
  changes: Change[];
  /** The accounts of the issue's security level; absent or null: everybody who browses the project. */
  visibleTo?: string[] | null;
};

export type WebhookEventName =
  | 'jira:issue_created'
  | 'jira:issue_updated'
  | 'jira:issue_deleted'
  | 'comment_created'
  | 'issue_property_set'
  | 'issue_property_deleted';

/** A webhook of Settings → System → WebHooks. */
export type AdminWebhook = {
  id: string;
  name: string;
  url: string;
  secret: string;
  events: WebhookEventName[];
  jqlFilter: string;
  enabled: boolean;
};

/** A webhook that an OAuth app registered through REST; it expires after 30 days unless refreshed. */
export type DynamicWebhook = {
  id: number;
  clientId: string;
  accountId: string;
  url: string;
  events: string[];
  jqlFilter: string;
  /** Of `jira:issue_updated`, only changes of one of these fields; absent: all. */
  fieldIdsFilter?: string[];
  /** Of `issue_property_set` and `_deleted`, only these properties; absent: all. */
  issuePropertyKeysFilter?: string[];
  expiresAt: number;
};

export type Site = {
  slug: string;
  cloudId: string;
  name: string;
  categoryNames: Record<CategoryKey, string>;
  /** In their order; the first is what Jira's own workflows set. */
  resolutions: Resolution[];
  statuses: Status[];
  priorities: Priority[];
  issueTypes: IssueType[];
  customFields: CustomField[];
  projects: Project[];
  issues: Record<string, Issue>;
  nextIssueId: number;
  nextChangeId: number;
  nextCommentId: number;
  nextLinkId: number;
  webhooks: AdminWebhook[];
  dynamicWebhooks: DynamicWebhook[];
  rules: AutomationRule[];
  nextWebhookId: number;
  /** Names that the site had in its address before; they redirect to the present one. */
  formerSlugs?: string[];
  /** The name in the links of events, where that still is an older one. */
  eventSlug?: string;
  /** An administrator's access rule for OAuth apps: none at all, or not these projects. */
  appAccess?: { blocked: boolean; projectIds: string[] };
  /** Issues that were deleted lately: a search index that lags still finds them. */
  deletedIssues?: { issue: Issue; at: number }[];
  /** Issues whose reading fails for a passing reason. */
  readFailures?: ReadFailure[];
};

/** Bulk fetch answers these issues in `issueErrors`, for some more calls that ask for any of them. */
export type ReadFailure = { issueIds: string[]; calls: number; message: string };

export type DeliveryAttempt = {
  at: number;
  status: number | null;
  error: string | null;
  durationMs: number;
  /** What a refusal said, as an automation rule's audit log shows it. */
  answer?: string;
};

export type Delivery = {
  id: string;
  /** X-Atlassian-Webhook-Identifier: the same for all tries. */
  identifier: string;
  siteSlug: string;
  source: 'webhook' | 'post_function' | 'dynamic' | 'automation';
  /** How it is sent; Jira's webhooks always POST, an automation rule as it says. */
  method?: HttpMethod;
  sourceId: string;
  sourceName: string;
  url: string;
  event: string;
  issueKey: string;
  headers: Record<string, string>;
  secret: string;
  body: string;
  createdAt: number;
  nextAttemptAt: number;
  attempts: DeliveryAttempt[];
  /** `held` waits for somebody to release it. */
  state: 'pending' | 'held' | 'delivered' | 'failed';
};

export type Settings = {
  searchLagMs: number;
  accessTokenSeconds: number;
  codeSeconds: number;
  reuseIntervalSeconds: number;
  refreshIdleDays: number;
  retryBaseMs: number;
  maxDeliveryAttempts: number;
  deliveryTimeoutMs: number;
  /** How late everything is that Jira sends, Forge's events too. */
  deliveryDelayMs: number;
  /** How much later webhooks are; more than 30 s makes them Jira's secondary flow. */
  webhookDelayMs: number;
  /** How much later automation rules run. */
  automationDelayMs: number;
  /** New webhooks and web requests wait until they are released. */
  holdDeliveries: boolean;
  /** How far the sites' clocks are ahead, negative when they are behind. */
  clockSkewMs: number;
  /** 0…1 of the deliveries that are sent twice. */
  deliveryDuplicates: number;
  /** How many deliveries are collected and shuffled before they go out; 0 or 1 keeps the order. */
  deliveryReorderWindow: number;
  faultSeed: number;
  /** What Jira's limit of a rich text counts; Atlassian does not say. */
  adfLimitCounts: 'text' | 'markup';
  /** What Jira does with half surrogate pairs and control characters in texts; Atlassian does not say. */
  oddCharacters: 'taken' | 'refused';
  /** Whether bulk fetch names the issues that it does not show. Atlassian's document says that it does not. */
  bulkFetchErrors: 'omitted' | 'listed';
  /** How a person without the permission is refused: the document says 400, sites answer 403 as well. */
  refusalStatus: 400 | 403;
  /** How an edit is refused in a read-only status: as a whole, or field by field as sites do too. */
  readOnlyRefusal: 'issue' | 'fields';
  /** The order of `issues` in the answer of a bulk create; Atlassian does not promise the request's. */
  bulkCreateOrder: 'request' | 'shuffled';
  /** Whether token answers have `token_type`; Atlassian's examples lack it. */
  tokenType: boolean;
  /** What the token endpoint answers to whoever asks. */
  tokenAnswer:
    | 'good'
    | 'invalid_client'
    | 'invalid_scope'
    | 'access_denied'
    | 'server_error_page'
    | 'sign_in_page';
  /** The API's answer to the token of a deactivated account; Atlassian does not say which. */
  inactiveStatus: 401 | 403;
  /** False: the app is in development. Only its owner can consent, and only the owner's webhooks are delivered. */
  appShared: boolean;
  /** An account, by its first name. */
  appOwner: 'ada' | 'max';
  /** How a registered webhook's filter is given back; Atlassian does not say that it is as it was written. */
  webhookFilterForm: 'unchanged' | 'tidied' | 'keys' | 'ids';
  /** How the lists of fields and properties are given back; Atlassian does not say that it is as they were written. */
  webhookListForm: 'unchanged' | 'reordered';
  /** Whether such a filter takes numeric project ids; the document shows keys. */
  webhookProjects: 'keys_or_ids' | 'keys';
  /** Whether such a filter judges the issue as it was before the change or as it is after it. */
  webhookFilterJudged: 'after' | 'before';
};

export type World = {
  version: 1;
  accounts: Account[];
  sites: Site[];
  codes: AuthorizationCode[];
  grants: Grant[];
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  deliveries: Delivery[];
  faults: FaultRule[];
  limits: LimitSettings;
  forge: ForgeState;
  personalData: PersonalDataState;
  settings: Settings;
};
