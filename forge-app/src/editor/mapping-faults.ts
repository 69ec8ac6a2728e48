import type { ForgeProblem } from '@userhero/shared/contracts/forge.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import { faultText } from './fault-text.ts';
import type { Names } from './names.ts';

/**
 * What is wrong with a mapping, by field and in the person's language: what the service would find, since it runs
 * the same code, and what it did find when it refused to save.
 */
export function faultsOf(names: Names, mapping: Mapping, problem: ForgeProblem | null): Map<string, string> {
  const { workflow, jira } = names.current;
  const faults = new Map<string, string>();
  const told = (problem?.errors ?? []).map(({ field, message }) => ({
    field: field.replace(/^mapping\./, ''),
    message,
  }));
  for (const fault of [...validateMapping(mapping, workflow, jira?.statuses ?? null), ...told]) {
    if (!faults.has(fault.field)) faults.set(fault.field, faultText(names, mapping, fault));
  }
  return faults;
}
