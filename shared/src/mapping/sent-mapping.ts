import type { z } from 'zod';
import { laterRowsSchema, type Mapping, mappingSchema } from './mapping.ts';
import type { MappingFault } from './mapping-fault.ts';
import { outboundRuleOf } from './outbound-rule.ts';

const stays = 'Left out, it stays as it is saved.';

/** A mapping as a client sends it: one that does not know the later rows leaves them out, and means no change. */
export const sentMappingSchema = mappingSchema.extend({
  resolutions: laterRowsSchema.shape.resolutions.optional().describe(stays),
  resolutionOverrides: laterRowsSchema.shape.resolutionOverrides.optional().describe(stays),
  inboundPriorities: laterRowsSchema.shape.inboundPriorities.optional().describe(stays),
});
export type SentMapping = z.infer<typeof sentMappingSchema>;

/**
 * The mapping that a client means: rows that it left out stay as they are saved. Of these, a status that no longer goes
 * to Done loses its resolution, as it does in the editor.
 */
export function withSavedRows(sent: SentMapping, saved: Mapping): Mapping {
  const { resolutions, resolutionOverrides, inboundPriorities } = saved;
  const kept = Object.entries(resolutions).filter(
    ([slug]) => outboundRuleOf(sent, slug)?.category === 'done',
  );
  return {
    ...sent,
    resolutions: sent.resolutions ?? Object.fromEntries(kept),
    resolutionOverrides: sent.resolutionOverrides ?? resolutionOverrides,
    inboundPriorities: sent.inboundPriorities ?? inboundPriorities,
  };
}

/** The faults of what a client sent. It cannot mend a row that it does not know, such as one whose resolution is gone. */
export function faultsOfSent(sent: SentMapping, faults: readonly MappingFault[]): MappingFault[] {
  const leftOut = laterRowsSchema.keyof().options.filter((name) => sent[name] === undefined);
  return faults.filter(({ field }) => !leftOut.some((name) => field.startsWith(`${name}.`)));
}
