import { z } from 'zod';
import { renameKey } from '../issues/rename-project.ts';
import { ControlProblem, issueOf, listOfNames, projectWanted, siteOf } from './read-wanted.ts';
import { projectField, unchanged, type WorldControl } from './world-control.ts';

const site = z.string().default('acme');
const projectWish = z.strictObject({
  site,
  project: z.string(),
  name: z.string().min(1).max(80).optional(),
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,9}$/, 'A project key has 2 to 10 capital letters, digits or underscores')
    .optional(),
  archived: z.boolean().optional(),
  deleted: z.boolean().optional(),
  restored: z.boolean().optional(),
});
const failureWish = z.strictObject({
  site,
  /** Ids or keys. */
  issues: listOfNames,
  calls: z.coerce.number().int().min(0).default(1),
  message: z.string().default('The issue could not be loaded at the moment.'),
});

export const projectControls: WorldControl[] = [
  {
    path: '/projects/:project',
    name: 'projects',
    title: 'Projects',
    about: 'Renames a project, changes its key, archives it, puts it into the trash or takes it out again.',
    fields: (_, one) => [
      projectField(one),
      { name: 'name', label: 'New name' },
      { name: 'key', label: 'New key' },
      { name: 'archived', label: 'Archive', choices: [unchanged, { text: 'Archive', value: true }] },
      { name: 'deleted', label: 'Delete', choices: [unchanged, { text: 'Move to trash', value: true }] },
      { name: 'restored', label: 'Restore', choices: [unchanged, { text: 'Restore', value: true }] },
    ],
    now: (_, { projects }) =>
      projects.flatMap(({ key, state, formerKeys = [] }) => [
        ...(state ? [`${key}: ${state}`] : []),
        ...(formerKeys.length > 0 ? [`${key}: formerly ${formerKeys.join(', ')}`] : []),
      ]),
    change: (sandbox, wish) => {
      const wanted = projectWish.parse(wish);
      const owner = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(owner, wanted.project);
      const taken = owner.projects.some((one) => one !== project && one.key === wanted.key);
      if (taken) throw new ControlProblem(`There is a project ${wanted.key} already`);
      if (wanted.deleted && project.state === 'archived') {
        throw new ControlProblem('Jira deletes no archived project: restore it first');
      }
      if (wanted.name) project.name = wanted.name;
      if (wanted.key) renameKey(sandbox, owner, project, wanted.key);
      if (wanted.archived) project.state = 'archived';
      if (wanted.deleted) project.state = 'deleted';
      if (wanted.restored || wanted.archived === false || wanted.deleted === false) delete project.state;
      sandbox.save();
      const { id, key, name, formerKeys = [], state = 'live' } = project;
      return { note: `${name} (${key}) is ${state}.`, id, key, name, formerKeys, state };
    },
  },
  {
    path: '/read-failures',
    name: 'read-failures',
    title: 'Reading fails for a while',
    about: 'The next bulk fetches answer these issues in issueErrors, though they are there.',
    fields: () => [
      { name: 'issues', label: 'Issue keys, with spaces between them' },
      { name: 'calls', label: 'For how many calls (1)' },
      { name: 'message', label: 'What Jira says' },
    ],
    now: (_, one) =>
      (one.readFailures ?? []).map(({ issueIds, calls }) => {
        const keys = issueIds.map((id) => one.issues[id]?.key ?? id);
        return `${keys.join(', ')}: fails ${calls} more times`;
      }),
    change: (sandbox, wish) => {
      const wanted = failureWish.parse(wish);
      const owner = siteOf(sandbox.world, wanted.site);
      const issueIds = wanted.issues.map((one) => issueOf(owner, one).id);
      const { calls, message } = wanted;
      owner.readFailures = [...(owner.readFailures ?? []), { issueIds, calls, message }].filter(
        (one) => one.calls > 0,
      );
      sandbox.save();
      return { note: `Reading fails for ${issueIds.length} issues.`, readFailures: owner.readFailures };
    },
  },
];
