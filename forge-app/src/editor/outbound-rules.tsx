import { Inline, Stack, Text } from '@forge/react';
import type { WorkflowStatus } from '@userhero/shared/domain/workflow.ts';
import { categoryKeySchema, categoryKeys } from '@userhero/shared/jira/status-category.ts';
import { withCategory, withExactStatus } from '@userhero/shared/mapping/edit-mapping.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './mapping-editor.tsx';
import { categoryName, jiraStatusName } from './names.ts';

/** For every UserHero status its Jira category and, if wanted, one exact status in it. */
export function OutboundRules(props: PartProps) {
  const { texts, current } = props.names;
  return (
    <Section title={texts.outbound.title} lead={texts.outbound.lead}>
      <Stack space="space.150">
        {current.workflow.statuses.map((status) => (
          <OutboundRow key={status.slug} status={status} {...props} />
        ))}
      </Stack>
    </Section>
  );
}

function OutboundRow({ status, mapping, names, faultOf, onChange }: PartProps & { status: WorkflowStatus }) {
  const { texts, current } = names;
  const rule = outboundRuleOf(mapping, status.slug);
  const field = `outbound.${status.slug}`;
  const exact = rule?.jiraStatusId ?? null;
  const inCategory = (current.jira?.statuses ?? []).filter((one) => one.category === rule?.category);
  const isListed = exact === null || inCategory.some((one) => one.id === exact);
  return (
    <Stack space="space.050">
      <Text weight="semibold">{status.name}</Text>
      <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
        <LabelledSelect
          id={`${field}.category`}
          label={texts.outbound.categoryFor(status.name)}
          value={rule?.category ?? ''}
          options={categoryKeys.map((key) => ({ value: key, label: categoryName(names, key) }))}
          fault={faultOf(field)}
          onChange={(value) =>
            onChange(withCategory(mapping, current.workflow, status.slug, categoryKeySchema.parse(value)))
          }
        />
        <LabelledSelect
          id={`${field}.jiraStatusId`}
          label={texts.outbound.exactFor(status.name)}
          value={exact ?? ''}
          options={[
            { value: '', label: texts.outbound.any },
            ...inCategory.map((one) => ({ value: one.id, label: one.name })),
            ...(isListed || exact === null ? [] : [{ value: exact, label: jiraStatusName(names, exact) }]),
          ]}
          fault={faultOf(`${field}.jiraStatusId`)}
          onChange={(value) => onChange(withExactStatus(mapping, status.slug, value || null))}
        />
      </Inline>
    </Stack>
  );
}
