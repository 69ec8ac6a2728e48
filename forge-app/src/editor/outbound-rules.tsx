import { Inline, Stack, Text } from '@forge/react';
import type { WorkflowStatus } from '@userhero/shared/domain/workflow.ts';
import { categoryKeySchema } from '@userhero/shared/jira/status-category.ts';
import { withCategory, withExactStatus } from '@userhero/shared/mapping/edit-mapping.ts';
import { categoryChoices, exactStatusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** For every UserHero status its Jira category and, if wanted, one exact status in it. */
export function OutboundRules(props: PartProps) {
  const { texts, workflow } = props.names;
  return (
    <Section title={texts.outbound.title} lead={texts.outbound.lead}>
      <Stack space="space.150">
        {workflow.statuses.map((status) => (
          <OutboundRow key={status.slug} status={status} {...props} />
        ))}
      </Stack>
    </Section>
  );
}

function OutboundRow({ status, mapping, names, faultOf, onChange }: PartProps & { status: WorkflowStatus }) {
  const { texts, workflow } = names;
  const rule = outboundRuleOf(mapping, status.slug);
  const field = `outbound.${status.slug}`;
  return (
    <Stack space="space.050">
      <Text weight="semibold">{status.name}</Text>
      <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
        <LabelledSelect
          id={`${field}.category`}
          label={texts.outbound.categoryFor(status.name)}
          value={rule?.category ?? ''}
          options={categoryChoices(names)}
          fault={faultOf(field)}
          onChange={(value) =>
            onChange(withCategory(mapping, workflow, status.slug, categoryKeySchema.parse(value)))
          }
        />
        <LabelledSelect
          id={`${field}.jiraStatusId`}
          label={texts.outbound.exactFor(status.name)}
          value={rule?.jiraStatusId ?? ''}
          options={exactStatusChoices(names, mapping, status.slug)}
          fault={faultOf(`${field}.jiraStatusId`)}
          onChange={(value) => onChange(withExactStatus(mapping, status.slug, value || null))}
        />
      </Inline>
    </Stack>
  );
}
