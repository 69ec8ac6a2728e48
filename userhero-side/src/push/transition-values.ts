import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { resolutionFor } from '@userhero/shared/mapping/resolution.ts';
import type { ValueFor } from '@userhero/shared/sync/status/fill-in.ts';

/**
 * What UserHero fills a transition's screen in with, for an item of this status: the resolution, by its id.
 *
 * @param held the fields that the issue has a value of, by their ids
 */
export function valuesOf(
  mapping: Mapping,
  workflow: WorkflowShape,
  itemStatus: string,
  held: ReadonlySet<string>,
): ValueFor {
  return ({ fieldId, allowed }) => {
    const resolution =
      fieldId === 'resolution' && allowed !== null
        ? resolutionFor(mapping, workflow, itemStatus, allowed)
        : null;
    if (resolution) return { id: resolution.id };
    return held.has(fieldId) ? undefined : null;
  };
}

/** Whether a field of an issue holds a value, as Jira judges it when a transition requires one. */
export function isFilled(value: unknown): boolean {
  return (
    value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  );
}
