import { type FieldOption, kindSchemas } from '../issues/field-kind.ts';
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
    .map((id) => systemField({ call, project, type }, id) ?? customField({ call, project, type }, id))
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

type Scene = { call: Call; project: Project; type: IssueType };

/** The system fields besides the few that need more, by the schema of their value. */
const plainFields: Record<string, { name: string; schema: Field['schema']; operations: string[] }> = {
  description: {
    name: 'Description',
    schema: { type: 'string', system: 'description' },
    operations: ['set'],
  },
  environment: {
    name: 'Environment',
    schema: { type: 'string', system: 'environment' },
    operations: ['set'],
  },
  duedate: { name: 'Due date', schema: { type: 'date', system: 'duedate' }, operations: ['set'] },
  labels: {
    name: 'Labels',
    schema: { type: 'array', items: 'string', system: 'labels' },
    operations: ['add', 'set', 'remove'],
  },
};

/** The fields whose choices are the project's own. */
const namedFields: Record<string, { name: string; items: string; of: 'components' | 'versions' }> = {
  components: { name: 'Components', items: 'component', of: 'components' },
  fixVersions: { name: 'Fix versions', items: 'version', of: 'versions' },
  versions: { name: 'Affects versions', items: 'version', of: 'versions' },
};

function systemField({ call, project, type }: Scene, id: string): Field | null {
  if (id === 'summary') return system('summary', 'Summary', 'string', ['set'], { required: true });
  if (id === 'reporter') return system('reporter', 'Reporter', 'user', ['set'], { hasDefaultValue: true });
  if (id === 'parent') return system('parent', 'Parent', 'issuelink', ['set'], { required: type.subtask });
  if (id === 'priority') return priorityField(call, project);
  if (id === 'assignee') return system('assignee', 'Assignee', 'user', ['set']);
  if (id === 'resolution') {
    return system('resolution', 'Resolution', 'resolution', ['set'], {
      allowedValues: call.site.resolutions.map((one) => presentResolution(one, call.links)),
    });
  }
  const required = project.requiredFields.includes(id);
  const named = namedFields[id];
  if (named) {
    return system(id, named.name, 'array', ['add', 'set', 'remove'], {
      required,
      schema: { type: 'array', items: named.items, system: id },
      allowedValues: (project[named.of] ?? []).map((one) => ({
        self: `${call.links.rest}/${named.items}/${one.id}`,
        ...one,
      })),
    });
  }
  const plain = plainFields[id];
  if (!plain) return null;
  return system(id, plain.name, plain.schema.type, plain.operations, { required, schema: plain.schema });
}

function priorityField({ site, links }: Call, project: Project): Field {
  const allowed = site.priorities.filter((one) => project.priorityIds.includes(one.id));
  const standard = allowed.find((one) => one.id === project.defaultPriorityId);
  return system('priority', 'Priority', 'priority', ['set'], {
    hasDefaultValue: standard !== undefined,
    allowedValues: allowed.map((one) => presentPriority(one, links)),
    ...(standard ? { defaultValue: presentPriority(standard, links) } : {}),
  });
}

const plugin = 'com.atlassian.jira.plugin.system.customfieldtypes';

function customField({ call, project }: Scene, id: string): Field | null {
  const field = call.site.customFields.find((one) => one.id === id);
  if (!field) return null;
  const { custom, ...schema } = kindSchemas[field.kind];
  const isChoice = ['select', 'multiselect', 'cascading'].includes(field.kind);
  return {
    required: project.requiredFields.includes(id),
    schema: { ...schema, custom: `${plugin}:${custom}`, customId: Number(id.replace('customfield_', '')) },
    name: field.name,
    key: id,
    fieldId: id,
    hasDefaultValue: false,
    operations: schema.type === 'array' ? ['add', 'set', 'remove'] : ['set'],
    ...(isChoice ? { allowedValues: field.options.map((one) => presentOption(call, one)) } : {}),
  };
}

function presentOption(call: Call, { id, value, children }: FieldOption): Record<string, unknown> {
  return {
    self: `${call.links.rest}/customFieldOption/${id}`,
    value,
    id,
    ...(children ? { children: children.map((one) => presentOption(call, one)) } : {}),
  };
}
