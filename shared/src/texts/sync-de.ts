import type { SyncTexts } from './sync-texts.ts';

export const germanSync: SyncTexts = {
  title: 'Was abgeglichen wird',
  lead: 'Was nach dem Übertragen oder Verknüpfen weiter abgeglichen wird und wessen Wert zählt, wenn sich beide Seiten geändert haben. Einschalten allein ändert nichts: Wo Eintrag und Vorgang sich unterscheiden, zeigt der Eintrag beide Werte.',
  things: {
    status: 'Status',
    summary: 'Titel',
    description: 'Beschreibung',
    priority: 'Priorität',
    labels: 'Labels',
  },
  directions: { off: 'Aus', 'to-jira': 'Nach Jira', 'from-jira': 'Aus Jira', both: 'In beide Richtungen' },
  conflicts: {
    jira: 'Der Wert aus Jira zählt',
    userhero: 'Der Wert aus UserHero zählt',
    ask: 'Beim Eintrag nachfragen',
  },
  directionOf: (thing) => `${thing}: Richtung`,
  conflictOf: (thing) => `${thing}: wenn sich beide Seiten geändert haben`,
  travels: (thing, direction) => `${thing}: ${direction}`,
  holds: {
    ask: 'Eintrag und Vorgang haben sich beide geändert.',
    differs:
      'Eintrag und Vorgang haben sich beide geändert, und der Wert, der zählt, wird nicht in diese Richtung übertragen.',
    simplified: 'Eine Seite hat nur eine gekürzte oder vereinfachte Fassung des Textes der anderen.',
    never_agreed:
      'Eintrag und Vorgang unterscheiden sich seit der Verknüpfung oder seit dieser Abgleich eingeschaltet ist.',
    no_place: 'Auf der anderen Seite ist kein Platz für den Wert.',
    refused: 'Jira hat den Wert abgelehnt.',
  },
  differs: (thing) => `${thing} unterscheidet sich`,
  refused: (said) => `Jira meldet: ${said}`,
  inUserhero: 'UserHero',
  inJira: 'Jira',
  empty: 'leer',
  takeUserhero: 'Wert aus UserHero verwenden',
  takeJira: 'Wert aus Jira verwenden',
};
