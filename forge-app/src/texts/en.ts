import type { ForgeConnection } from '@userhero/shared/contracts/forge.ts';
import type { Priority } from '@userhero/shared/domain/priority.ts';
import { referenceStateTexts } from '@userhero/shared/domain/reference-state.ts';
import { healthLevelNames, type ReasonTexts } from '@userhero/shared/health/health-text.ts';
import type { CategoryKey } from '@userhero/shared/jira/status-category.ts';
import type { InboundRuleName } from '@userhero/shared/sync/status/inbound.ts';
import type { Language } from '@userhero/shared/texts/language.ts';
import type { FaultTexts } from './fault-texts.ts';

const categories: Record<CategoryKey, string> = { new: 'To Do', indeterminate: 'In Progress', done: 'Done' };
const priorities: Record<Priority, string> = { low: 'Low', medium: 'Medium', high: 'High', urgent: 'Urgent' };
const states: Record<ForgeConnection['state'], string> = {
  authorizing: 'Waiting for consent',
  choosing: 'Set-up',
  active: 'Syncing',
  paused: 'Paused',
  needs_reauth: 'Reconnect needed',
  disconnected: 'Disconnected',
};
const rules: Record<InboundRuleName, string> = {
  known: 'nothing new',
  override: 'an override says so',
  own_target: 'its own target',
  category: 'by its category',
  name: 'the names match',
  unmapped: 'no rule covers it',
};

/** Every text of the page and the panel, in English. `de.ts` has the same ones; the compiler sees to it. */
export const en = {
  locale: 'en' as Language,
  categories,
  priorities,
  states,
  healthLevels: healthLevelNames,
  rules,
  noCategory: 'No category',
  somebodyInJira: 'Somebody in Jira',
  formerJiraUser: 'A former Jira user',
  loading: 'Loading the sync with UserHero',
  retry: 'Try again',
  problemTitle: 'UserHero cannot be shown just now',
  problemText: (_code: string, detail: string, remedy: string | undefined) =>
    `${detail} ${remedy ?? ''}`.trim(),
  notConnected: {
    title: 'This project is not connected to UserHero yet',
    text: 'In UserHero, open your project’s Settings → Sync Adapters, add the Jira adapter and select this Jira project. Its mapping can then be configured here.',
    open: 'Open UserHero',
  },
  connection: {
    label: 'Connection',
    title: (project: string, workflow: string) => `${project} · ${workflow}`,
    openSettings: 'Open in UserHero',
    linked: (count: number) => (count === 1 ? '1 linked issue' : `${count} linked issues`),
    lastEvent: 'Last event from Jira',
    lastChange: 'Last status change from Jira',
    lastPush: 'Last push to Jira',
    lastReconciled: 'Last sync with Jira',
    never: 'never',
    waiting: (count: number) => `${count} ${count === 1 ? 'event is' : 'events are'} queued.`,
  },
  notes: {
    readOnlyTitle: 'You can look, not change',
    readOnlyText: 'Only those who may administer this Jira project can change its mapping.',
    reauthTitle: 'UserHero’s access to Jira has ended',
    reauthText:
      'Reconnect the adapter in UserHero — the OAuth token may have expired. The mapping can still be changed; exact Jira statuses and priorities cannot be read until then.',
    pausedPlanTitle: 'Paused by the plan',
    pausedPlanText:
      'Upgrade the UserHero project to Growth, Pro or Pro Max to resume. Nothing is lost meanwhile.',
    pausedTitle: 'Paused for maintenance',
    pausedText: 'Changes are kept and applied in order when the adapter is resumed in UserHero.',
    disconnectedTitle: 'Disconnected',
    disconnectedText:
      'External references are preserved; their links still work. Reconnect in UserHero to resume.',
    jiraUnreadTitle: 'Jira’s statuses cannot be read just now',
    jiraUnreadText:
      'Categories can be mapped without them; exact statuses, priorities and the preview need the connection.',
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
    landsFor: (category: string) => `UserHero status for ${category}`,
    byNameFor: (category: string) => `${category}: first look for a status of the same name`,
    byName: 'by name, otherwise',
    none: 'No status is mapped to this category. A Jira status of the same name as a workflow status still counts.',
    lostTitle: 'Done may mean Lost',
    lostText:
      'Jira’s Done says that a lead is finished, not how. With “a status of the same name”, a Jira status called “Lost” makes the lead Lost; every other Done status lands on the choice above.',
  },
  overrides: {
    title: 'Overrides',
    lead: 'An exact Jira status that always lands on one UserHero status, whatever its category.',
    empty: 'None. The categories decide.',
    jiraStatus: (n: number) => `Jira status of override ${n}`,
    status: (n: number) => `UserHero status of override ${n}`,
    add: 'Add override',
    remove: (n: number) => `Remove override ${n}`,
  },
  priority: {
    title: 'Priorities',
    lead: 'The Jira priority that a pushed item gets.',
    userhero: 'UserHero priority',
    jira: 'Jira priority',
    jiraFor: (priority: string) => `Jira priority for ${priority}`,
    notOnScreen: 'This project’s create screen has no priority field, so issues are created without one.',
  },
  landing: {
    title: 'What this comes to',
    lead: 'Where an item lands for each Jira status of this project, with the mapping as it is above.',
    jiraStatus: 'Jira status',
    category: 'Category',
    lands: 'Lands on',
    why: 'Because',
    nothing: 'No mapping',
  },
  preview: {
    title: 'Preview',
    lead: 'See which linked items this mapping would change. Saving changes none of them; apply the saved mapping to them in UserHero, on the adapter’s page.',
    run: 'Preview changes',
    none: (linked: number) =>
      linked === 0
        ? 'No item is linked yet, so nothing would change.'
        : linked === 1
          ? 'The linked item would not change.'
          : `None of the ${linked} linked items would change.`,
    some: (changing: number, linked: number) =>
      `${changing} of ${linked} linked ${linked === 1 ? 'item' : 'items'} would change.`,
    item: 'Item',
    issue: 'Jira',
    before: 'Now',
    after: 'Would become',
    failed: 'There is no preview just now',
  },
  conflict: {
    title: (who: string) => `${who} saved another mapping meanwhile`,
    text: 'Nothing of yours is lost: choose which one to go on with. Keeping yours puts it over the saved one when you save again.',
    same: 'It says the same as yours.',
    what: 'What',
    mine: 'Yours',
    theirs: 'Saved',
    keepMine: 'Keep mine',
    takeTheirs: 'Take the saved one',
    goesTo: (status: string) => `${status} goes to`,
    comesBack: (category: string) => `${category} comes back as`,
    override: (status: string) => `Override for ${status}`,
    priority: (priority: string) => `Priority ${priority}`,
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
    faults: (count: number) => `${count} ${count === 1 ? 'thing' : 'things'} to repair above.`,
    isDefault: 'The default mapping',
    version: (version: number, when: string) => `Version ${version}, ${when}`,
    savedFlag: 'Mapping saved',
    savedFlagText: 'UserHero uses it from now on.',
  },
  panel: {
    loading: 'Loading the UserHero item',
    empty: 'No UserHero item is linked to this issue.',
    open: 'Open in UserHero',
    status: 'Status',
    workflow: 'Workflow',
    lastChange: 'Last change',
    notSyncing: 'Not syncing at the moment',
    states: referenceStateTexts,
  },
  /** The service's own messages are in English already. */
  faults: null as FaultTexts | null,
  reasons: null as ReasonTexts | null,
};

export type Texts = typeof en;
