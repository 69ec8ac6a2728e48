import { NativeSelect } from '@mantine/core';
import type { WorkflowStatus } from '@userhero/shared/domain/workflow.ts';
import { categoryKeySchema } from '@userhero/shared/jira/status-category.ts';
import { withCategory, withExactStatus } from '@userhero/shared/mapping/edit-mapping.ts';
import { categoryChoices, exactStatusChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { outboundRuleOf } from '@userhero/shared/mapping/outbound-rule.ts';
import { StatusLabel } from '../../../parts/tag.tsx';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** For every UserHero status its Jira category and, if wanted, one exact status in it. */
export function OutboundRules(props: PartProps) {
  const { texts, workflow } = props.names;
  const { outbound } = texts;
  return (
    <MappingPart title={outbound.title} lead={outbound.lead}>
      <div className="uh-map" aria-hidden="true" data-head>
        <span>{outbound.status}</span>
        <span>{outbound.category}</span>
        <span>{outbound.exact}</span>
      </div>
      {workflow.statuses.map((status) => (
        <OutboundRow key={status.slug} status={status} {...props} />
      ))}
    </MappingPart>
  );
}

function OutboundRow({ status, mapping, names, faultOf, onChange }: PartProps & { status: WorkflowStatus }) {
  const { texts, workflow } = names;
  const rule = outboundRuleOf(mapping, status.slug);
  const field = `outbound.${status.slug}`;
  return (
    <div className="uh-map">
      <StatusLabel workflow={workflow} slug={status.slug} />
      <NativeSelect
        aria-label={texts.outbound.categoryFor(status.name)}
        value={rule?.category ?? ''}
        error={faultOf(field) ?? faultOf(`${field}.category`)}
        onChange={(event) => {
          const category = categoryKeySchema.safeParse(event.currentTarget.value);
          if (category.success) onChange(withCategory(mapping, workflow, status.slug, category.data));
        }}
        data={[...(rule ? [] : [{ value: '', label: texts.choose }]), ...categoryChoices(names)]}
      />
      <NativeSelect
        aria-label={texts.outbound.exactFor(status.name)}
        value={rule?.jiraStatusId ?? ''}
        error={faultOf(`${field}.jiraStatusId`)}
        onChange={(event) =>
          onChange(withExactStatus(mapping, status.slug, event.currentTarget.value || null))
        }
        data={exactStatusChoices(names, mapping, status.slug)}
      />
    </div>
  );
}
