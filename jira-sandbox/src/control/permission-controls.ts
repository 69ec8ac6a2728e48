import { z } from 'zod';
import { findAccount } from '../issues/find.ts';
import type { PermissionKey } from '../issues/known-permissions.ts';
import type { Project, World } from '../world.ts';
import { accountOf, issueOf, projectWanted, siteOf } from './read-wanted.ts';
import {
  accountField,
  issueField,
  nameOf,
  projectField,
  unchanged,
  type WorldControl,
} from './world-control.ts';

const permissionNames = {
  browse: 'BROWSE_PROJECTS',
  create: 'CREATE_ISSUES',
  edit: 'EDIT_ISSUES',
  transition: 'TRANSITION_ISSUES',
  assign: 'ASSIGN_ISSUES',
  link: 'LINK_ISSUES',
  delete: 'DELETE_ISSUES',
  administer: 'ADMINISTER_PROJECTS',
} as const satisfies Record<string, PermissionKey>;

const names = Object.keys(permissionNames) as (keyof typeof permissionNames)[];
/** null: what the account's role says. */
const given = z.boolean().nullable().optional();
const site = z.string().default('acme');
const permissionWish = z.strictObject({
  site,
  project: z.string(),
  account: z.string(),
  browse: given,
  create: given,
  edit: given,
  transition: given,
  assign: given,
  link: given,
  delete: given,
  administer: given,
});
const securityWish = z.strictObject({
  site,
  issue: z.string(),
  visibleTo: z.array(z.string()).nullable(),
});

export const permissionControls: WorldControl[] = [
  {
    path: '/permissions',
    name: 'permissions',
    title: 'Permissions',
    about: 'What an account may do in a project, whatever its role says.',
    fields: (sandbox, site) => [
      accountField(sandbox),
      projectField(site),
      ...names.map((name) => ({
        name,
        label: `Permission to ${name}`,
        choices: [
          unchanged,
          { text: 'Give', value: true },
          { text: 'Take', value: false },
          { text: 'As the role says', value: null },
        ],
      })),
    ],
    now: ({ world }, { projects }) => projects.flatMap((project) => deviations(world, project)),
    change: (sandbox, wish) => {
      const wanted = permissionWish.parse(wish);
      const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
      const account = accountOf(sandbox.world, wanted.account);
      const own = { ...project.permissions[account.accountId] };
      for (const name of names) {
        const value = wanted[name];
        if (value === null) delete own[permissionNames[name]];
        else if (value !== undefined) own[permissionNames[name]] = value;
      }
      project.permissions[account.accountId] = own;
      sandbox.save();
      return {
        note: `The permissions of ${account.displayName} in ${project.key} were changed.`,
        permissions: own,
      };
    },
  },
  {
    path: '/issues/:issue/security',
    name: 'security',
    title: 'Issue security',
    about: 'Hides one issue from everybody who is not in its security level.',
    fields: ({ world }) => [
      issueField,
      {
        name: 'visibleTo',
        label: 'Visible to',
        choices: [
          { text: 'Everybody', value: null },
          ...world.accounts.map((one) => ({ text: `${one.displayName} only`, value: [one.accountId] })),
          { text: 'Nobody', value: [] },
        ],
      },
    ],
    now: ({ world }, { issues }) =>
      Object.values(issues).flatMap(({ key, visibleTo }) =>
        visibleTo ? [`${key}: visible to ${namesOf(world, visibleTo) || 'nobody'}`] : [],
      ),
    change: (sandbox, wish) => {
      const wanted = securityWish.parse(wish);
      const issue = issueOf(siteOf(sandbox.world, wanted.site), wanted.issue);
      issue.visibleTo = wanted.visibleTo?.map((one) => accountOf(sandbox.world, one).accountId) ?? null;
      sandbox.save();
      const who = issue.visibleTo ? namesOf(sandbox.world, issue.visibleTo) || 'nobody' : 'everybody';
      return { note: `${issue.key} is now visible to ${who}.`, visibleTo: issue.visibleTo };
    },
  },
];

function namesOf(world: World, accountIds: string[]): string {
  return accountIds.map((id) => nameOf(findAccount(world, id))).join(', ');
}

function deviations(world: World, project: Project): string[] {
  return Object.entries(project.permissions).flatMap(([accountId, own]) => {
    const lines = Object.entries(own).map(([key, value]) => `${value ? 'has' : 'lacks'} ${key}`);
    return lines.length > 0 ? [`${project.key}: ${namesOf(world, [accountId])} ${lines.join(', ')}`] : [];
  });
}
