import type { WorkflowShape } from '../domain/workflow.ts';
import type { Mapping } from './mapping.ts';
import { foldName } from './same-name.ts';

/** A resolution of a Jira site. */
export type JiraResolution = { id: string; name: string };

/**
 * The names that mean "finished", the likeliest first. An id says nothing: a site numbers its resolutions as they are
 * made. Names are the site's own and may be translated; where none of these is met, the mapping can name the choice.
 */
const doneNames = [
  ...['Done', 'Fixed', 'Resolved', 'Completed'],
  ...['Fertig', 'Erledigt', 'Terminé', 'Hecho', 'Concluído', 'Completato', 'Gereed', '完了'],
];

/** The names that mean "will not be done", in the same order. */
const wontDoNames = [
  ...["Won't Do", "Won't Fix", 'Declined', 'Rejected', 'Cancelled', 'Canceled'],
  ...['Wird nicht erledigt', 'Wird nicht gemacht', 'Wird nicht behoben', 'Nicht erledigt', 'Abgelehnt'],
  ...['Ne sera pas fait', 'No se hará', 'Não será feito', 'Wordt niet gedaan', '対応しない'],
];

/** Names of statuses whose items came to nothing; of the ready-made workflows only leads have one, Lost. */
const lostNames = [
  ...['Lost', 'Rejected', 'Declined', 'Cancelled', 'Canceled', 'Abandoned', 'Discarded', 'Dropped'],
  ...[
    "Won't Do",
    "Won't Fix",
    'Will Not Do',
    'Verloren',
    'Abgelehnt',
    'Abgebrochen',
    'Verworfen',
    'Storniert',
  ],
];

/** Apostrophes are typed in three ways, and left out in a fourth. */
const fold = (name: string): string => foldName(name.replaceAll(/['’ʼ`]/gu, ''));

/** Whether items that reach a status came to nothing: Lost, whatever the team calls it now, and its like. */
export function isLostStatus(workflow: WorkflowShape, slug: string): boolean {
  if (workflow.kind === 'leads' && slug === 'lost') return true;
  const status = workflow.statuses.find((one) => one.slug === slug);
  return status !== undefined && lostNames.some((name) => fold(name) === fold(status.name));
}

/** The resolution that a mapping names for a UserHero status; `null`: the standard's. */
export function chosenResolution(mapping: Mapping, slug: string): string | null {
  return Object.hasOwn(mapping.resolutions, slug) ? (mapping.resolutions[slug] ?? null) : null;
}

/**
 * The resolution of an issue whose item has a status, out of those that Jira allows: the mapping's own choice, else
 * "Won't Do" for a status that means Lost, else "Done", else the first.
 *
 * @returns `null` where none is allowed
 */
export function resolutionFor<Resolution extends JiraResolution>(
  mapping: Mapping,
  workflow: WorkflowShape,
  itemStatus: string,
  allowed: readonly Resolution[],
): Resolution | null {
  const chosen = chosenResolution(mapping, itemStatus);
  const own = chosen === null ? undefined : allowed.find(({ id }) => id === chosen);
  const wontDo = isLostStatus(workflow, itemStatus) ? firstNamed(allowed, wontDoNames) : undefined;
  return own ?? wontDo ?? firstNamed(allowed, doneNames) ?? allowed[0] ?? null;
}

/** Whether an issue whose item has a status gets this resolution from us: the mapping's choice, or the standard's. */
export function isOwnResolution(
  mapping: Mapping,
  workflow: WorkflowShape,
  slug: string,
  { id, name }: JiraResolution,
): boolean {
  const chosen = chosenResolution(mapping, slug);
  if (chosen !== null) return chosen === id;
  const names = isLostStatus(workflow, slug) ? wontDoNames : doneNames;
  return names.some((one) => fold(one) === fold(name));
}

/** Of the allowed ones the one whose name comes first in a list of names. */
function firstNamed<Resolution extends JiraResolution>(
  allowed: readonly Resolution[],
  names: readonly string[],
): Resolution | undefined {
  for (const name of names) {
    const found = allowed.find((resolution) => fold(resolution.name) === fold(name));
    if (found) return found;
  }
  return undefined;
}
