import { z } from 'zod';
import { issueTypeById, statusById } from '../issues/find.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
import type { Project, Site } from '../world.ts';
import { ControlProblem, listOfNames, namesWithSpaces, projectWanted, siteOf } from './read-wanted.ts';
import { fieldsWanted, issueTypeWanted, workflowsWanted } from './workflow-wish.ts';
import { projectField, type WorldControl } from './world-control.ts';

/** Field ids, as a list or with spaces between them. */
const fieldIds = listOfNames.optional();
const screensWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  /** Absent: for all types that have no screens of their own. */
  issueTypes: namesWithSpaces.optional(),
  create: fieldIds,
  edit: fieldIds,
  /** Custom fields that have to be given when an issue is created; "none" asks for none. */
  required: fieldIds,
});
const readOnlyWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  issueType: z.string().optional(),
  status: z.string(),
  readOnly: z.boolean().default(true),
});

/** What an admin of Jira lets people see and change; what is not named stays. */
export const screenControls: WorldControl[] = [
  {
    path: '/screens',
    name: 'screens',
    title: 'Screens',
    about:
      'Which fields the screens of a project have when an issue is created and edited. Name all of them, with spaces between.',
    fields: (_, one) => [
      projectField(one),
      { name: 'issueTypes', label: 'Issue types, with commas between; empty for all others' },
      { name: 'create', label: 'Fields when creating' },
      { name: 'edit', label: 'Fields when editing' },
      { name: 'required', label: 'Custom fields that must be given, or none' },
    ],
    now: (_, site) => site.projects.flatMap((project) => describe(site, project)),
    change: (sandbox, wish) => {
      const wanted = screensWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(site, wanted.project);
      const required = wanted.required?.filter((one) => one !== 'none');
      const screens = {
        ...(wanted.create ? { create: fieldsWanted(site, wanted.create) } : {}),
        ...(wanted.edit ? { edit: fieldsWanted(site, wanted.edit) } : {}),
      };
      const create = wanted.create ?? project.createScreen;
      const missing = (required ?? []).filter((one) => !create.includes(one));
      if (missing.length > 0) throw new ControlProblem(`${missing.join(', ')} is not on the create screen`);
      const types = wanted.issueTypes?.map((one) => issueTypeWanted(site, project, one).id);
      if (types) giveScreens(project, types, screens);
      else {
        project.createScreen = screens.create ?? project.createScreen;
        project.editScreen = screens.edit ?? project.editScreen;
      }
      project.requiredFields = required ?? project.requiredFields;
      sandbox.save();
      return { note: `The screens of ${project.key} were changed.`, ...screensOf(project), ...screens };
    },
  },
  {
    path: '/read-only',
    name: 'read-only',
    title: 'Read-only statuses',
    about: 'Issues in such a status (jira.issue.editable=false) can be moved and not edited.',
    fields: (_, site) => [
      projectField(site),
      { name: 'status', label: 'Status' },
      {
        name: 'readOnly',
        label: 'Issues in it',
        choices: [
          { text: 'Cannot be edited', value: true },
          { text: 'Can be edited', value: false },
        ],
      },
    ],
    now: (_, site) =>
      site.projects.flatMap((project) =>
        workflowsOf(project).flatMap(({ readOnlyStatusIds = [] }) =>
          readOnlyStatusIds.map((id) => `${project.key}: ${statusById(site, id).name}`),
        ),
      ),
    change: (sandbox, wish) => {
      const wanted = readOnlyWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(site, wanted.project);
      const text = wanted.status.toLowerCase();
      const here = workflowsWanted(site, project, wanted.issueType)
        .flatMap((one) => one.statusIds.map((id) => ({ one, id })))
        .filter(({ id }) => id === wanted.status || statusById(site, id).name.toLowerCase() === text);
      if (here.length === 0) throw new ControlProblem(`${project.key} has no status ${wanted.status}`);
      for (const { one, id } of here) {
        const others = (one.readOnlyStatusIds ?? []).filter((other) => other !== id);
        one.readOnlyStatusIds = wanted.readOnly ? [...others, id] : others;
      }
      sandbox.save();
      const now = wanted.readOnly ? 'can no longer be edited' : 'can be edited again';
      return { note: `${project.key}: issues in ${wanted.status} ${now}.` };
    },
  },
];

/** The types leave the screens that they had, and keep of them what is not named. */
function giveScreens(
  project: Project,
  issueTypeIds: string[],
  screens: { create?: string[]; edit?: string[] },
): void {
  const had = project.typeScreens ?? [];
  const others = had
    .map((one) => ({ ...one, issueTypeIds: one.issueTypeIds.filter((id) => !issueTypeIds.includes(id)) }))
    .filter((one) => one.issueTypeIds.length > 0);
  const given = issueTypeIds.map((id) => ({
    ...had.find((one) => one.issueTypeIds.includes(id)),
    ...screens,
    issueTypeIds: [id],
  }));
  project.typeScreens = [...others, ...given];
}

function screensOf({ createScreen, editScreen = createScreen, requiredFields }: Project) {
  return { create: createScreen, edit: editScreen, required: requiredFields };
}

function describe(site: Site, project: Project): string[] {
  const { create, edit, required } = screensOf(project);
  const line = [
    `${project.key}: creating ${create.join(' ')}`,
    ...(edit === create ? [] : [`editing ${edit.join(' ')}`]),
    ...(required.length > 0 ? [`required ${required.join(' ')}`] : []),
  ].join('; ');
  const own = (project.typeScreens ?? []).map((one) => {
    const types = one.issueTypeIds.map((id) => issueTypeById(site, id).name).join(', ');
    const parts = [
      ...(one.create ? [`creating ${one.create.join(' ')}`] : []),
      ...(one.edit ? [`editing ${one.edit.join(' ')}`] : []),
    ];
    return `${project.key}, ${types}: ${parts.join('; ')}`;
  });
  return [line, ...own];
}
