import type { JiraPerson } from '@userhero/shared/contracts/adapter.ts';
import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Transition } from '@userhero/shared/jira/transition.ts';
import type { JiraPriority } from '@userhero/shared/mapping/priority.ts';
import type { JiraResolution } from '@userhero/shared/mapping/resolution.ts';
import type { ResolutionState } from '@userhero/shared/sync/status/resolution-rule.ts';
import type { Allowance } from '../limits/allowance.ts';
import type { CreatedIssues } from './created-issues.ts';
import type { FoundProject } from './find-project.ts';
import type { JiraFailure } from './jira-failure.ts';

/** What a call to Jira comes to. */
export type JiraAnswer<T> = { ok: true; value: T } | JiraFailure;

/** An issue as syncing sees it. */
export type JiraIssue = {
  id: string;
  key: string;
  summary: string;
  projectId: string;
  /** Absent where it was not read. */
  issueTypeId?: string;
  status: JiraStatus;
  /** Missing where it was not asked for. */
  resolution?: ResolutionState;
  transitions: Transition[];
  /** The newest change; `null` when it was not asked for or nothing has changed yet. */
  lastChangelogId: string | null;
  updatedAtMs: number | null;
  /** The fields that were asked for, as Jira shows them. */
  fields?: Readonly<Record<string, unknown>>;
  /** The item that its property names; absent where the property is, or was not asked for. */
  itemId?: string;
};

/** What the create screen of an issue type asks for. */
export type CreateScreen = {
  /** `null`: the screen has no priority field. */
  priorities: JiraPriority[] | null;
  /** The fields that it takes. Every create screen has a summary; an answer without it is not whole. */
  fieldIds: readonly string[];
  requiredFields: RequiredField[];
};

export type NewIssue = { fields: Record<string, unknown>; properties: { key: string; value: unknown }[] };

/** `update` holds single operations, such as adding one label. */
export type IssueEdit = {
  fields?: Record<string, unknown>;
  update?: Record<string, readonly Record<string, unknown>[]>;
};

/** The conversation with one Jira site on behalf of one grant: what the use cases need, and nothing else. */
export type Jira = {
  myself(): Promise<JiraAnswer<JiraPerson>>;
  person(accountId: string): Promise<JiraAnswer<JiraPerson>>;
  /** People who may be assigned to the project's issues, by the beginning of a name or an address. */
  findPeople(projectKey: string, query: string): Promise<JiraAnswer<JiraPerson[]>>;
  searchProjects(
    query: string,
    startAt: number,
    limit: number,
  ): Promise<JiraAnswer<{ projects: JiraProjectSummary[]; nextStartAt: number | null }>>;
  readProject(projectId: string): Promise<JiraAnswer<JiraProjectSummary>>;
  /** Which of Jira's permissions the account has in the project, by their keys. */
  permissions(projectId: string, keys: readonly string[]): Promise<JiraAnswer<Record<string, boolean>>>;
  /** The project in whichever state the account sees it; `null` where Jira shows it in none. */
  findProject(projectIdOrKey: string): Promise<JiraAnswer<FoundProject | null>>;
  listIssueTypes(projectId: string): Promise<JiraAnswer<{ id: string; name: string }[]>>;
  readCreateScreen(projectId: string, issueTypeId: string): Promise<JiraAnswer<CreateScreen>>;
  listStatuses(projectId: string, issueTypeId: string): Promise<JiraAnswer<JiraStatus[]>>;
  /** The statuses of all the project's issue types. */
  projectStatuses(projectId: string): Promise<JiraAnswer<JiraStatus[]>>;
  /** The resolutions of the site. */
  listResolutions(): Promise<JiraAnswer<JiraResolution[]>>;
  createIssue(issue: NewIssue): Promise<JiraAnswer<{ id: string; key: string }>>;
  /** Creates up to 50 issues in one call. */
  createIssues(issues: readonly NewIssue[]): Promise<JiraAnswer<CreatedIssues>>;
  /** @param include.fields fields to read besides those that every reading has */
  readIssue(
    issueIdOrKey: string,
    include: { history: boolean; fields?: readonly string[] },
  ): Promise<JiraAnswer<JiraIssue>>;
  /**
   * Reads up to 100 issues by id. One that is absent was deleted, is hidden, or could not be read at the moment:
   * the absence alone proves nothing (`lookAtIssues` asks on).
   */
  readIssues(issueIds: readonly string[], fields?: readonly string[]): Promise<JiraAnswer<JiraIssue[]>>;
  /** The same, with the ids of those that Jira says it could not load at the moment. */
  fetchIssues(
    issueIds: readonly string[],
    fields?: readonly string[],
  ): Promise<JiraAnswer<{ issues: JiraIssue[]; unloaded: string[] }>>;
  /**
   * A page of the project's issues that were updated in the last minutes, the oldest change first. The index of Jira's
   * search follows after a while: an issue may be missing, or be shown as it was.
   */
  searchUpdated(projectId: string, search: UpdatedSearch): Promise<JiraAnswer<UpdatedPage>>;
  /** Reads an issue with these fields, what of it may be edited, its transitions and its changes. */
  readSynced(issueId: string, fields: readonly string[]): Promise<JiraAnswer<SyncedIssue>>;
  /** The transitions that conditions hide from the issue: it has them, and is not offered them. */
  hiddenTransitions(issueId: string): Promise<JiraAnswer<Transition[]>>;
  /** @param fields what the transition's screen is filled in with */
  transition(
    issueId: string,
    transitionId: string,
    fields?: Readonly<Record<string, unknown>>,
  ): Promise<JiraAnswer<null>>;
  editIssue(issueId: string, fields: Record<string, unknown>): Promise<JiraAnswer<null>>;
  /** Edits an issue and answers it as it is then, in the same call: nobody comes in between. */
  editSynced(issueId: string, edit: IssueEdit): Promise<JiraAnswer<SyncedIssue>>;
  linkBack(
    issueId: string,
    link: { globalId: string; url: string; title: string },
  ): Promise<JiraAnswer<null>>;
  setProperty(issueId: string, key: string, value: Record<string, unknown>): Promise<JiraAnswer<null>>;
  /** The webhooks that our OAuth app registered for this account on the site. */
  registeredWebhooks(): Promise<JiraAnswer<RegisteredWebhook[]>>;
  registerWebhook(url: string, webhook: NewWebhook): Promise<JiraAnswer<number>>;
  /** Puts the end of registered webhooks off by 30 days. */
  refreshWebhooks(ids: readonly number[]): Promise<JiraAnswer<null>>;
  deleteWebhooks(ids: readonly number[]): Promise<JiraAnswer<null>>;
  /**
   * The issues that this account created in the project lately and that carry one of the items in their property, by
   * item: the oldest of each.
   */
  findByItems(
    projectId: string,
    itemIds: ReadonlySet<string>,
    sinceMinutes: number,
  ): Promise<JiraAnswer<Map<string, { id: string; key: string }>>>;
};

export type UpdatedSearch = {
  minutes: number;
  fields: readonly string[];
  /** At most 100. */
  limit: number;
  pageToken: string | null;
};
/** `nextPageToken` is `null` on the last page. */
export type UpdatedPage = { issues: JiraIssue[]; nextPageToken: string | null };

export type RegisteredWebhook = {
  id: number;
  url: string;
  jqlFilter: string;
  events: string[];
  /** `null`: it has no such filter, so all pass. */
  fieldIds: string[] | null;
  propertyKeys: string[] | null;
  expiresAtMs: number | null;
};
/** A webhook to register: which events of which issues, and of edits which fields. */
export type NewWebhook = {
  jqlFilter: string;
  events: readonly WebhookEvent[];
  fieldIds: readonly string[];
  propertyKeys: readonly string[];
};
export type WebhookEvent = 'jira:issue_updated' | 'jira:issue_deleted';

export type JiraProjectSummary = {
  id: string;
  key: string;
  name: string;
  style: 'company-managed' | 'team-managed';
};

/**
 * Opens the conversation of a grant with a site.
 *
 * @param allowance the points of the unit of work that it is for; without it, its calls are only counted
 */
export type OpenJira = (grantId: string, cloudId: string, allowance?: Allowance) => Promise<Jira>;

/** The entity property that ties an issue to its item; the Forge app makes it searchable. */
export const itemPropertyKey = 'userhero.item';

/** An issue as a visit reads it: what syncing fields needs besides its status. */
export type SyncedIssue = {
  issue: JiraIssue;
  fields: Readonly<Record<string, unknown>>;
  /** The fields that may be edited, by their ids; `null` where Jira names none, so nothing can be concluded. */
  editable: readonly string[] | null;
  /** The priorities that the issue may have; `null` where Jira offers none. */
  priorities: readonly JiraPriority[] | null;
  changes: readonly IssueChange[];
};

/** A change of an issue by the ids of its fields, and who made it. */
export type IssueChange = { id: string; fields: readonly string[]; authorId: string | null };
