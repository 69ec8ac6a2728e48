import type { Stuck } from '../contracts/push-warning.ts';
import type { Trouble } from '../sync/status/walk.ts';
import { germanProblem } from './problems-de.ts';

/** Why an issue is not in the status of its item, in German. */
export function germanStuck(stuck: Stuck): string {
  switch (stuck.why) {
    case 'kept':
      return `${trouble(stuck.trouble, stuck)} Der Vorgang bleibt in „${stuck.at}“.`;
    case 'stranded': {
      const { at, start, refused } = stuck;
      const back = refused
        ? `Jira hat den Rückweg nach „${start}“, „${refused.transition}“, abgelehnt: ${ended(refused.says)}`
        : `Einen Rückweg nach „${start}“ gibt es nicht.`;
      return `Der Vorgang ist jetzt in „${at}“, wohin ihn niemand verschoben hat: ${trouble(stuck.trouble, stuck)} ${back} Verschieben Sie ihn in Jira.`;
    }
    case 'no_way': {
      const { at, wanted, refused } = stuck;
      const way = `Im Jira-Workflow führt kein Weg von „${at}“ zu einem Status für „${wanted}“; der Vorgang bleibt in „${at}“.`;
      return refused ? `${way} Jira sagte zu „${refused.transition}“: ${refused.said}` : way;
    }
    case 'transition_failed':
      return `Der Vorgang bleibt in „${stuck.at}“: ${germanProblem(stuck.problem)}`;
    case 'not_read_again':
      return `Der Vorgang ist jetzt in „${stuck.at}“: ${germanProblem(stuck.problem)}`;
    case 'workflow_not_read':
      return `Der Vorgang wurde in „${stuck.at}“ angelegt: ${germanProblem(stuck.problem)}`;
    case 'status_not_read':
      return `Der Vorgang wurde angelegt, aber sein Status ließ sich nicht lesen: ${germanProblem(stuck.problem)}`;
  }
}

function trouble(about: Trouble, { at, wanted }: { at: string; wanted: string }): string {
  switch (about.why) {
    case 'refused': {
      const said = `Jira sagte: ${ended(about.says)}`;
      return about.wants === null
        ? `Jira hat „${about.transition}“ abgelehnt. ${said}`
        : `„${about.transition}“ verlangt ${fieldIn(about.wants)}. ${said}`;
    }
    case 'needs_field':
      return `„${about.transition}“ verlangt ${fieldIn(about.wants)}; UserHero hat keinen Wert dafür.`;
    case 'no_way':
      return about.transition === null
        ? `Im Jira-Workflow führt kein Weg von „${at}“ zu einem Status für „${wanted}“.`
        : `Jira bietet „${about.transition}“ für diesen Vorgang nicht an.`;
    case 'way_unknown':
      return `UserHero kennt im Jira-Workflow keinen Weg von „${at}“ zu einem Status für „${wanted}“.`;
  }
}

function fieldIn({ fieldId, name }: { fieldId: string; name: string }): string {
  return fieldId === 'resolution' ? 'eine Lösung' : `das Feld „${name}“`;
}

const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);
