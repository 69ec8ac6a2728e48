import { z } from 'zod';
import { renameSite } from '../sites/rename-site.ts';
import { accountOf, ControlProblem, projectWanted, siteOf } from './read-wanted.ts';
import { accountField, unchanged, type WorldControl } from './world-control.ts';

const site = z.string().default('acme');
const accessWish = z.strictObject({
  site,
  blocked: z.boolean().optional(),
  /** Projects that apps may not see; an empty list shows them all again. */
  projects: z.array(z.string()).optional(),
});
const accountWish = z.strictObject({
  site: z.string().optional(),
  account: z.string(),
  active: z.boolean().optional(),
  closed: z.boolean().optional(),
});
const renameWish = z.strictObject({
  site,
  newSlug: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'A site has small letters, digits and hyphens in its address'),
  name: z.string().optional(),
  events: z.enum(['new', 'old']).default('new'),
});

export const siteControls: WorldControl[] = [
  {
    path: '/app-access',
    name: 'app-access',
    title: 'Access of apps',
    about: 'An administrator blocks OAuth apps, or hides single projects from them.',
    fields: (_, { projects }) => [
      {
        name: 'blocked',
        label: 'OAuth apps are',
        choices: [unchanged, { text: 'Blocked', value: true }, { text: 'Allowed', value: false }],
      },
      {
        name: 'projects',
        label: 'Hidden from apps',
        choices: [
          unchanged,
          { text: 'No project', value: [] },
          ...projects.map(({ key }) => ({ text: `${key} alone`, value: [key] })),
        ],
      },
    ],
    now: (_, { appAccess, projects }) => {
      const hidden = projects.filter((one) => appAccess?.projectIds.includes(one.id));
      return [
        ...(appAccess?.blocked ? ['OAuth apps are blocked'] : []),
        ...(hidden.length > 0 ? [`Hidden from apps: ${hidden.map((one) => one.key).join(', ')}`] : []),
      ];
    },
    change: (sandbox, wish) => {
      const wanted = accessWish.parse(wish);
      const owner = siteOf(sandbox.world, wanted.site);
      const before = owner.appAccess ?? { blocked: false, projectIds: [] };
      owner.appAccess = {
        blocked: wanted.blocked ?? before.blocked,
        projectIds: wanted.projects?.map((one) => projectWanted(owner, one).id) ?? before.projectIds,
      };
      sandbox.save();
      return { note: `The access rule of ${owner.name} was changed.`, ...owner.appAccess };
    },
  },
  {
    path: '/accounts/:account',
    name: 'accounts',
    title: 'Accounts',
    about: 'Deactivates a person, whose tokens are then refused, or closes the account for good.',
    fields: (sandbox) => [
      accountField(sandbox),
      {
        name: 'active',
        label: 'The account is',
        choices: [unchanged, { text: 'Deactivated', value: false }, { text: 'Active', value: true }],
      },
      {
        name: 'closed',
        label: 'Closed by the person',
        choices: [unchanged, { text: 'Yes', value: true }, { text: 'No', value: false }],
      },
    ],
    now: ({ world }) =>
      world.accounts
        .filter((one) => one.closed || one.active === false)
        .map((one) => `${one.displayName}: ${one.closed ? 'closed' : 'deactivated'}`),
    change: (sandbox, wish) => {
      const wanted = accountWish.parse(wish);
      const account = accountOf(sandbox.world, wanted.account);
      const { accountId, displayName } = account;
      account.closed = wanted.closed ?? account.closed ?? false;
      account.active = !account.closed && (wanted.active ?? account.active ?? true);
      sandbox.save();
      const state = account.closed ? 'closed' : account.active ? 'active' : 'deactivated';
      return { note: `The account of ${displayName} is ${state}.`, accountId, state };
    },
  },
  {
    path: '/sites/:site/rename',
    name: 'rename',
    title: 'Address of the site',
    about:
      'Gives the site another name in its address. The cloud id stays, and the former address redirects.',
    fields: (_, { slug }) => [
      { name: 'newSlug', label: `New name in the address (now ${slug})` },
      {
        name: 'events',
        label: 'Links in events name',
        choices: [
          { text: 'The new address at once', value: 'new' },
          { text: 'Still the former address', value: 'old' },
        ],
      },
    ],
    now: (_, { formerSlugs = [], eventSlug }) => [
      ...formerSlugs.map((one) => `Formerly ${one}`),
      ...(eventSlug ? [`Events still name ${eventSlug}`] : []),
    ],
    change: (sandbox, wish) => {
      const wanted = renameWish.parse(wish);
      const { world } = sandbox;
      const owner = siteOf(world, wanted.site);
      const taken = world.sites.some(
        (one) => one !== owner && [one.slug, ...(one.formerSlugs ?? [])].includes(wanted.newSlug),
      );
      if (taken) throw new ControlProblem(`${wanted.newSlug} is taken`);
      const before = owner.eventSlug ?? owner.slug;
      renameSite(sandbox, owner, wanted.newSlug);
      if (wanted.events === 'old' && before !== owner.slug) owner.eventSlug = before;
      else delete owner.eventSlug;
      if (wanted.name) owner.name = wanted.name;
      sandbox.save();
      const { slug, cloudId, formerSlugs = [] } = owner;
      return { note: `The address is now ${sandbox.url}/s/${slug}.`, slug, cloudId, formerSlugs };
    },
  },
];
