import type { Mapping, OutboundRule } from './mapping.ts';

/**
 * The outbound rule of a UserHero status, `null` when the mapping has none. Teams choose slugs, and
 * "constructor" is one: it must not be answered by what every object inherits.
 */
export function outboundRuleOf(mapping: Pick<Mapping, 'outbound'>, status: string): OutboundRule | null {
  return Object.hasOwn(mapping.outbound, status) ? (mapping.outbound[status] ?? null) : null;
}
