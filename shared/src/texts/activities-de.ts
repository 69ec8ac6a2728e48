import type { ActivityValues } from '../activity/activity-facts.ts';
import type { ProblemText } from '../contracts/problem.ts';
import type { ItemField } from '../domain/item-values.ts';
import type { ActivityTexts } from './activity-texts.ts';
import { germanProblem } from './problems-de.ts';
import { germanReasons } from './reasons-de.ts';
import { germanReferenceStates } from './reference-states-de.ts';
import { germanStuck } from './stuck-de.ts';
import { germanSync } from './sync-de.ts';
import { syncRule } from './sync-rule.ts';
import { waitingText } from './waiting.ts';
import { germanWarnings } from './warnings-de.ts';

const fieldNames: Record<ItemField, string> = {
  title: 'Titel',
  description: 'Beschreibung',
  priority: 'Priorität',
  labels: 'Labels',
};

/** Every activity in German. */
export const germanActivities: ActivityTexts = {
  ...germanWarnings,
  adapter_added: ({ workflow }) => `Jira-Adapter zum Workflow ${workflow} hinzugefügt`,
  connected: accessGranted,
  reconnected: accessGranted,
  disconnected: () => 'Jira getrennt; externe Verweise bleiben erhalten',
  needs_reauth: () =>
    'Jira nimmt die Verbindung nicht mehr an. Verbinden Sie den Adapter neu; das OAuth-Token ist vermutlich abgelaufen.',
  site_chosen: ({ site }) => `Jira-Site ${site} gewählt`,
  site_changed: ({ from, to }) => `Die Jira-Site ${from} heißt jetzt ${to}; Links und Ereignisse folgen ihr`,
  project_chosen: projectChosen,
  new_issues_changed: ({ issueType, fields }) =>
    `Neue Vorgänge haben den Vorgangstyp ${issueType}${fields.length > 0 ? ` und feste Werte für ${fields.join(', ')}` : ''}`,
  project_state_changed: projectStateChanged,
  project_renamed: ({ from, to }) => `Das Jira-Projekt ${nameAndKey(from)} heißt jetzt ${nameAndKey(to)}`,
  send_changes_set: ({ on }) =>
    on ? 'Spätere Änderungen werden an Jira gesendet' : 'Spätere Änderungen werden nicht an Jira gesendet',
  sync_settings_changed: ({ rules }) =>
    rules.length > 0
      ? `Abgleich geändert. ${rules.map((rule) => syncRule(germanSync, rule)).join('; ')}`
      : 'Abgleich unverändert gespeichert',
  paused: () => 'Adapter angehalten; Änderungen aus Jira werden aufbewahrt und beim Fortsetzen angewendet',
  resumed: () => 'Adapter fortgesetzt',
  limit_waits: (waiting) =>
    `${waitingText('de', waiting, 'UTC')} (UTC). Pushes und Änderungen bleiben erhalten und folgen dann`,
  limit_over: () => 'Nichts wartet mehr auf Jira',
  mapping_saved: () => 'Zuordnung gespeichert',
  mapping_applied: ({ from, to, jiraStatus }) =>
    `Status von ${from} zu ${to} geändert: Die Zuordnung wurde angewendet, und der Vorgang ist in „${jiraStatus}“`,
  mapping_apply_ended: ({ state, problem, changed, linked }) => {
    const ended = {
      completed: 'Zuordnung angewendet',
      cancelled: 'Das Anwenden der Zuordnung wurde abgebrochen',
      stopped: `Das Anwenden der Zuordnung ist stehen geblieben (${problem ? germanProblem(problem) : 'den Adapter gibt es nicht mehr'})`,
    };
    return `${ended[state]}: ${changed} von ${linked} verknüpften Einträgen geändert`;
  },

  pushed: ({ issueKey, jiraStatus }) =>
    `Als ${issueKey} nach Jira übertragen${jiraStatus ? `, in „${jiraStatus}“` : ''}`,
  push_failed: ({ problem }) => `Übertragung fehlgeschlagen: ${germanProblem(problem)}`,
  push_unfinished: ({ problem }) =>
    `Die Übertragung ließ sich in Jira nicht abschließen: ${germanProblem(problem)}`,
  item_changed: ({ status, fields }) =>
    [
      status ? `Status von ${status.from} zu ${status.to} geändert` : null,
      fields.length > 0 ? `${fields.map((field) => fieldNames[field]).join(', ')} bearbeitet` : null,
    ]
      .filter((part) => part !== null)
      .join('; '),
  change_sent: ({ jiraStatus, fields = [] }) =>
    `${fields.length > 0 ? `An Jira gesendet: ${fields.map((field) => fieldNames[field]).join(', ')}` : 'Änderung an Jira gesendet'}; der Vorgang ist in „${jiraStatus}“`,
  change_failed: ({ problem }) => `Die Änderung ließ sich nicht an Jira senden: ${germanProblem(problem)}`,
  change_not_sent: ({ referenceState }) => {
    const { meaning, remedy } = germanReferenceStates[referenceState];
    return `Die Änderung wurde nicht an Jira gesendet. ${meaning} ${remedy ?? ''}`.trim();
  },
  issue_not_moved: germanStuck,

  status_changed: ({ from, to, jiraStatus, resolution }) =>
    `Status von ${from} zu ${to} geändert: Der Vorgang ist in Jira jetzt in „${jiraStatus}“${resolution === undefined ? '' : ` mit der Lösung „${resolution}“`}`,
  fields_taken: ({ fields }) => `Aus Jira übernommen: ${fields.map((field) => fieldNames[field]).join(', ')}`,
  field_held: ({ field }) => `${fieldNames[field]} weicht in Jira ab; beides bleibt, bis jemand wählt`,
  status_unmapped: ({ status, jiraStatus }) =>
    `Der Jira-Status „${jiraStatus ?? '?'}“ hat keine Zuordnung, der Eintrag bleibt ${status}`,
  status_kept: ({ status, jiraStatus }) =>
    `Der Vorgang ist in Jira jetzt in „${jiraStatus ?? '?'}“; nach den Einstellungen des Adapters bleibt der Eintrag ${status}`,
  status_fits: ({ status, jiraStatus }) =>
    `Der Vorgang ist in Jira in „${jiraStatus ?? '?'}“, wohin ${status} bereits gehört`,
  event_late: ({ jiraStatus }) =>
    `Ein verspätetes Ereignis („${jiraStatus ?? '?'}“) hat nichts geändert: Ein neueres war schon angewendet`,
  event_replayed: ({ eventId }) => `Ereignis ${eventId} erneut angewendet`,

  linked: ({ issueKey }) => `Mit ${issueKey} verknüpft`,
  unlinked: ({ issueKey }) => `Verknüpfung mit ${issueKey} gelöst; in Jira ändert sich nichts`,
  issue_moved: issueMoved,
  issue_deleted: ({ issueKey }) => `${issueKey} wurde in Jira gelöscht; der Eintrag behält seinen Status`,
  issue_gone: ({ issueKey }) =>
    `Jira zeigt ${issueKey} nicht mehr: gelöscht oder durch Vorgangssicherheit verborgen; der Eintrag behält seinen Status`,
  project_deleted: ({ issueKey }) =>
    `Das Jira-Projekt von ${issueKey} wurde gelöscht; der Eintrag behält seinen Status`,
  issue_hidden: ({ issueKey }) =>
    `Das verbundene Jira-Konto sieht ${issueKey} nicht; der Eintrag behält seinen Status`,
  issue_back: ({ issueKey }) => `${issueKey} ist in Jira wieder sichtbar`,
  issues_moved: ({ count }) =>
    `${count} Vorgänge haben in Jira einen anderen Schlüssel oder ein anderes Projekt`,
  issues_gone: ({ count }) =>
    `Jira hat ${count} Vorgänge nicht mehr: Sie wurden gelöscht oder sind durch Vorgangssicherheit verborgen; ihre Einträge behalten ihren Status`,
  issues_lost_project: ({ count }) =>
    `Das Jira-Projekt von ${count} Vorgängen wurde gelöscht; ihre Einträge behalten ihren Status`,
  issues_hidden: ({ count }) =>
    `${count} Vorgänge sind für das verbundene Jira-Konto nicht sichtbar; ihre Einträge behalten ihren Status`,
  issues_back: ({ count }) => `${count} Vorgänge sind in Jira wieder sichtbar`,

  reconciled,
  changes_found: changesFound,
  check_failed: ({ problem }) => asHealth('check_failed', problem),
  connection_refused: ({ problem }) => asHealth('jira_refuses', problem),
  connection_restored: () => 'Jira antwortet wieder; der Abgleich läuft weiter',
  webhook_failed: ({ problem }) =>
    `Der Webhook ließ sich in Jira nicht registrieren: ${germanProblem(problem)}`,
  webhook_refused: ({ problem }) =>
    `Jira sendet seine Änderungen nicht automatisch: ${germanProblem(problem)}`,
};

function accessGranted({ sites }: { sites: readonly string[] }): string {
  return `UserHero hat Zugriff auf ${sites.join(', ')} bekommen`;
}

function projectChosen(values: ActivityValues<'project_chosen'>): string {
  const { project, key, issueType, resumed, startsOver } = values;
  return [
    `Jira-Projekt ${project} (${key}) gewählt, Vorgangstyp ${issueType}`,
    ...(resumed > 0
      ? [
          `der Abgleich läuft für ${resumed} ${resumed === 1 ? 'externen Verweis' : 'externe Verweise'} weiter`,
        ]
      : []),
    ...(startsOver
      ? ['die Zuordnung beginnt mit den Vorgaben, weil sie Status eines anderen Projekts nannte']
      : []),
  ].join('; ');
}

function projectStateChanged({ key, from, to }: ActivityValues<'project_state_changed'>): string {
  const project = `Jira-Projekt ${key}`;
  switch (to) {
    case 'not_visible':
      return `Das verbundene Konto sieht das ${project} nicht; die verknüpften Einträge bleiben, wie sie sind`;
    case 'deleted':
      return `Das ${project} wurde gelöscht; die verknüpften Einträge bleiben, wie sie sind`;
    case 'archived':
      return `Das ${project} wurde archiviert: Seine Vorgänge lassen sich nur lesen`;
    default:
      return `Das ${project} ist wieder ${from === 'not_visible' ? 'sichtbar' : 'aktiv'}`;
  }
}

function nameAndKey({ name, key }: { name: string | null; key: string | null }): string {
  return `${name} (${key})`;
}

function issueMoved({ from, to, outside }: ActivityValues<'issue_moved'>): string {
  if (from === to)
    return outside
      ? `${to} wurde in ein anderes Jira-Projekt verschoben`
      : `${to} ist wieder im verbundenen Jira-Projekt`;
  return outside
    ? `Der Vorgang wurde in ein anderes Jira-Projekt verschoben: ${from} heißt jetzt ${to}`
    : `Der Schlüssel des Vorgangs hat sich geändert: ${from} heißt jetzt ${to}`;
}

function reconciled(report: ActivityValues<'reconciled'>): string {
  const issues = report.checked === 1 ? 'verknüpfter Vorgang' : 'verknüpfte Vorgänge';
  return [
    `${report.checked} ${issues} mit Jira verglichen: ${report.drifted} geändert`,
    ...lost(report),
    ...(report.unread > 0 ? [`${report.unread} gerade nicht lesbar`] : []),
  ].join(', ');
}

function changesFound(found: ActivityValues<'changes_found'>): string {
  const issues = found.drifted === 1 ? 'verknüpfter Vorgang' : 'verknüpfte Vorgänge';
  const changed = found.drifted > 0 ? [`${found.drifted} ${issues} geändert`] : [];
  return `Mit Jira verglichen: ${[...changed, ...lost(found)].join(', ')}`;
}

/** What Jira does not show, by kind. */
function lost(found: ActivityValues<'changes_found'>): string[] {
  const kinds = [
    [found.deleted, 'gelöscht oder durch Vorgangssicherheit verborgen'],
    [found.not_visible, 'für das verbundene Konto nicht sichtbar'],
    [found.project_deleted, 'in einem gelöschten Jira-Projekt'],
  ] as const;
  return kinds.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
}

function asHealth(reason: 'check_failed' | 'jira_refuses', { code, detail }: ProblemText): string {
  const { message, remedy } = germanReasons[reason]({ detail, problem: code });
  return `${message} ${remedy}`;
}
