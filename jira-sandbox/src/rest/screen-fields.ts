import { presentPriority, presentResolution } from '../issues/present-parts.ts';
import type { IssueType, Project } from '../world.ts';
import type { Call } from './operation.ts';

/** A field as a create screen lists it; the other screens know no `fieldId`. */
export type Field = {
  required: boolean;
  schema: { type: string; system?: string; items?: string; custom?: string; customId?: number };
  name: string;
  key: string;
  fieldId: string;
  hasDefaultValue: boolean;
  operations: string[];
  allowedValues?: unknown[];
  defaultValue?: unknown;
};

/**
 * The fields of an edit or transition screen by their ids, as Jira lists them in `editmeta` and `transitions.fields`:
 * the document knows `fieldId` on a create screen only.
 */
export function fieldsById(fields: Field[]) {
  return Object.fromEntries(
    fields.map(({ fieldId, ...field }) => [fieldId, { ...field, schema: { ...field.schema } }]),
  );
}

/** The fields of a screen, as they may be set by somebody who may set them. */
export function fieldsOnScreen(call: Call, project: Project, type: IssueType, screen: string[]): Field[] {
  return screen
    .filter((id) => id !== 'parent' || type.hierarchyLevel < 1)
    .map((id) => systemField(call, project, type, id) ?? customField(call, project, id))
    .filter((field) => field !== null)
    .filter((field) => field.key !== 'priority' || call.site.priorities.length > 0);
}

/** A field of Jira's own. */
export function system(
  id: string,
  name: string,
  type: string,
  operations: string[],
  more: Partial<Field> = {},
): Field {
  return {
    required: false,
    schema: { type, system: id },
    name,
    key: id,
    fieldId: id,
    hasDefaultValue: false,
    operations,
    ...more,
  };
}

function systemField(call: Call, project: Project, type: IssueType, id: string): Field | null {
  const { site, links } = call;
  if (id === 'summary') return system('summary', 'Summary', 'string', ['set'], { required: true });
  if (id === 'description') return system('description', 'Description', 'string', ['set']);
  if (id === 'reporter') return system('reporter', 'Reporter', 'user', ['set'], { hasDefaultValue: true });
  if (id === 'parent') return system('parent', 'Parent', 'issuelink', ['set'], { required: type.subtask });
  if (id === 'labels') {
    return system('labels', 'Labels', 'array', ['add', 'set', 'remove'], {
      schema: { type: 'array', items: 'string', system: 'labels' },
    });
  }
  if (id === 'assignee') return system('assignee', 'Assignee', 'user', ['set']);
  if (id === 'resolution') {
    return system('resolution', 'Resolution', 'resolution', ['set'], {
      allowedValues: site.resolutions.map((one) => presentResolution(one, links)),
    });
  }
  if (id !== 'priority') return null;
  const allowed = site.priorities.filter((one) => project.priorityIds.includes(one.id));
  const standard = allowed.find((one) => one.id === project.defaultPriorityId);
  return system('priority', 'Priority', 'priority', ['set'], {
    hasDefaultValue: standard !== undefined,
    allowedValues: allowed.map((one) => presentPriority(one, links)),
    ...(standard ? { defaultValue: presentPriority(standard, links) } : {}),
  });
}

/** Jira's names of its own field types; `textarea` is a paragraph, whose value is a rich text. */
const fieldTypes = { select: 'select', text: 'textfield', paragraph: 'textarea' };

function customField(call: Call, project: Project, id: string): Field | null {
  const field = call.site.customFields.find((one) => one.id === id);
  if (!field) return null;
  const plugin = 'com.atlassian.jira.plugin.system.customfieldtypes';
  const select = field.kind === 'select';
  return {
    required: project.requiredFields.includes(id),
    schema: {
      type: select ? 'option' : 'string',
      custom: `${plugin}:${fieldTypes[field.kind]}`,
      customId: Number(id.replace('customfield_', '')),
    },
    name: field.name,
    key: id,
    fieldId: id,
    hasDefaultValue: false,
    operations: ['set'],
    ...(select
      ? {
          allowedValues: field.options.map((one) => ({
            self: `${call.links.rest}/customFieldOption/${one.id}`,
            value: one.value,
            id: one.id,
          })),
        }
      : {}),
  };
}
