import { z } from 'zod';
import { changePriorities } from '../issues/priority-scheme.ts';
import { ada } from '../seed/accounts.ts';
import type { Priority, Site } from '../world.ts';
import { ControlProblem, namesWithSpaces, projectWanted, siteOf } from './read-wanted.ts';
import { projectField, type WorldControl } from './world-control.ts';

const prioritiesWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  /** Ids or names, the most urgent first; `+Name` is a new priority of the site. */
  priorities: namesWithSpaces,
  /** Absent: the present default, if it is still there, or the first. */
  default: z.string().optional(),
  /** What issues get whose priority is gone; absent: the default. */
  issuesTo: z.string().optional(),
  silently: z.boolean().default(false),
});

/** The priorities that the issues of a project may have: its priority scheme. */
export const priorityControls: WorldControl[] = [
  {
    path: '/priorities',
    name: 'priorities',
    title: 'Priority schemes',
    about: 'Changes which priorities a project has. Issues whose priority is gone get another one.',
    fields: (_, site) => [
      projectField(site),
      { name: 'priorities', label: 'Its priorities, with commas between; “+Name” makes a new one' },
      { name: 'default', label: 'Default priority' },
      { name: 'issuesTo', label: 'Priority of issues whose own is gone' },
      {
        name: 'silently',
        label: 'Changing those issues',
        choices: [
          { text: 'Sends events', value: false },
          { text: 'Sends no events', value: true },
        ],
      },
    ],
    now: (_, site) =>
      site.projects.map(({ key, priorityIds, defaultPriorityId }) => {
        const names = priorityIds.map((id) => nameOf(site, id)).join(', ');
        return `${key}: ${names}; default ${nameOf(site, defaultPriorityId)}`;
      }),
    change: (sandbox, wish) => {
      const wanted = prioritiesWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(site, wanted.project);
      const chosen = wanted.priorities.map((one) => priorityFor(site, one));
      const [first] = chosen;
      if (!first) throw new ControlProblem('A priority scheme needs a priority');
      const among = (name: string) => priorityNamed(chosen, name).id;
      const kept = chosen.find((one) => one.id === project.defaultPriorityId) ?? first;
      const defaultPriorityId = wanted.default === undefined ? kept.id : among(wanted.default);
      const insteadId = wanted.issuesTo === undefined ? defaultPriorityId : among(wanted.issuesTo);
      const scheme = { priorityIds: [...new Set(chosen.map((one) => one.id))], defaultPriorityId };
      const how = { insteadId, actorId: ada.accountId, silently: wanted.silently };
      changePriorities(sandbox, site, project, scheme, how);
      return {
        note: `The priorities of ${project.key} were changed.`,
        priorities: chosen.map(({ id, name }) => ({ id, name })),
        default: nameOf(site, defaultPriorityId),
      };
    },
  },
];

function nameOf(site: Site, id: string): string {
  return site.priorities.find((one) => one.id === id)?.name ?? 'none';
}

function priorityFor(site: Site, wanted: string): Priority {
  if (!wanted.startsWith('+')) return priorityNamed(site.priorities, wanted);
  const name = wanted.slice(1).trim();
  const same = site.priorities.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (same) return same;
  const id = String(Math.max(firstOwnId, ...site.priorities.map((one) => Number(one.id) + 1)));
  const made: Priority = { id, name, color: '#8b0000', icon: 'highest' };
  site.priorities.push(made);
  return made;
}

/** Below are the ids of the priorities that sites come with. */
const firstOwnId = 10_000;

function priorityNamed(among: Priority[], wanted: string): Priority {
  const text = wanted.toLowerCase();
  const found = among.find((one) => one.id === wanted || one.name.toLowerCase() === text);
  if (!found) throw new ControlProblem(`There is no priority ${wanted}`);
  return found;
}
