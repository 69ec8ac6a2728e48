import { z } from 'zod';
import { changeType } from '../issues/change-type.ts';
import { issueTypeById, projectOf, statusById } from '../issues/find.ts';
import { mappedStatusItems } from '../issues/move-issue.ts';
import { recordChange } from '../issues/record-change.ts';
import type { Sandbox } from '../sandbox.ts';
import { ada } from '../seed/accounts.ts';
import { statusFor, workflowKinds } from '../workflows/build-workflow.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { Transition, Workflow } from '../workflows/workflow.ts';
import type { CategoryKey, Issue, IssueType, Project, Site, Status } from '../world.ts';
import { actor, ControlProblem, issueOf, namesWithSpaces, projectWanted, siteOf } from './read-wanted.ts';
import { issueTypeWanted } from './workflow-wish.ts';
import { issueField, projectField, type WorldControl } from './world-control.ts';

const category = z.enum(['new', 'indeterminate', 'done', 'undefined']);
const statusWish = z.union([
  z.string(),
  z.strictObject({ name: z.string().min(1), category: category.optional() }),
]);
const workflowWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  /** Absent: the workflow of all types that have none of their own. */
  issueTypes: namesWithSpaces.optional(),
  /** Ids or names, in workflow order; `Name:category` makes a status that the site lacks. */
  statuses: z.union([z.array(statusWish), namesWithSpaces]).optional(),
  transitions: z
    .union([
      z.enum(['global', 'steps', 'strict']),
      z.array(z.strictObject({ name: z.string(), from: z.array(z.string()).nullable(), to: z.string() })),
    ])
    .default('global'),
  /** The status of new issues; absent: the first. */
  initial: z.string().optional(),
  /** The types have the project's workflow again. */
  deleted: z.boolean().default(false),
  silently: z.boolean().default(false),
});
const typeWish = z.strictObject({
  site: z.string().default('acme'),
  issue: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  status: z.string().optional(),
  by: z.string().optional(),
});

export const workflowControls: WorldControl[] = [
  {
    path: '/workflows',
    name: 'workflows',
    title: 'Workflows',
    about:
      'Gives a project, or some of its issue types, a workflow of other statuses. Issues in a status that is gone go to the one of the same name, of the same category, or to the first.',
    fields: (_, site) => [
      projectField(site),
      { name: 'issueTypes', label: 'Issue types, with commas between; empty for the project’s workflow' },
      { name: 'statuses', label: 'Statuses in their order, with commas; “Name:done” makes a new one' },
      {
        name: 'transitions',
        label: 'Transitions',
        choices: [
          { text: 'From every status to every other', value: 'global' },
          { text: 'One step forward or back', value: 'steps' },
          { text: 'Steps with rules: a resolution to end, an administrator to reopen', value: 'strict' },
        ],
      },
      {
        name: 'deleted',
        label: 'These issue types',
        choices: [
          { text: 'Get this workflow', value: undefined },
          { text: 'Have the project’s workflow again', value: true },
        ],
      },
    ],
    now: (_, site) => site.projects.flatMap((project) => typeWorkflowLines(site, project)),
    change: (sandbox, wish) => {
      const wanted = workflowWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(site, wanted.project);
      const types = wanted.issueTypes?.map((one) => issueTypeWanted(site, project, one)) ?? null;
      const workflow = wanted.deleted ? null : readWorkflow(site, project, wanted);
      giveWorkflow(project, types, workflow);
      mapIssues(sandbox, site, project, wanted.silently);
      sandbox.save();
      const who = types ? types.map((one) => one.name).join(', ') : 'all other types';
      return {
        note: `${project.key}: ${who} changed workflow.`,
        ...(workflow ?? {}),
        statuses: statusesOf(site, workflow),
      };
    },
  },
  {
    path: '/issues/:issue/type',
    name: 'type',
    title: 'Issue type',
    about: 'Changes the type of an issue, or turns it into a sub-task and back, as a person does in Jira.',
    fields: (_, site) => [
      issueField,
      {
        name: 'type',
        label: 'Type',
        choices: [...new Set(site.issueTypes.map((one) => one.name))].map((one) => ({
          text: one,
          value: one,
        })),
      },
      { name: 'parent', label: 'Parent issue of a sub-task' },
      { name: 'status', label: 'Status in the other workflow, if you choose one' },
    ],
    now: () => [],
    change: (sandbox, wish) => {
      const wanted = typeWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const issue = issueOf(site, wanted.issue);
      const type = issueTypeWanted(site, projectOf(site, issue), wanted.type);
      const parent = wanted.parent === undefined ? null : issueOf(site, wanted.parent);
      checkParent(site, issue, type, parent);
      const statusId = wanted.status === undefined ? null : statusIn(site, issue, type, wanted.status);
      const by = actor(sandbox.world, wanted.by);
      const change = changeType(sandbox, site, issue, { type, parent, statusId }, by);
      const status = statusById(site, issue.statusId);
      return {
        note: `${issue.key} is of the type ${type.name}, in ${status.name}.`,
        key: issue.key,
        status: status.name,
        change,
      };
    },
  },
];

function typeWorkflowLines(site: Site, { key, typeWorkflows = [] }: Project): string[] {
  return typeWorkflows.map((one) => {
    const types = one.issueTypeIds.map((id) => issueTypeById(site, id).name).join(', ');
    return `${key}, ${types}: ${one.statusIds.map((id) => statusById(site, id).name).join(', ')}`;
  });
}

function readWorkflow(site: Site, project: Project, wanted: z.infer<typeof workflowWish>): Workflow {
  const list = wanted.statuses ?? [];
  if (list.length === 0) throw new ControlProblem('A workflow needs statuses');
  const statuses = list.map((one, index) => {
    const { name, category } = typeof one === 'string' ? splitStatus(one) : one;
    return statusFor(site, project, { name, category: category ?? usualCategory(index, list.length) });
  });
  const first = statuses[0]?.id ?? '';
  const initial = wanted.initial === undefined ? first : statusNamed(project, statuses, wanted.initial).id;
  return {
    statusIds: [...new Set(statuses.map((one) => one.id))],
    initialStatusId: initial,
    transitions: readTransitions(project, statuses, wanted.transitions),
  };
}

/** `Triage:new`, or a name alone. */
function splitStatus(text: string): { name: string; category?: CategoryKey } {
  const [name = '', after] = text.split(':').map((one) => one.trim());
  const known = category.safeParse(after);
  return known.success ? { name, category: known.data } : { name: text };
}

/** The first status is new, the last is done, and between them work goes on. */
function usualCategory(index: number, count: number): CategoryKey {
  if (index === 0) return 'new';
  return index === count - 1 ? 'done' : 'indeterminate';
}

function readTransitions(
  project: Project,
  statuses: Status[],
  wanted: z.infer<typeof workflowWish>['transitions'],
): Transition[] {
  if (typeof wanted === 'string') return workflowKinds[wanted](statuses);
  return wanted.map(({ name, from, to }, index) => ({
    id: String(11 + index * 10),
    name,
    from: from?.map((one) => statusNamed(project, statuses, one).id) ?? null,
    to: statusNamed(project, statuses, to).id,
  }));
}

function statusNamed(project: Project, statuses: Status[], wanted: string): Status {
  const text = wanted.toLowerCase();
  const found = statuses.find((one) => one.id === wanted || one.name.toLowerCase() === text);
  if (!found) throw new ControlProblem(`${project.key} has no status ${wanted}`);
  return found;
}

/** A type has one workflow, so it leaves the one that it had. */
function giveWorkflow(project: Project, types: IssueType[] | null, workflow: Workflow | null): void {
  if (!types) {
    if (!workflow) throw new ControlProblem('A project always has a workflow');
    Object.assign(project, workflow);
    return;
  }
  const ids = types.map((one) => one.id);
  const others = (project.typeWorkflows ?? [])
    .map((one) => ({ ...one, issueTypeIds: one.issueTypeIds.filter((id) => !ids.includes(id)) }))
    .filter((one) => one.issueTypeIds.length > 0);
  const name = `${project.name} workflow for ${types.map((one) => one.name).join(', ')}`;
  project.typeWorkflows = [...others, ...(workflow ? [{ ...workflow, name, issueTypeIds: ids }] : [])];
}

/** Jira migrates the issues before it switches a workflow. */
function mapIssues(sandbox: Sandbox, site: Site, project: Project, silently: boolean): void {
  for (const issue of Object.values(site.issues)) {
    if (issue.projectId !== project.id) continue;
    const items = mappedStatusItems(sandbox, site, issue);
    if (items.length === 0 || silently) continue;
    recordChange(sandbox, site, issue, ada.accountId, { items, typeName: 'issue_moved' });
  }
}

function statusesOf(site: Site, workflow: Workflow | null) {
  return (workflow?.statusIds ?? []).map((id) => {
    const { name, category } = statusById(site, id);
    return { id, name, category };
  });
}

function checkParent(site: Site, issue: Issue, type: IssueType, parent: Issue | null): void {
  if (type.subtask && !parent) throw new ControlProblem(`A ${type.name} needs a parent issue`);
  if (!type.subtask && parent)
    throw new ControlProblem(`A ${type.name} is no sub-task, so it gets no parent here`);
  if (!parent) return;
  if (parent.projectId !== issue.projectId || parent === issue) {
    throw new ControlProblem(`${parent.key} cannot be the parent of ${issue.key}`);
  }
  if (issueTypeById(site, parent.issueTypeId).subtask)
    throw new ControlProblem(`${parent.key} is a sub-task itself`);
  const children = Object.values(site.issues).filter((one) => one.parentId === issue.id);
  if (children.length > 0) throw new ControlProblem(`${issue.key} has sub-tasks itself`);
}

function statusIn(site: Site, issue: Issue, type: IssueType, wanted: string): string {
  const project = projectOf(site, issue);
  const statuses = workflowOf(project, type.id).statusIds.map((id) => statusById(site, id));
  return statusNamed(project, statuses, wanted).id;
}
