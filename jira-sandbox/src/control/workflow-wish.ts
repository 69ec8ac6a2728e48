import { z } from 'zod';
import { isField } from '../issues/field-names.ts';
import { resolutionById } from '../issues/find.ts';
import { knownPermissions, type PermissionKey } from '../issues/known-permissions.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
import type { Transition, Workflow } from '../workflows/workflow.ts';
import type { IssueType, Project, Site } from '../world.ts';
import { ControlProblem } from './read-wanted.ts';

const permission = z.enum(Object.keys(knownPermissions) as [PermissionKey, ...PermissionKey[]]);

export const conditionWish = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('never') }),
  z.strictObject({ type: z.literal('permission'), permission }),
  z.strictObject({ type: z.literal('role'), role: z.enum(['admin', 'member']) }),
  z.strictObject({ type: z.literal('only_assignee') }),
  z.strictObject({ type: z.literal('only_reporter') }),
  z.strictObject({ type: z.literal('subtasks_done') }),
]);

export const validatorWish = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('field_required'), field: z.string(), message: z.string().optional() }),
  z.strictObject({ type: z.literal('permission'), permission }),
  z.strictObject({ type: z.literal('refuse'), message: z.string().min(1) }),
]);

/** The transitions of that id or name, or those into the status of that name; `all` are all. */
export function transitionsWanted(
  site: Site,
  project: Project,
  workflows: Workflow[],
  wanted: string,
): Transition[] {
  const text = wanted.toLowerCase();
  const into = site.statuses.filter((one) => one.name.toLowerCase() === text).map((one) => one.id);
  const all = workflows.flatMap((one) => one.transitions);
  const named = all.filter((one) => one.id === wanted || one.name.toLowerCase() === text);
  const found = text === 'all' ? all : named.length > 0 ? named : all.filter((one) => into.includes(one.to));
  if (found.length === 0) throw new ControlProblem(`${project.key} has no transition ${wanted}`);
  return found;
}

/** The workflow of the issue type of that name or id, or all of the project's. */
export function workflowsWanted(site: Site, project: Project, wanted: string | undefined): Workflow[] {
  if (wanted === undefined) return workflowsOf(project);
  const { id } = issueTypeWanted(site, project, wanted);
  const own = project.typeWorkflows?.find((one) => one.issueTypeIds.includes(id));
  return [own ?? project];
}

/** The project's issue type of that id or name, or a ControlProblem. */
export function issueTypeWanted(site: Site, project: Project, wanted: string): IssueType {
  const text = wanted.toLowerCase();
  const found = site.issueTypes.find(
    (one) => project.issueTypeIds.includes(one.id) && (one.id === wanted || one.name.toLowerCase() === text),
  );
  if (!found) throw new ControlProblem(`${project.key} has no issue type ${wanted}`);
  return found;
}

/** The ids, if the site has all of these fields, or a ControlProblem. */
export function fieldsWanted(site: Site, ids: string[]): string[] {
  const unknown = ids.filter((id) => !isField(site, id));
  if (unknown.length > 0) throw new ControlProblem(`There is no field ${unknown.join(', ')}`);
  return ids;
}

/** The id of the resolution of that id or name, or a ControlProblem. */
export function resolutionWanted(site: Site, wanted: string): string {
  const text = wanted.toLowerCase();
  const found =
    resolutionById(site, wanted) ?? site.resolutions.find((one) => one.name.toLowerCase() === text);
  if (!found) throw new ControlProblem(`There is no resolution ${wanted}`);
  return found.id;
}
