import type { FaultTexts } from './fault-texts.ts';
import { germanCategories, germanPriorities } from './names-de.ts';

/** The faults of a mapping in German. */
export const germanFaults: FaultTexts = {
  category_missing: ({ status }) => `Wählen Sie die Jira-Kategorie für „${status}“.`,
  jira_status_gone: ({ status }) =>
    `Den für „${status}“ gewählten Jira-Status gibt es in diesem Projekt nicht mehr. Wählen Sie einen anderen.`,
  jira_status_elsewhere: ({ jiraStatus, category }) =>
    `„${jiraStatus}“ gehört nicht zur Kategorie ${germanCategories[category]}. Wählen Sie einen Status dieser Kategorie oder ändern Sie die Kategorie.`,
  status_unknown: ({ slug }) => `Der Workflow hat keinen Status „${slug}“. Entfernen Sie ihn.`,
  landing_missing: ({ category }) =>
    `Wählen Sie den Status, auf dem ein Wechsel nach ${germanCategories[category]} landet.`,
  landing_not_mapped: ({ slug, category, mapped }) =>
    `„${slug}“ ist ${germanCategories[category]} nicht zugeordnet. Wählen Sie ${mapped.join(', ') || 'einen anderen Status'}.`,
  override_status_unknown: ({ slug }) => `Der Workflow hat keinen Status „${slug}“.`,
  override_twice: () => 'Für diesen Jira-Status gibt es schon eine Ausnahme. Entfernen Sie eine.',
  override_jira_status_gone: () =>
    'Diesen Jira-Status gibt es in diesem Projekt nicht mehr. Wählen Sie einen anderen oder entfernen Sie die Ausnahme.',
  override_contradicts: ({ status }) =>
    `„${status}“ wird genau in diesen Jira-Status übertragen; die Ausnahme würde daraus einen anderen machen. Ändern Sie eines von beiden.`,
  priority_missing: ({ priority }) => `Wählen Sie die Jira-Priorität für „${germanPriorities[priority]}“.`,
  resolution_gone: ({ status }) =>
    `Die für „${status}“ gewählte Lösung gibt es in Jira nicht mehr. Wählen Sie eine andere.`,
  resolution_not_done: ({ status }) =>
    `„${status}“ geht nicht nach Fertig, seine Vorgänge haben also keine Lösung. Entfernen Sie sie.`,
  resolution_override_twice: () => 'Für diese Lösung gibt es schon eine Ausnahme. Entfernen Sie eine.',
  resolution_override_gone: () =>
    'Diese Lösung gibt es in Jira nicht mehr. Wählen Sie eine andere oder entfernen Sie die Ausnahme.',
  inbound_priority_twice: () => 'Für diese Jira-Priorität gibt es schon eine Zeile. Entfernen Sie eine.',
  inbound_priority_gone: () =>
    'Diese Jira-Priorität hat das Projekt nicht mehr. Entfernen Sie ihre Zeile: Wählen Sie den ersten Eintrag der Liste.',
};
