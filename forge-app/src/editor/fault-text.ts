import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import { categoryKeySchema } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import type { MappingFault } from '@userhero/shared/mapping/validate-mapping.ts';
import { categoryName, type Names, statusName } from './names.ts';

/**
 * A fault of the mapping in the person's language. The service words its faults in English; other languages are
 * told by the field and what is in it. What has no words of its own keeps the service's.
 */
export function faultText(names: Names, mapping: Mapping, fault: MappingFault): string {
  const [part = '', key = '', rest] = fault.field.split('.');
  if (part === 'outbound') return outboundText(names, mapping, key, rest) ?? fault.message;
  if (part === 'inbound') return inboundText(names, mapping, key) ?? fault.message;
  if (part === 'overrides') return overrideText(names, mapping, Number(key), rest) ?? fault.message;
  const priority = prioritySchema.safeParse(key);
  const texts = names.texts.faults;
  if (part === 'priorities' && texts && priority.success) {
    return texts.choosePriority(names.texts.priorities[priority.data]);
  }
  return fault.message;
}

function outboundText(names: Names, mapping: Mapping, slug: string, rest: string | undefined) {
  const texts = names.texts.faults;
  if (!texts || !names.current.workflow.statuses.some((status) => status.slug === slug)) return null;
  const rule = outboundRuleOf(mapping, slug);
  if (rest !== 'jiraStatusId' || !rule) return texts.chooseCategory(statusName(names, slug));
  const exact = names.current.jira?.statuses.find((status) => status.id === rule.jiraStatusId);
  return exact
    ? texts.otherCategory(exact.name, categoryName(names, rule.category))
    : texts.statusGone(statusName(names, slug));
}

function inboundText(names: Names, mapping: Mapping, key: string) {
  const texts = names.texts.faults;
  const category = categoryKeySchema.safeParse(key);
  if (!texts || !category.success) return null;
  const name = categoryName(names, category.data);
  return mapping.inbound[category.data].status === null ? texts.chooseLanding(name) : texts.notMapped(name);
}

function overrideText(names: Names, mapping: Mapping, index: number, rest: string | undefined) {
  const texts = names.texts.faults;
  const override = mapping.overrides[index];
  if (!texts || !override) return null;
  if (rest === 'jiraStatusId') {
    const isFirst =
      mapping.overrides.findIndex((entry) => entry.jiraStatusId === override.jiraStatusId) === index;
    return isFirst ? texts.overrideGone : texts.overrideTwice;
  }
  const sent = names.current.workflow.statuses.find(
    (status) =>
      status.slug !== override.status &&
      outboundRuleOf(mapping, status.slug)?.jiraStatusId === override.jiraStatusId,
  );
  return sent ? texts.overrideContradicts(sent.name) : null;
}
