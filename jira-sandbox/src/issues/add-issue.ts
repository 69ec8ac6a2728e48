import type { Sandbox } from '../sandbox.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { AdfDocument, Issue, Project, Site } from '../world.ts';
import { siteTime } from './site-time.ts';

/** A checked new issue: everything in it exists and may be set. */
export type NewIssue = {
  project: Project;
  issueTypeId: string;
  summary: string;
  description: AdfDocument | null;
  priorityId: string | null;
  creatorId: string;
  reporterId?: string;
  parentId?: string | null;
  labels?: string[];
  custom?: Record<string, unknown>;
  properties?: Record<string, unknown>;
};

/** Creates an issue in its workflow's first status. */
export function addIssue(sandbox: Sandbox, site: Site, input: NewIssue): Issue {
  const at = siteTime(sandbox);
  const id = String(site.nextIssueId);
  site.nextIssueId += 1;
  const key = `${input.project.key}-${input.project.nextNumber}`;
  input.project.nextNumber += 1;
  const issue: Issue = {
    id,
    key,
    formerKeys: [],
    projectId: input.project.id,
    issueTypeId: input.issueTypeId,
    statusId: workflowOf(input.project, input.issueTypeId).initialStatusId,
    statusChangedAt: at,
    priorityId: input.priorityId,
    summary: input.summary,
    description: input.description,
    creatorId: input.creatorId,
    reporterId: input.reporterId ?? input.creatorId,
    assigneeId: null,
    parentId: input.parentId ?? null,
    labels: input.labels ?? [],
    resolutionId: null,
    resolvedAt: null,
    custom: input.custom ?? {},
    createdAt: at,
    updatedAt: at,
    properties: input.properties ?? {},
    remoteLinks: [],
    comments: [],
    changes: [],
  };
  site.issues[id] = issue;
  sandbox.save();
  sandbox.emit({
    site,
    name: 'jira:issue_created',
    typeName: 'issue_created',
    issue,
    actorId: input.creatorId,
    at,
    change: null,
    comment: null,
  });
  return issue;
}
