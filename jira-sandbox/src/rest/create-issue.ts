import { addIssue } from '../issues/add-issue.ts';
import { hasPermission } from '../issues/permissions.ts';
import { createScreenOf, usualPriority } from '../issues/screens.ts';
import type { IssueType, Project } from '../world.ts';
import { type FieldScene, identity, missingFields, readFields } from './issue-fields.ts';
import {
  type Answer,
  type Call,
  errors,
  type FieldErrors,
  type Operation,
  record,
  seesProject,
} from './operation.ts';

const bulkLimit = 50;
const propertyBytes = 32_768;

type Created = { id: string; key: string; self: string };
type Attempt =
  | { ok: true; issue: Created }
  | { ok: false; status: number; messages: string[]; fields: FieldErrors };

export const createIssueOperations: Operation[] = [
  {
    id: 'createIssue',
    method: 'POST',
    path: '/issue',
    scopes: ['write:jira-work'],
    handle: (call) => {
      const attempt = createOne(call, record(call.body));
      return attempt.ok
        ? { status: 201, body: attempt.issue }
        : errors(attempt.status, attempt.messages, attempt.fields);
    },
  },
  {
    id: 'createIssues',
    method: 'POST',
    path: '/issue/bulk',
    scopes: ['write:jira-work'],
    handle: createMany,
  },
];

/** Bulk create: each issue succeeds or fails alone; only when all fail is the whole call a 400. */
function createMany(call: Call): Answer {
  const updates = record(call.body).issueUpdates;
  const list = Array.isArray(updates) ? updates : [];
  if (list.length === 0) return errors(400, ['No issue updates were given.']);
  if (list.length > bulkLimit) {
    return {
      status: 400,
      body: {
        issues: [],
        errors: [
          {
            status: 400,
            elementErrors: { errorMessages: [`The maximum number of issues is ${bulkLimit}.`], errors: {} },
            failedElementNumber: bulkLimit,
          },
        ],
      },
    };
  }
  const attempts = list.map((one) => createOne(call, record(one)));
  const issues = attempts.flatMap((one) => (one.ok ? [one.issue] : []));
  const failures = attempts.flatMap((one, index) =>
    one.ok
      ? []
      : [
          {
            status: one.status,
            elementErrors: { errorMessages: one.messages, errors: one.fields },
            failedElementNumber: index,
          },
        ],
  );
  const answered = call.sandbox.world.settings.bulkCreateOrder === 'shuffled' ? shuffled(issues) : issues;
  return { status: issues.length > 0 ? 201 : 400, body: { issues: answered, errors: failures } };
}

/** Another order in any case: the halves change places, and the first is turned round. */
function shuffled<T>(list: T[]): T[] {
  const middle = Math.ceil(list.length / 2);
  return [...list.slice(middle), ...list.slice(0, middle).reverse()];
}

function createOne(call: Call, body: Record<string, unknown>): Attempt {
  const { project: projectField, issuetype, ...fields } = record(body.fields);
  const project = projectFrom(call, projectField);
  if (!project) return refused({ project: 'Specify a valid project ID or key' });
  if (!hasPermission(call.account, 'CREATE_ISSUES', project)) {
    return {
      ok: false,
      status: call.sandbox.world.settings.refusalStatus,
      messages: ['You do not have permission to create issues in this project.'],
      fields: {},
    };
  }
  const type = typeFrom(call, project, issuetype);
  if (!type) {
    return refused({
      issuetype: issuetype === undefined ? 'Specify an issue type' : 'Specify a valid issue type',
    });
  }
  const scene: FieldScene = { world: call.sandbox.world, site: call.site, project };
  const { values, problems } = readFields(scene, fields, createScreenOf(project, type.id));
  const all = { ...missingFields(scene, fields), ...problems };
  if (type.subtask && !values.parentId && !all.parent) {
    all.parentId = 'Issue type is a sub-task but parent issue key or id not specified.';
  }
  const properties = readProperties(body.properties);
  if (!properties) all.properties = 'The property value is too large or has no key.';
  if (Object.keys(all).length > 0 || !properties) return refused(all);
  const issue = addIssue(call.sandbox, call.site, {
    project,
    issueTypeId: type.id,
    summary: values.summary ?? '',
    description: values.description ?? null,
    priorityId: values.priorityId ?? usualPriority(project, type.id),
    creatorId: call.account.accountId,
    reporterId: values.reporterId,
    parentId: values.parentId,
    labels: values.labels,
    custom: values.custom,
    properties,
  });
  return { ok: true, issue: { id: issue.id, key: issue.key, self: `${call.links.rest}/issue/${issue.id}` } };
}

function refused(fields: FieldErrors): Attempt {
  return { ok: false, status: 400, messages: [], fields };
}

function projectFrom(call: Call, value: unknown): Project | undefined {
  const { id } = identity(value);
  const key = typeof value === 'object' && value !== null ? Reflect.get(value, 'key') : undefined;
  return call.site.projects.find(
    (one) =>
      (id !== undefined ? one.id === id : one.key === key || one.formerKeys?.includes(String(key))) &&
      seesProject(call, one),
  );
}

function typeFrom(call: Call, project: Project, value: unknown): IssueType | undefined {
  const { id, name } = identity(value);
  return call.site.issueTypes.find(
    (one) => project.issueTypeIds.includes(one.id) && (id !== undefined ? one.id === id : one.name === name),
  );
}

function readProperties(value: unknown): Record<string, unknown> | null {
  if (value === undefined) return {};
  if (!Array.isArray(value)) return null;
  const properties: Record<string, unknown> = {};
  for (const one of value.map(record)) {
    if (typeof one.key !== 'string' || one.key.length > 255) return null;
    if (JSON.stringify(one.value ?? null).length > propertyBytes) return null;
    properties[one.key] = one.value;
  }
  return properties;
}
