import { germanProblems } from '@userhero/shared/texts/problems-de.ts';
import { germanReasons } from '@userhero/shared/texts/reasons-de.ts';
import { germanReferenceStates } from '@userhero/shared/texts/reference-states-de.ts';
import { germanSync } from '@userhero/shared/texts/sync-de.ts';
import type { Texts } from './en.ts';

/** Every text in German. */
export const de: Texts = {
  locale: 'de',
  sync: germanSync,
  healthLevels: {
    healthy: 'In Ordnung',
    waiting: 'Wartet auf Jira',
    attention: 'Braucht Aufmerksamkeit',
    not_syncing: 'Kein Abgleich',
  },
  somebodyInJira: 'Jemand in Jira',
  formerJiraUser: 'Ein früherer Jira-Nutzer',
  loading: 'Der Abgleich mit UserHero wird geladen',
  retry: 'Erneut versuchen',
  problemTitle: 'UserHero kann gerade nicht angezeigt werden',
  problemText: (code, detail) => germanProblems[code] ?? detail,
  notConnected: {
    title: 'Dieses Projekt ist noch nicht mit UserHero verbunden',
    text: 'Öffnen Sie in UserHero unter Settings → Sync Adapters den Jira-Adapter Ihres Projekts und wählen Sie dieses Jira-Projekt. Danach lässt sich die Zuordnung hier einrichten.',
    open: 'UserHero öffnen',
  },
  connection: {
    label: 'Verbindung',
    title: (project, workflow) => `${project} · ${workflow}`,
    openSettings: 'In UserHero öffnen',
    linked: (count) => (count === 1 ? '1 verknüpfter Vorgang' : `${count} verknüpfte Vorgänge`),
    lastEvent: 'Letztes Ereignis aus Jira',
    lastChange: 'Letzte Statusänderung aus Jira',
    lastPush: 'Letzte Übertragung nach Jira',
    lastReconciled: 'Letzter Abgleich mit Jira',
    never: 'nie',
    waiting: (count) =>
      `${count} ${count === 1 ? 'Ereignis wartet' : 'Ereignisse warten'} auf die Anwendung.`,
  },
  notes: {
    readOnlyTitle: 'Nur lesbar',
    readOnlyText: 'Nur wer dieses Jira-Projekt verwalten darf, kann die Zuordnung ändern.',
    reauthText:
      'Die Zuordnung lässt sich weiter ändern; genaue Jira-Status und Prioritäten sind bis dahin nicht lesbar.',
    jiraUnreadTitle: 'Die Status von Jira sind gerade nicht lesbar',
    jiraUnreadText:
      'Kategorien lassen sich ohne sie zuordnen; genaue Status, Prioritäten und die Vorschau brauchen die Verbindung.',
  },
  panel: {
    loading: 'Der UserHero-Eintrag wird geladen',
    empty: 'Mit diesem Vorgang ist kein UserHero-Eintrag verknüpft.',
    open: 'In UserHero öffnen',
    status: 'Status',
    workflow: 'Workflow',
    lastChange: 'Letzte Änderung',
    notSyncing: 'Wird gerade nicht abgeglichen',
    states: germanReferenceStates,
  },
  reasons: germanReasons,
};
