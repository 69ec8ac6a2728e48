import { issueTypeById } from '../issues/find.ts';
import { hasPermission } from '../issues/permissions.ts';
import { presentIssueType, presentProjectReference } from '../issues/present-parts.ts';
import { createScreenOf } from '../issues/screens.ts';
import type { IssueType, Project } from '../world.ts';
import { type Call, errors, type Operation, page, visibleProject } from './operation.ts';
import { type Field, fieldsOnScreen, system } from './screen-fields.ts';

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
  const onScreen = fieldsOnScreen(call, project, type, createScreenOf(project, type.id));
  return [...always, ...onScreen].map((field) => ({ ...field, schema: { ...field.schema } }));
}
