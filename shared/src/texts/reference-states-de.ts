import type { referenceStateTexts } from '../domain/reference-state.ts';

/** The states of a link between an item and its issue, in German. */
export const germanReferenceStates: typeof referenceStateTexts = {
  active: {
    label: 'Wird abgeglichen',
    meaning: 'Eintrag und Vorgang werden abgeglichen.',
    remedy: null,
  },
  disconnected: {
    label: 'Nicht verbunden',
    meaning: 'Der Adapter ist mit dem Projekt dieses Vorgangs nicht verbunden.',
    remedy: 'Verbinden Sie den Adapter in UserHero neu, um wieder abzugleichen.',
  },
  issue_moved: {
    label: 'Vorgang verschoben',
    meaning: 'Der Vorgang ist in einem Jira-Projekt, das nicht verbunden ist.',
    remedy: 'Sie müssen nichts tun: Der Vorgang wird weiterhin abgeglichen.',
  },
  issue_deleted: {
    label: 'Gelöscht oder verborgen',
    meaning:
      'Jira zeigt den Vorgang nicht mehr: Er wurde gelöscht, oder eine Vorgangssicherheit verbirgt ihn vor dem verbundenen Konto.',
    remedy:
      'Wird er dem verbundenen Konto wieder gezeigt, läuft der Abgleich innerhalb eines Tages weiter, nach 30 Tagen innerhalb eines Monats; „Sync now“ in UserHero findet ihn sofort.',
  },
  project_deleted: {
    label: 'Projekt gelöscht',
    meaning: 'Das Jira-Projekt wurde gelöscht.',
    remedy:
      'Die Jira-Administration kann es aus dem Papierkorb wiederherstellen; der Abgleich läuft dann innerhalb eines Tages weiter.',
  },
  not_visible: {
    label: 'Nicht sichtbar',
    meaning: 'Das verbundene Jira-Konto sieht diesen Vorgang nicht.',
    remedy:
      'Die Jira-Administration kann dem Konto Zugriff geben; oder verbinden Sie den Adapter mit einem Konto neu, das ihn hat. Der Abgleich läuft dann von selbst weiter.',
  },
};
