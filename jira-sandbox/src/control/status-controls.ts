import { z } from 'zod';
import { projectOf } from '../issues/find.ts';
import { removeStatus } from '../issues/remove-status.ts';
import { ada } from '../seed/accounts.ts';
import { workflowOf, workflowsOf } from '../workflows/find-transition.ts';
import type { Site, Status } from '../world.ts';
import { ControlProblem, siteOf } from './read-wanted.ts';
import { unchanged, type WorldControl } from './world-control.ts';

const statusWish = z.strictObject({
  site: z.string().default('acme'),
  status: z.string(),
  name: z.string().min(1).max(60).optional(),
  category: z.enum(['new', 'indeterminate', 'done', 'undefined']).optional(),
  deleted: z.boolean().optional(),
  moveIssuesTo: z.string().optional(),
  silently: z.boolean().default(false),
});

export const statusControls: WorldControl[] = [
  {
    path: '/statuses/:status',
    name: 'statuses',
    title: 'Statuses',
    about: 'Renames a status, puts it into another category, or deletes it after moving its issues.',
    fields: (_, site) => [
      {
        name: 'status',
        label: 'Status',
        choices: site.statuses.map((one) => ({ text: described(site, one), value: one.id })),
      },
      { name: 'name', label: 'New name' },
      {
        name: 'category',
        label: 'Category',
        choices: [
          unchanged,
          ...(['new', 'indeterminate', 'done', 'undefined'] as const).map((key) => ({
            text: site.categoryNames[key],
            value: key,
          })),
        ],
      },
      { name: 'deleted', label: 'Delete', choices: [unchanged, { text: 'Delete', value: true }] },
      {
        name: 'moveIssuesTo',
        label: 'Move its issues to',
        choices: [unchanged, ...site.statuses.map((one) => ({ text: described(site, one), value: one.id }))],
      },
      {
        name: 'silently',
        label: 'Moving them',
        choices: [
          { text: 'Sends events', value: false },
          { text: 'Sends no events', value: true },
        ],
      },
    ],
    now: () => [],
    change: (sandbox, wish) => {
      const wanted = statusWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const status = statusOf(site, wanted.status);
      if (wanted.name) status.name = wanted.name;
      if (wanted.category) status.category = wanted.category;
      if (wanted.deleted) {
        const target = wanted.moveIssuesTo ? statusOf(site, wanted.moveIssuesTo) : null;
        checkDeletion(site, status, target);
        removeStatus(sandbox, site, status, target, { actorId: ada.accountId, silently: wanted.silently });
      }
      sandbox.save();
      const { id, name, category } = status;
      const done = wanted.deleted ? 'was deleted' : `is of the category ${site.categoryNames[category]}`;
      return { note: `The status ${name} ${done}.`, id, name, category };
    },
  },
];

function described(site: Site, status: Status): string {
  const owner = site.projects.find((one) => one.id === status.projectId);
  return `${status.name} (${status.id}${owner ? `, ${owner.key}` : ''})`;
}

function statusOf(site: Site, wanted: string): Status {
  const text = wanted.toLowerCase();
  const found = site.statuses.find((one) => one.id === wanted || one.name.toLowerCase() === text);
  if (!found) throw new ControlProblem(`There is no status ${wanted}`);
  return found;
}

function checkDeletion(site: Site, status: Status, target: Status | null): void {
  const holders = Object.values(site.issues).filter((one) => one.statusId === status.id);
  if (holders.length > 0 && !target) {
    throw new ControlProblem(`${holders.length} issues are in ${status.name}: say where they go`);
  }
  const stuck = holders.find(
    (one) => target && !workflowOf(projectOf(site, one), one.issueTypeId).statusIds.includes(target.id),
  );
  if (stuck || target === status) {
    throw new ControlProblem(
      `The workflow of ${stuck?.key ?? 'the issues'} has no other status ${target?.name}`,
    );
  }
  const lonely = site.projects.find((one) =>
    workflowsOf(one).some(({ statusIds }) => statusIds.length === 1 && statusIds[0] === status.id),
  );
  if (lonely) throw new ControlProblem(`${status.name} is the only status of ${lonely.key}`);
}
