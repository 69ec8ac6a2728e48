import type { InboundRuleName } from '../sync/status/inbound.ts';
import { englishFaults } from './faults-en.ts';
import { englishCategories, englishPriorities } from './names-en.ts';

/** Why an item lands where it does: ends a sentence, or stands alone in a table. */
const rules: Record<InboundRuleName, string> = {
  known: 'the status is known already',
  override: 'an override says so',
  resolution: 'an override of the resolution says so',
  own_target: 'it is the exact target of the present status',
  category: 'the category decides',
  name: 'the names match',
  unmapped: 'no rule covers this Jira status',
};

const items = (count: number): string => (count === 1 ? 'item' : 'items');

/** Every text of the mapping editor in English. `mapping-de.ts` has the same ones; the compiler sees to it. */
export const englishMapping = {
  categories: englishCategories,
  priorities: englishPriorities,
  noCategory: 'No category',
  choose: 'Choose…',
  rules,
  faults: englishFaults,
  editor: {
    title: 'Status mapping',
    jiraUnread: 'Jira’s statuses cannot be read just now',
    jiraUnreadText: 'Categories can be mapped without them; exact statuses need the connection.',
  },
  outbound: {
    title: 'From UserHero to Jira',
    lead: 'Where an issue goes when its item is pushed. Within a category you can name the exact Jira status.',
    status: 'UserHero status',
    category: 'Jira category',
    exact: 'Jira status',
    categoryFor: (status: string) => `Jira category for ${status}`,
    exactFor: (status: string) => `Jira status for ${status}`,
    any: 'Any in the category',
    missing: 'No category',
    unknown: (id: string) => `Status ${id}`,
  },
  inbound: {
    title: 'From Jira to UserHero',
    lead: 'Where an item lands when its issue moves to another category. An item that is already at a status of the category stays there.',
    category: 'Jira category',
    lands: 'UserHero status',
    first: 'First look for',
    sameName: 'A status of the same name',
    landsFor: (category: string) => `UserHero status for ${category}`,
    byNameFor: (category: string) => `${category}: first look for a status of the same name`,
    byName: 'by name, otherwise',
    none: 'No status is mapped to this category. A Jira status of the same name as a workflow status still counts.',
    lostTitle: 'Done may mean Lost',
    lostText:
      'Jira’s Done says that a lead is finished, not how. With “a status of the same name”, a Jira status called “Lost” makes the lead Lost; every other Done status lands on the choice above. If your Jira has another name for its lost leads, add an override for that status.',
  },
  overrides: {
    title: 'Overrides',
    lead: 'An exact Jira status that always lands on one UserHero status, whatever its category.',
    empty: 'None. The categories decide.',
    jiraStatus: (n: number) => `Jira status of override ${n}`,
    status: (n: number) => `UserHero status of override ${n}`,
    add: 'Add override',
    removeShort: 'Remove',
    remove: (n: number) => `Remove override ${n}`,
  },
  resolutions: {
    title: 'Resolutions in Jira',
    lead: 'The resolution of an issue whose item is finished, where Jira asks for one on the way to Done.',
    resolution: 'Resolution',
    resolutionFor: (status: string) => `Resolution for ${status}`,
    standard: (name: string) => `Standard (${name})`,
    unknown: (id: string) => `Resolution ${id}`,
    unread: 'Jira’s resolutions cannot be read just now. What is saved stays as it is.',
    noneDone: 'No status goes to Done, so no issue gets a resolution from here.',
  },
  resolutionOverrides: {
    title: 'Overrides by resolution',
    lead: 'A resolution that always lands on one UserHero status, in every Jira status of the category Done that has no override above. It counts when the resolution changes later, too. An item whose status has this resolution in the list above stays where it is.',
    empty: 'None. The Jira status decides.',
    resolution: (n: number) => `Resolution of override ${n}`,
    status: (n: number) => `UserHero status of resolution override ${n}`,
    add: 'Add override by resolution',
    removeShort: 'Remove',
    remove: (n: number) => `Remove resolution override ${n}`,
  },
  inboundPriority: {
    title: 'Priorities from Jira',
    lead: 'What a Jira priority makes of the item’s. An item whose own priority goes to this very Jira priority keeps it.',
    landsFor: (name: string) => `UserHero priority for Jira’s ${name}`,
    byTable: (name: string) => `As in the table above (${name})`,
    stays: 'The item’s stays: not in the table above',
    unknown: (id: string) => `Priority ${id}`,
    unread: 'Jira’s priorities cannot be read just now. What is saved stays as it is.',
  },
  priority: {
    title: 'Priority Mapping',
    lead: 'The Jira priority of a new issue.',
    userhero: 'UserHero priority',
    jira: 'Jira priority',
    jiraFor: (priority: string) => `Jira priority for ${priority}`,
    notOnScreen:
      'This issue type’s create screen has no priority field, so issues are created without a priority.',
    notInScheme: 'Not in this project’s scheme: created without priority.',
  },
  landing: {
    title: 'Result for each Jira status',
    lead: 'Where an item lands for each Jira status of this project, with the mapping as it is above. A resolution has a row where its override changes that.',
    jiraStatus: 'Jira status',
    category: 'Category',
    withResolution: (status: string, resolution: string) => `${status}, resolution “${resolution}”`,
    lands: 'Lands on',
    why: 'Because',
    nothing: 'No mapping',
  },
  whatIf: {
    title: 'Try it',
    lead: 'What the mapping above would do, saved or not.',
    item: 'An item that is',
    jira: 'and Jira says',
    resolution: 'with the resolution',
    unresolved: 'Unresolved',
    becomes: 'becomes',
    stays: 'stays',
  },
  preview: {
    title: 'Preview',
    lead: 'Linked items whose status would change. Previewing changes nothing.',
    leadInJira:
      'Linked items whose status would change. Neither previewing nor saving changes them; apply the saved mapping in UserHero, on the adapter’s page.',
    run: 'Preview changes',
    none: (linked: number) =>
      linked === 0
        ? 'No item is linked yet, so nothing would change.'
        : linked === 1
          ? 'The linked item would not change.'
          : `None of the ${linked} linked items would change.`,
    some: (changing: number, linked: number) =>
      `${changing} of ${linked} linked ${items(linked)} would change`,
    first: (shown: number) => `The first ${shown} are listed.`,
    saveFirst: 'Save the mapping to apply it to them. Saving alone changes no item.',
    rows: 'Items that would change',
    item: 'Item',
    issue: 'Jira',
    before: 'Now',
    after: 'Would become',
    failed: 'There is no preview just now',
  },
  apply: {
    start: (count: number) => `Apply to ${count} linked ${items(count)}`,
    stop: 'Stop',
    progress: (done: number, linked: number, changed: number) =>
      `${done} of ${linked} checked, ${changed} changed.`,
    failed: 'Not applied',
  },
  conflict: {
    saved: 'saved another mapping meanwhile',
    text: 'Nothing of yours is lost: choose which one to keep. If you keep yours, it replaces the saved one when you save again.',
    same: 'Both versions are identical.',
    differences: 'Where the two differ',
    what: 'What',
    mine: 'Yours',
    theirs: 'Saved',
    keepMine: 'Keep mine',
    takeTheirs: 'Take the saved one',
    goesTo: (status: string) => `${status} goes to`,
    comesBack: (category: string) => `${category} comes back as`,
    override: (status: string) => `Override for ${status}`,
    priority: (priority: string) => `Priority ${priority}`,
    resolution: (status: string) => `Resolution for ${status}`,
    resolutionOverride: (resolution: string) => `Override for the resolution ${resolution}`,
    inboundPriority: (priority: string) => `Jira’s priority ${priority} comes back as`,
    anyStatus: 'any status',
    none: 'none',
  },
  save: {
    save: 'Save mapping',
    undo: 'Undo changes',
    defaults: 'Use the defaults',
    dirty: 'Not saved yet.',
    saved: 'Saved.',
    failed: 'Not saved',
    faults: (count: number) => `Fix ${count} ${count === 1 ? 'problem' : 'problems'} above.`,
    isDefault: 'The default mapping',
    version: (version: number, when: string) => `Version ${version}, ${when}`,
    versionBy: (version: number) => `Version ${version}, by`,
    savedFlag: 'Mapping saved',
    savedFlagText: 'UserHero uses it from now on.',
  },
};

/** The texts of the mapping editor in a language. */
export type MappingTexts = typeof englishMapping;
