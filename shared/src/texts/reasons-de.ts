import type { ReasonTexts } from '../health/health-text.ts';
import { automationChoices } from '../jira/automation-choices.ts';
import { germanProblems } from './problems-de.ts';

/** Why an adapter is not healthy, in German. What Jira itself said is quoted as it is. */
export const germanReasons: ReasonTexts = {
  not_syncing: () => ({
    message: 'Der Abgleich läuft nicht.',
    remedy: 'Öffnen Sie den Adapter in UserHero.',
  }),
  jira_refuses: ({ detail, problem }) => ({
    message: detail ? `Jira lehnt die Verbindung ab: ${detail}` : 'Jira lehnt die Verbindung ab.',
    remedy:
      problem === 'oauth_failed'
        ? 'Neu verbinden hilft nicht. Wer dieses UserHero betreibt, muss ATLASSIAN_CLIENT_ID und ATLASSIAN_CLIENT_SECRET prüfen; danach geht der Abgleich von selbst weiter.'
        : 'Verbinden Sie den Adapter neu. Hilft das nicht, muss die Jira-Administration die App UserHero und das verbundene Konto zulassen.',
  }),
  project_not_visible: ({ names = [], detail = '' }) => ({
    message: `Das Konto ${detail} sieht das Jira-Projekt ${names.join(', ')} nicht.`,
    remedy:
      'Die Jira-Administration kann ihm Zugriff auf das Projekt geben; oder verbinden Sie den Adapter mit einem Konto neu, das ihn hat. Verknüpfte Einträge behalten ihre Vorgänge.',
  }),
  project_deleted: ({ names = [] }) => ({
    message: `Das Jira-Projekt ${names.join(', ')} wurde gelöscht.`,
    remedy:
      'Die Jira-Administration kann es 60 Tage lang aus dem Papierkorb wiederherstellen. Trennen Sie andernfalls den Adapter und verbinden Sie ein anderes Projekt.',
  }),
  project_archived: ({ names = [] }) => ({
    message: `Das Jira-Projekt ${names.join(', ')} ist archiviert; darin lässt sich nichts ändern.`,
    remedy: 'Bitten Sie die Jira-Administration, das Projekt aus dem Archiv zu holen.',
  }),
  check_failed: ({ problem, detail = '' }) => ({
    message:
      `Der letzte Abgleich mit Jira ist fehlgeschlagen. ${(problem && germanProblems[problem]) ?? detail}`.trim(),
    remedy: 'Wählen Sie in UserHero „Sync now“, um es erneut zu versuchen.',
  }),
  check_overdue: () => ({
    message: 'UserHero hat die verknüpften Vorgänge seit mehreren Stunden nicht mit Jira verglichen.',
    remedy:
      'Wählen Sie in UserHero „Sync now“. Kommt das wieder vor, wenden Sie sich an den Support von UserHero.',
  }),
  not_checked_yet: () => ({
    message: 'Der erste Abgleich mit Jira ist noch nicht fertig.',
    remedy: 'Das dauert einen Augenblick.',
  }),
  no_event_yet: ({ since }) => ({
    message: since
      ? 'Seit der Adapter verbunden ist, ist aus Jira kein Ereignis angekommen.'
      : 'Aus Jira ist noch kein Ereignis angekommen.',
    remedy:
      'Ändern Sie in Jira den Status eines verknüpften Vorgangs. Kommt nichts an, folgen Sie den Schritten unter „Inbound Sync (Webhooks)“ auf der Seite des Adapters in UserHero.',
  }),
  events_late: ({ count = 0 }) => ({
    message: `Ereignisse von ${count === 1 ? '1 Vorgang' : `${count} Vorgängen`} kommen immer wieder zu spät oder mit alter Zeit an und ändern nichts.`,
    remedy: 'Wählen Sie in UserHero „Sync now“ und prüfen Sie die Uhr des Systems, das sie sendet.',
  }),
  events_ignored: ({ count = 0 }) => ({
    message: `${count === 1 ? '1 Ereignis einer anderen Jira-Site hat' : `${count} Ereignisse einer anderen Jira-Site haben`} nichts geändert.`,
    remedy:
      'Verbinden Sie den Adapter neu, wenn Ihre Jira-Site eine neue Adresse hat; entfernen Sie andernfalls dort den Webhook.',
  }),
  events_refused: ({ detail = '' }) => ({
    message: `Eine Regel oder ein Webhook in Jira sendet, was UserHero nicht lesen kann. ${detail}`.trim(),
    remedy: `Wählen Sie in der Automatisierungsregel „${automationChoices.body}“ als Inhalt der Webanfrage.`,
  }),
  webhook_not_registered: ({ detail = '' }) => ({
    message: `Jira sendet seine Änderungen nicht von selbst. ${detail}`.trim(),
    remedy:
      'Legen Sie in Jira selbst einen Webhook an, wie die Seite des Adapters in UserHero es beschreibt.',
  }),
  events_failed: ({ count = 0 }) => ({
    message: `${count === 1 ? '1 Ereignis aus Jira konnte' : `${count} Ereignisse aus Jira konnten`} nicht angewendet werden.`,
    remedy: 'Versuchen Sie es in UserHero unter „Failed events“ erneut.',
  }),
  pushes_failed: ({ count = 0 }) => ({
    message: `${count === 1 ? '1 Übertragung ist' : `${count} Übertragungen sind`} in den letzten 24 Stunden fehlgeschlagen.`,
    remedy: 'Öffnen Sie in UserHero die Einträge; jeder sagt, was zu ändern ist.',
  }),
  statuses_unmapped: ({ names = [] }) => ({
    message: `Jira-Status ohne Zuordnung: ${names.join(', ')}.`,
    remedy: 'Fügen Sie unten für jeden eine Ausnahme hinzu.',
  }),
};
