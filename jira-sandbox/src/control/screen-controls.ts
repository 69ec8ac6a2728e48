import { z } from 'zod';
import type { Project } from '../world.ts';
import { ControlProblem, listOfNames, projectWanted, siteOf } from './read-wanted.ts';
import { projectField, type WorldControl } from './world-control.ts';

/** Field ids, as a list or with spaces between them. */
const fieldIds = listOfNames.optional();
const screensWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  create: fieldIds,
  edit: fieldIds,
  /** Custom fields that have to be given when an issue is created; "none" asks for none. */
  required: fieldIds,
});

/** Which fields a project's screens have, as an admin of Jira arranges them; what is not named stays. */
export const screenControls: WorldControl[] = [
  {
    path: '/screens',
    name: 'screens',
    title: 'Screens',
    about:
      'Which fields the screens of a project have when an issue is created and edited. Name all of them, with spaces between.',
    fields: (_, one) => [
      projectField(one),
      { name: 'create', label: 'Fields when creating' },
      { name: 'edit', label: 'Fields when editing' },
      { name: 'required', label: 'Custom fields that must be given, or none' },
    ],
    now: (_, { projects }) => projects.map(describe),
    change: (sandbox, wish) => {
      const wanted = screensWish.parse(wish);
      const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
      const required = wanted.required?.filter((one) => one !== 'none');
      const create = wanted.create ?? project.createScreen;
      const missing = (required ?? []).filter((one) => !create.includes(one));
      if (missing.length > 0) throw new ControlProblem(`${missing.join(', ')} is not on the create screen`);
      project.createScreen = create;
      project.editScreen = wanted.edit ?? project.editScreen;
      project.requiredFields = required ?? project.requiredFields;
      sandbox.save();
      return { note: `The screens of ${project.key} were changed.`, ...screensOf(project) };
    },
  },
];

function screensOf({ createScreen, editScreen = createScreen, requiredFields }: Project) {
  return { create: createScreen, edit: editScreen, required: requiredFields };
}

function describe(project: Project): string {
  const { create, edit, required } = screensOf(project);
  return [
    `${project.key}: creating ${create.join(' ')}`,
    ...(edit === create ? [] : [`editing ${edit.join(' ')}`]),
    ...(required.length > 0 ? [`required ${required.join(' ')}`] : []),
  ].join('; ');
}
