import { Stack } from '@forge/react';
import { priorities } from '@userhero/shared/domain/priority.ts';
import { categoryKeys } from '@userhero/shared/jira/status-category.ts';
import {
  byTableText,
  chosenPriority,
  inboundPriorityRows,
} from '@userhero/shared/mapping/inbound-priority-rows.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { describeLanding } from '@userhero/shared/mapping/mapping-differences.ts';
import {
  categoryName,
  jiraStatusName,
  resolutionName,
  statusName,
} from '@userhero/shared/mapping/mapping-names.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { chosenResolution } from '@userhero/shared/mapping/resolution.ts';
import { standardResolution, statusesWithResolution } from '@userhero/shared/mapping/resolution-choices.ts';
import { Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import { LandingTable } from './landing-table.tsx';
import type { Names } from './names.ts';

type ReaderProps = {
  mapping: Mapping;
  names: Names;
  /** Whether Jira's priorities come over. */
  withPriorities: boolean;
};

/** The mapping for those who may look, but not change. */
export function MappingReader({ mapping, names, withPriorities }: ReaderProps) {
  const { texts, workflow } = names;
  const { outbound, inbound, overrides, priority } = texts;
  const resolved = statusesWithResolution(names, mapping);
  return (
    <Stack space="space.300">
      <Section title={outbound.title} lead={outbound.lead}>
        <Table
          label={outbound.title}
          columns={[outbound.status, outbound.category, outbound.exact]}
          rows={workflow.statuses.map((status) => {
            const rule = outboundRuleOf(mapping, status.slug);
            const category = rule ? categoryName(names, rule.category) : outbound.missing;
            const exact = rule?.jiraStatusId ? jiraStatusName(names, rule.jiraStatusId) : outbound.any;
            return { key: status.slug, cells: [status.name, category, exact] };
          })}
        />
      </Section>
      <Section title={inbound.title} lead={inbound.lead}>
        <Table
          label={inbound.title}
          columns={[inbound.category, inbound.lands]}
          rows={categoryKeys.map((category) => ({
            key: category,
            cells: [categoryName(names, category), describeLanding(names, mapping, category)],
          }))}
        />
      </Section>
      {mapping.overrides.length > 0 && (
        <Section title={overrides.title} lead={overrides.lead}>
          <Table
            label={overrides.title}
            columns={[outbound.exact, outbound.status]}
            rows={mapping.overrides.map((override) => ({
              key: override.jiraStatusId,
              cells: [jiraStatusName(names, override.jiraStatusId), statusName(names, override.status)],
            }))}
          />
        </Section>
      )}
      {resolved.length > 0 && (
        <Section title={texts.resolutions.title} lead={texts.resolutions.lead}>
          <Table
            label={texts.resolutions.title}
            columns={[outbound.status, texts.resolutions.resolution]}
            rows={resolved.map(({ slug, name }) => {
              const chosen = chosenResolution(mapping, slug);
              const standard = standardResolution(names, mapping, slug);
              return { key: slug, cells: [name, chosen ? resolutionName(names, chosen) : standard] };
            })}
          />
        </Section>
      )}
      {mapping.resolutionOverrides.length > 0 && (
        <Section title={texts.resolutionOverrides.title} lead={texts.resolutionOverrides.lead}>
          <Table
            label={texts.resolutionOverrides.title}
            columns={[texts.resolutions.resolution, outbound.status]}
            rows={mapping.resolutionOverrides.map(({ resolutionId, status }) => ({
              key: resolutionId,
              cells: [resolutionName(names, resolutionId), statusName(names, status)],
            }))}
          />
        </Section>
      )}
      <Section title={priority.title} lead={priority.lead}>
        <Table
          label={priority.title}
          columns={[priority.userhero, priority.jira]}
          rows={priorities.map((one) => ({
            key: one,
            cells: [texts.priorities[one], mapping.priorities[one]],
          }))}
        />
      </Section>
      {withPriorities && (
        <Section title={texts.inboundPriority.title} lead={texts.inboundPriority.lead}>
          <Table
            label={texts.inboundPriority.title}
            columns={[priority.jira, priority.userhero]}
            rows={inboundPriorityRows(names, mapping).map((row) => {
              const own = chosenPriority(mapping, row.id);
              const lands = own === null ? byTableText(names, mapping, row) : texts.priorities[own];
              return { key: row.id, cells: [row.name, lands] };
            })}
          />
        </Section>
      )}
      <LandingTable mapping={mapping} names={names} />
    </Stack>
  );
}
