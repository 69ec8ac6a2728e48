import type { AdapterStateTexts } from './adapter-state-texts.ts';

/** The states of an adapter in English, the same on every page. */
export const englishAdapterStates: AdapterStateTexts = {
  authorizing: {
    label: 'Waiting for consent',
    title: 'Set-up is not finished',
    sentence: 'The adapter is waiting for consent.',
    meaning: 'UserHero may not access Jira yet.',
    remedy: 'Continue with the consent at Atlassian.',
  },
  choosing: {
    label: 'Set-up not finished',
    title: 'Set-up is not finished',
    sentence: 'The adapter is not set up yet.',
    meaning: 'No Jira project is selected yet.',
    remedy: 'Select the Jira project to sync with.',
  },
  active: {
    label: 'Connected',
    title: 'Connected',
    sentence: 'The adapter is connected.',
    meaning: 'Changes are synced.',
    remedy: null,
  },
  paused: {
    label: 'Paused',
    title: 'Paused for maintenance',
    sentence: 'The adapter is paused.',
    meaning: 'Events from Jira are kept and applied in order when the adapter is resumed; pushes wait.',
    remedy: 'Resume when ready.',
  },
  paused_by_plan: {
    label: 'Paused',
    title: 'Paused by the plan',
    sentence: 'The adapter is paused.',
    meaning:
      'The plan does not include Jira. Nothing is lost: events are kept, and external references stay.',
    remedy: 'Upgrade to Growth, Pro or Pro Max to resume.',
  },
  needs_reauth: {
    label: 'Reconnect needed',
    title: 'UserHero’s access to Jira has ended',
    sentence: 'The adapter is no longer connected to Jira.',
    meaning: 'Nothing is lost: events are kept, and external references stay.',
    remedy: 'Reconnect the adapter — your OAuth token may have expired.',
  },
  disconnected: {
    label: 'Disconnected',
    title: 'Disconnected',
    sentence: 'The adapter is disconnected.',
    meaning:
      'The links to Jira issues still work. To sync them again, select the same Jira project when you reconnect.',
    remedy: 'Reconnect anytime; existing external references are preserved.',
  },
};
