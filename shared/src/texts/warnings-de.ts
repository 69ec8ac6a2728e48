import { germanProblem } from './problems-de.ts';
import { germanStuck } from './stuck-de.ts';
import type { WarningTexts } from './warning-texts.ts';

/** The warnings of a push in German. */
export const germanWarnings: WarningTexts = {
  priority_left_out: ({ wanted }) =>
    wanted === null
      ? 'Die Erstellungsmaske in Jira hat kein Prioritätsfeld; der Vorgang wurde ohne Priorität angelegt.'
      : `Das Jira-Projekt hat keine Priorität „${wanted}“; der Vorgang bekam die Standardpriorität. Wählen Sie in der Zuordnung eine vorhandene.`,
  status_unreachable: germanStuck,
  summary_shortened: ({ limit }) =>
    `Die Zusammenfassung wurde auf die ${limit} Zeichen gekürzt, die Jira erlaubt.`,
  description_shortened: () => 'Die Beschreibung wurde auf die Länge gekürzt, die Jira erlaubt.',
  description_simplified: ({ complete }) =>
    `Einige Formatierungen der Beschreibung gibt es in Jira nicht; sie wurden vereinfacht${complete ? ', der Text ist vollständig' : ''}.`,
  description_left_out: () =>
    'Das Jira-Projekt zeigt für diesen Vorgangstyp kein Beschreibungsfeld; der Vorgang wurde ohne Beschreibung angelegt. Fügen Sie das Feld in Jira hinzu oder schreiben Sie den Text dort in einen Kommentar.',
  not_on_screen: ({ field }) =>
    `Die Jira-Maske zum Erstellen hat kein Feld für ${field}; der Vorgang wurde ohne angelegt. Ergänzen Sie das Feld in Jira.`,
  remote_link_failed: ({ problem }) =>
    `Der Link zurück zum Eintrag ließ sich in Jira nicht anlegen: ${germanProblem(problem)}`,
};
