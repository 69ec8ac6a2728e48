import { type Judged, judgeLabels, judgeNamed, judgeValue } from '../issues/custom-field.ts';
import type { IssueEdit } from '../issues/edit-issue.ts';
import { fieldName } from '../issues/field-names.ts';
import { findIssue } from '../issues/find.ts';
import { hasOddCharacters, judgeAdf } from '../issues/judge-adf.ts';
import type { AdfDocument, Project, Site, World } from '../world.ts';
import type { FieldErrors } from './operation.ts';

/** Jira's limit for a summary. */
export const summaryLimit = 255;

export type FieldScene = { world: World; site: Site; project: Project };

export type ReadFields = IssueEdit & { reporterId?: string; parentId?: string };

type Reader = (scene: FieldScene, value: unknown, into: ReadFields) => string | null;

/** Each field that can be set: reads a value, or says in Jira's words what is wrong with it. */
const readers: Record<string, Reader> = {
  summary: readSummary,
  description: readDescription,
  priority: readPriority,
  labels: readLabels,
  reporter: (scene, value, into) =>
    readAccount(scene, value, (id) => {
      into.reporterId = id ?? undefined;
    }),
  assignee: (scene, value, into) =>
    readAccount(scene, value, (id) => {
      into.assigneeId = id;
    }),
  parent: readParent,
  resolution: readResolution,
};

/** Reads the fields of a create or an edit; a field that is not on the screen is refused by name. */
export function readFields(
  scene: FieldScene,
  fields: Record<string, unknown>,
  screen: string[],
): { values: ReadFields; problems: FieldErrors } {
  const values: ReadFields = {};
  const problems: FieldErrors = {};
  for (const [name, value] of Object.entries(fields)) {
    const reader = readers[name] ?? keptReader(scene.site, name);
    if (!reader || !screen.includes(name)) {
      problems[name] = notOnScreen(name);
      continue;
    }
    const problem = reader(scene, value, values);
    if (problem) problems[name] = problem;
  }
  return { values, problems };
}

/** Jira's words for a field that this person cannot set here. */
export function notOnScreen(name: string): string {
  return `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;
}

/** The problems of required fields that have no value. */
export function missingFields(scene: FieldScene, fields: Record<string, unknown>): FieldErrors {
  const problems: FieldErrors = {};
  if (fields.summary === undefined) problems.summary = 'You must specify a summary of the issue.';
  for (const id of scene.project.requiredFields) {
    const value = fields[id];
    const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
    if (value !== undefined && value !== null && !isEmpty) continue;
    problems[id] = `${fieldName(scene.site, id)} is required.`;
  }
  return problems;
}

function readSummary({ world }: FieldScene, value: unknown, into: ReadFields): string | null {
  if (typeof value !== 'string') return 'Operation value must be a string';
  if (value.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\r\n]/.test(value)) return 'The summary is invalid because it contains newline characters.';
  if (value.length > summaryLimit) return `Summary must be less than ${summaryLimit} characters.`;
  if (world.settings.oddCharacters === 'refused' && hasOddCharacters(value)) {
    return 'The summary is invalid because it contains characters that are not allowed.';
  }
  into.summary = value;
  return null;
}

function readDescription({ world }: FieldScene, value: unknown, into: ReadFields): string | null {
  if (value === null) {
    into.description = null;
    return null;
  }
  return readRichText(world, value, (document) => {
    into.description = document;
  });
}

function readRichText(world: World, value: unknown, set: (document: AdfDocument) => void): string | null {
  if (typeof value !== 'object') {
    return 'Operation value must be an Atlassian Document (see the Atlassian Document Format)';
  }
  const judged = judgeAdf(value, world.settings);
  if (!judged.ok) return judged.problem;
  set(judged.document);
  return null;
}

function readPriority({ site, project }: FieldScene, value: unknown, into: ReadFields): string | null {
  const { id, name } = identity(value);
  const allowed = site.priorities.filter((one) => project.priorityIds.includes(one.id));
  const found = allowed.find((one) => (id !== undefined ? one.id === id : one.name === name));
  const elsewhere = site.priorities.some((one) => (id !== undefined ? one.id === id : one.name === name));
  // Jira tells a priority of another scheme from one that is not there at all.
  if (!found)
    return elsewhere ? 'The priority selected is invalid.' : unknownChoice('priority', { id, name });
  into.priorityId = found.id;
  return null;
}

function readResolution({ site }: FieldScene, value: unknown, into: ReadFields): string | null {
  if (value === null) {
    into.resolutionId = null;
    return null;
  }
  const { id, name } = identity(value);
  const found = site.resolutions.find((one) => (id !== undefined ? one.id === id : one.name === name));
  if (!found) return unknownChoice('resolution', { id, name });
  into.resolutionId = found.id;
  return null;
}

/** Jira's words for a choice that is not among those of the field. */
function unknownChoice(field: string, { id, name }: { id?: string; name?: string }): string {
  const label = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  if (id !== undefined) return `${label} id '${id}' is not valid`;
  if (name !== undefined) return `${label} name '${name}' is not valid`;
  return `Could not find valid 'id' or 'name' in ${field} object.`;
}

function readLabels(_: FieldScene, value: unknown, into: ReadFields): string | null {
  const judged = judgeLabels(value);
  if (!judged.ok) return judged.problem;
  into.labels = judged.kept as string[];
  return null;
}

function readAccount(scene: FieldScene, value: unknown, set: (id: string | null) => void): string | null {
  if (value === null) {
    set(null);
    return null;
  }
  const raw = typeof value === 'object' && value !== null ? Reflect.get(value, 'accountId') : undefined;
  const id = raw ?? identity(value).id;
  const account = scene.world.accounts.find((one) => one.accountId === id);
  if (!account) return 'Specify a valid value for user';
  set(account.accountId);
  return null;
}

function readParent({ site }: FieldScene, value: unknown, into: ReadFields): string | null {
  const { id } = identity(value);
  const key = typeof value === 'object' && value !== null ? Reflect.get(value, 'key') : undefined;
  const parent = findIssue(site, String(id ?? key ?? ''));
  if (!parent) return 'Could not find issue by id or key.';
  into.parentId = parent.id;
  return null;
}

/** Fields of Jira that are kept as the custom ones are: each judges the value that somebody sent. */
const systemJudges: Record<string, (scene: FieldScene, value: unknown) => Judged> = {
  duedate: ({ world }, value) =>
    judgeValue(world, { id: 'duedate', name: 'Due date', kind: 'date', options: [] }, value),
  environment: ({ world }, value) =>
    judgeValue(world, { id: 'environment', name: 'Environment', kind: 'paragraph', options: [] }, value),
  components: ({ project }, value) => judgeNamed('Component', project.components ?? [], value ?? []),
  fixVersions: ({ project }, value) => judgeNamed('Version', project.versions ?? [], value ?? []),
  versions: ({ project }, value) => judgeNamed('Version', project.versions ?? [], value ?? []),
};

function keptReader(site: Site, name: string): Reader | null {
  const field = site.customFields.find((one) => one.id === name);
  const judge = field
    ? (scene: FieldScene, value: unknown) => judgeValue(scene.world, field, value)
    : systemJudges[name];
  if (!judge) return null;
  return (scene, value, into) => {
    const judged = judge(scene, value);
    if (!judged.ok) return judged.problem;
    into.custom = { ...into.custom, [name]: judged.kept };
    return null;
  };
}

/** The `id` and `name` by which Jira's reference fields are set. */
export function identity(value: unknown): { id?: string; name?: string } {
  if (typeof value !== 'object' || value === null) return {};
  const id = 'id' in value && value.id !== undefined ? String(value.id) : undefined;
  const name = 'name' in value && typeof value.name === 'string' ? value.name : undefined;
  return { id, name };
}
