import { issueTypeById } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { presentIssueType, presentPriority, presentProjectReference } from '../issues/present-parts.ts';
import type { IssueType, Project } from '../world.ts';
import { type Call, errors, type Operation, page, visibleProject } from './operation.ts';

const noProject = errors(404, [
  'The project does not exist or you do not have permission to create issues in it.',
]);

export const createMetaOperations: Operation[] = [
  {
    id: 'getCreateIssueMetaIssueTypes',
    method: 'GET',
    path: '/issue/createmeta/{projectIdOrKey}/issuetypes',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const project = creatableProject(call);
      if (!project) return noProject;
      const types = project.issueTypeIds.map((id) =>
        presentIssueType(issueTypeById(call.site, id), call.links),
      );
      const { values, isLast: _, ...rest } = page(call, types, 200);
      return { status: 200, body: { ...rest, issueTypes: values } };
    },
  },
  {
    id: 'getCreateIssueMetaIssueTypeId',
    method: 'GET',
    path: '/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}',
    scopes: ['read:jira-work'],
    handle: (call) => {
      const project = creatableProject(call);
      const typeId = call.params.issueTypeId ?? '';
      if (!project) return noProject;
      if (!project.issueTypeIds.includes(typeId)) {
        return errors(404, ['The issue type does not exist in this project.']);
      }
      const {
        values,
        isLast: _,
        ...rest
      } = page(call, fieldsOf(call, project, issueTypeById(call.site, typeId)), 200);
      return { status: 200, body: { ...rest, fields: values } };
    },
  },
];

function creatableProject(call: Call): Project | null {
  const project = visibleProject(call);
  return project && hasPermission(call.account, 'CREATE_ISSUES', project) ? project : null;
}

type Field = {
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

function fieldsOf(call: Call, project: Project, type: IssueType): Field[] {
  const { links } = call;
  const always = [
    system('issuetype', 'Issue Type', 'issuetype', [], {
      required: true,
      allowedValues: [presentIssueType(type, links)],
    }),
    system('project', 'Project', 'project', ['set'], {
      required: true,
      allowedValues: [presentProjectReference(project, links)],
    }),
  ];
  const onScreen = fieldsOnScreen(call, project, type, project.createScreen);
  return [...always, ...onScreen].map((field) => ({ ...field, schema: { ...field.schema } }));
}

/** The fields of a screen, as they may be set by somebody who may set them. */
export function fieldsOnScreen(call: Call, project: Project, type: IssueType, screen: string[]): Field[] {
  return screen
    .filter((id) => id !== 'parent' || type.hierarchyLevel < 1)
    .map((id) => systemField(call, project, type, id) ?? customField(call, project, id))
    .filter((field) => field !== null)
    .filter((field) => field.key !== 'priority' || call.site.priorities.length > 0);
}

function system(
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
