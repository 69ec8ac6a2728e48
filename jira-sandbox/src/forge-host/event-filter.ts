import { evaluateExpression } from './expression-evaluator.ts';
import type { EventFilter } from './manifest.ts';

export type Verdict = { passes: boolean; log: string | null };

/**
 * Whether Forge would deliver the event (docs, "Filter out Atlassian app events"): an expression has to answer a
 * boolean; anything else is an error, and `onError` says what then happens.
 */
export function passesFilter(filter: EventFilter | undefined, event: Record<string, unknown>): Verdict {
  if (!filter) return { passes: true, log: null };
  if (filter.ignoreSelf && event.selfGenerated === true) return { passes: false, log: null };
  if (filter.expression === undefined) return { passes: true, log: null };
  const result = evaluateExpression(filter.expression, { event });
  if (result.ok && typeof result.value === 'boolean') return { passes: result.value, log: null };
  const problem = result.ok ? 'the expression does not answer true or false' : result.problem;
  return {
    passes: filter.onError.startsWith('RECEIVE'),
    log: filter.onError.endsWith('_AND_LOG') ? problem : null,
  };
}
