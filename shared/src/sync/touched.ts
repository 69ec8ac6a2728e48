import { touchGroups } from './settings.ts';
import { fieldThings } from './things.ts';

/** The issue fields that some thing reads. */
const fieldIds = new Set(fieldThings.flatMap(({ jiraFields }) => jiraFields));

/**
 * The groups that a change of an issue touches, as bits. The status is none of them: an event brings it along.
 *
 * @param changed the ids of the changed fields; `null` where the sender does not tell, so that any may have changed
 */
export function touchedBy(changed: readonly string[] | null): number {
  return changed === null || changed.some((field) => fieldIds.has(field)) ? touchGroups.fields : 0;
}
