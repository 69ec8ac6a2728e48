import type { PermissionKey } from '../issues/known-permissions.ts';

/** Who is offered a transition. Jira asks when it lists transitions and again when one is taken. */
export type Condition =
  /** Nobody: the transition is there, and hidden from everybody. */
  | { type: 'never' }
  | { type: 'permission'; permission: PermissionKey }
  | { type: 'role'; role: 'admin' | 'member' }
  | { type: 'only_assignee' }
  | { type: 'only_reporter' }
  /** Jira's "sub-task blocking condition". */
  | { type: 'subtasks_done' };

/** What Jira judges only when a transition is taken; no answer of the API tells it beforehand. */
export type Validator =
  | { type: 'field_required'; field: string; message?: string }
  | { type: 'permission'; permission: PermissionKey }
  /** A validator of an app that is not content. */
  | { type: 'refuse'; message: string };

/** `from` is null for a global transition (from any status). */
export type Transition = {
  id: string;
  name: string;
  from: string[] | null;
  to: string;
  /** The admin webhooks of its post functions "Trigger a webhook". */
  webhookIds?: string[];
  /** Field ids on its screen; absent: it has no screen, so it sets no field. */
  screen?: string[];
  /**
   * The fields of its screen that the API lists as required. Absent: the resolution, which Jira requires wherever
   * a screen shows it, and the project's required fields.
   */
  required?: string[];
  conditions?: Condition[];
  validators?: Validator[];
  /**
   * What its post functions make of the resolution: nothing, none, or the one with this id. Absent: as in Jira's
   * own workflows, the site's first where a done status is entered without one, and none elsewhere.
   */
  resolution?: 'kept' | 'cleared' | { id: string };
};

/** The way of the issues of a project, or of some of its types. */
export type Workflow = {
  /** In workflow order. */
  statusIds: string[];
  initialStatusId: string;
  transitions: Transition[];
  /** The statuses with `jira.issue.editable=false`: what is in them can be moved, not edited. */
  readOnlyStatusIds?: string[];
};

/** A workflow that a project's scheme gives to some of its issue types. */
export type TypeWorkflow = Workflow & { name: string; issueTypeIds: string[] };
