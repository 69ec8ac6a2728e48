import { referenceStateTexts } from '@userhero/shared/domain/reference-state.ts';
import { healthLevelNames, type ReasonTexts } from '@userhero/shared/health/health-text.ts';
import type { Language } from '@userhero/shared/texts/language.ts';
import { englishSync } from '@userhero/shared/texts/sync-en.ts';

/** Every text of the page and the panel, in English. `de.ts` has the same ones; the compiler sees to it. */
export const en = {
  locale: 'en' as Language,
  sync: englishSync,
  healthLevels: healthLevelNames,
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
    readOnlyTitle: 'Read-only',
    readOnlyText: 'Only those who may administer this Jira project can change its mapping.',
    reauthText:
      'The mapping can still be changed; exact Jira statuses and priorities cannot be read until then.',
    jiraUnreadTitle: 'Jira’s statuses cannot be read just now',
    jiraUnreadText:
      'Categories can be mapped without them; exact statuses, priorities and the preview need the connection.',
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
  /** The service's own reasons are in English already. */
  reasons: null as ReasonTexts | null,
};

export type Texts = typeof en;
