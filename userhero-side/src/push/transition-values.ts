import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { resolutionFor } from '@userhero/shared/mapping/resolution.ts';
import type { ValueFor } from '@userhero/shared/sync/status/fill-in.ts';

/** What UserHero fills a transition's screen in with, for an item of this status: the resolution, by its id. */
export function valuesOf(mapping: Mapping, workflow: WorkflowShape, itemStatus: string): ValueFor {
  return ({ fieldId, allowed }) => {
    if (fieldId !== 'resolution' || allowed === null) return null;
    const resolution = resolutionFor(mapping, workflow, itemStatus, allowed);
    return resolution && { id: resolution.id };
  };
}
