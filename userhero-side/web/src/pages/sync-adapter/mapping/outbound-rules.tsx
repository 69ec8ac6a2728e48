import { NativeSelect } from '@mantine/core';
import type { WorkflowStatus } from '@userhero/shared/domain/workflow.ts';
import { categoryKeySchema, categoryKeys, categoryNames } from '@userhero/shared/jira/status-category.ts';
import { withCategory, withExactStatus } from '@userhero/shared/mapping/edit-mapping.ts';
import { StatusLabel } from '../../../parts/tag.tsx';
import type { MappingPartProps } from './mapping-form.tsx';
import { MappingPart } from './mapping-part.tsx';

/** For every UserHero status its Jira category and, if wanted, one exact status in it. */
export function OutboundRules(props: MappingPartProps) {
  return (
    <MappingPart
      title="From UserHero to Jira"
      lead="Where an issue goes when its item is pushed. Within a category you can name the exact Jira status."
    >
      <div className="uh-map" aria-hidden="true" data-head>
        <span>UserHero status</span>
        <span>Jira category</span>
        <span>Jira status</span>
      </div>
      {props.workflow.statuses.map((status) => (
        <OutboundRow key={status.slug} status={status} {...props} />
      ))}
    </MappingPart>
  );
}

function OutboundRow({
  status,
  mapping,
  workflow,
  jira,
  faultOf,
  onChange,
}: MappingPartProps & { status: WorkflowStatus }) {
  const rule = mapping.outbound[status.slug];
  const field = `outbound.${status.slug}`;
  const inCategory = jira?.statuses.filter((candidate) => candidate.category === rule?.category) ?? [];
  const exact = rule?.jiraStatusId ?? null;
  const unknown = exact !== null && !inCategory.some((candidate) => candidate.id === exact) ? exact : null;
  return (
    <div className="uh-map">
      <StatusLabel workflow={workflow} slug={status.slug} />
      <NativeSelect
        aria-label={`Jira category for ${status.name}`}
        value={rule?.category ?? ''}
        error={faultOf(field) ?? faultOf(`${field}.category`)}
        onChange={(event) => {
          const category = categoryKeySchema.safeParse(event.currentTarget.value);
          if (category.success) onChange(withCategory(mapping, workflow, status.slug, category.data));
        }}
        data={[
          ...(rule ? [] : [{ value: '', label: 'Choose…' }]),
          ...categoryKeys.map((key) => ({ value: key, label: categoryNames[key] })),
        ]}
      />
      <NativeSelect
        aria-label={`Jira status for ${status.name}`}
        value={exact ?? ''}
        error={faultOf(`${field}.jiraStatusId`)}
        onChange={(event) =>
          onChange(
            withExactStatus(
              mapping,
              status.slug,
              event.currentTarget.value === '' ? null : event.currentTarget.value,
            ),
          )
        }
        data={[
          { value: '', label: 'Any in the category' },
          ...inCategory.map((candidate) => ({ value: candidate.id, label: candidate.name })),
          ...(unknown === null
            ? []
            : [
                {
                  value: unknown,
                  label:
                    jira?.statuses.find((candidate) => candidate.id === unknown)?.name ?? `Status ${unknown}`,
                },
              ]),
        ]}
      />
    </div>
  );
}
