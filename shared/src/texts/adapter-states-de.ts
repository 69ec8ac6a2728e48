import type { AdapterStateTexts } from './adapter-state-texts.ts';

/** The states of an adapter in German. */
export const germanAdapterStates: AdapterStateTexts = {
  authorizing: {
    label: 'Wartet auf Zustimmung',
    title: 'Die Einrichtung ist nicht abgeschlossen',
    sentence: 'Der Adapter wartet auf Zustimmung.',
    meaning: 'UserHero darf noch nicht auf Jira zugreifen.',
    remedy: 'Setzen Sie in UserHero die Zustimmung bei Atlassian fort.',
  },
  choosing: {
    label: 'Einrichtung nicht abgeschlossen',
    title: 'Die Einrichtung ist nicht abgeschlossen',
    sentence: 'Der Adapter ist noch nicht eingerichtet.',
    meaning: 'Noch ist kein Jira-Projekt gewählt.',
    remedy: 'Wählen Sie in UserHero das Jira-Projekt, mit dem abgeglichen wird.',
  },
  active: {
    label: 'Verbunden',
    title: 'Verbunden',
    sentence: 'Der Adapter ist verbunden.',
    meaning: 'Änderungen werden abgeglichen.',
    remedy: null,
  },
  paused: {
    label: 'Angehalten',
    title: 'Für Wartung angehalten',
    sentence: 'Der Adapter ist angehalten.',
    meaning:
      'Ereignisse aus Jira werden aufbewahrt und beim Fortsetzen der Reihe nach angewendet; Übertragungen warten.',
    remedy: 'Setzen Sie den Adapter in UserHero fort, wenn es so weit ist.',
  },
  paused_by_plan: {
    label: 'Angehalten',
    title: 'Angehalten wegen des Tarifs',
    sentence: 'Der Adapter ist angehalten.',
    meaning:
      'Der Tarif enthält Jira nicht. Nichts geht verloren: Ereignisse werden aufbewahrt, externe Verweise bleiben.',
    remedy: 'Mit Growth, Pro oder Pro Max läuft der Abgleich weiter.',
  },
  needs_reauth: {
    label: 'Neu verbinden',
    title: 'UserHero hat keinen Zugriff mehr auf Jira',
    sentence: 'Der Adapter ist nicht mehr mit Jira verbunden.',
    meaning: 'Nichts geht verloren: Ereignisse werden aufbewahrt, externe Verweise bleiben.',
    remedy: 'Verbinden Sie den Adapter in UserHero neu; das OAuth-Token ist vermutlich abgelaufen.',
  },
  disconnected: {
    label: 'Getrennt',
    title: 'Getrennt',
    sentence: 'Der Adapter ist getrennt.',
    meaning:
      'Die Links zu Jira-Vorgängen funktionieren weiter. Um sie wieder abzugleichen, wählen Sie beim Verbinden dasselbe Jira-Projekt.',
    remedy: 'Verbinden Sie in UserHero jederzeit neu; externe Verweise bleiben erhalten.',
  },
};
