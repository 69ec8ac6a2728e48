import { Checkbox, NativeSelect, Text } from '@mantine/core';
import { type CategoryKey, categoryKeys, categoryNames } from '@userhero/shared/jira/status-category.ts';
import { candidatesOf } from '@userhero/shared/mapping/candidates.ts';
import { withLanding } from '@userhero/shared/mapping/edit-mapping.ts';
import { Note } from '../../../parts/note.tsx';
import type { MappingPartProps } from './mapping-form.tsx';
import { MappingPart } from './mapping-part.tsx';

/** For every category the UserHero status that a change in Jira lands on. */
export function InboundRules(props: MappingPartProps) {
  const leads = props.workflow.kind === 'leads';
  return (
    <MappingPart
      title="From Jira to UserHero"
      lead="Where an item lands when its issue moves to another category. An item that is already at a status of the category stays there."
    >
      <div className="uh-map" aria-hidden="true" data-head>
        <span>Jira category</span>
        <span>UserHero status</span>
        <span>First look for</span>
      </div>
      {categoryKeys.map((category) => (
        <InboundRow key={category} category={category} {...props} />
      ))}
      {leads && (
        <div style={{ marginTop: 10 }}>
          <Note tone="info" title="Done may mean Lost">
            <Text size="sm">
              Jira’s Done says that a lead is finished, not how. With “a status of the same name”, a Jira
              status called “Lost” makes the lead Lost; every other Done status lands on the choice above. If
              your Jira names its lost leads otherwise, add an override for that status.
            </Text>
          </Note>
        </div>
      )}
    </MappingPart>
  );
}

function InboundRow({
  category,
  mapping,
  workflow,
  faultOf,
  onChange,
}: MappingPartProps & { category: CategoryKey }) {
  const rule = mapping.inbound[category];
  const candidates = candidatesOf(mapping, workflow, category);
  const name = categoryNames[category];
  if (candidates.length === 0) {
    return (
      <div className="uh-map">
        <Text size="sm">{name}</Text>
        <Text size="sm" c="dimmed" style={{ gridColumn: '2 / -1' }}>
          No status is mapped to it. A Jira status of the same name as a workflow status still counts.
        </Text>
      </div>
    );
  }
  return (
    <div className="uh-map">
      <Text size="sm">{name}</Text>
      <NativeSelect
        aria-label={`UserHero status for ${name}`}
        value={rule.status ?? ''}
        error={faultOf(`inbound.${category}.status`)}
        onChange={(event) =>
          onChange(withLanding(mapping, category, { status: event.currentTarget.value || null }))
        }
        data={[
          ...(candidates.some((status) => status.slug === rule.status)
            ? []
            : [{ value: rule.status ?? '', label: 'Choose…' }]),
          ...candidates.map((status) => ({ value: status.slug, label: status.name })),
        ]}
      />
      <Checkbox
        label="A status of the same name"
        aria-label={`By name first for ${name}`}
        checked={rule.byName}
        onChange={(event) =>
          onChange(withLanding(mapping, category, { byName: event.currentTarget.checked }))
        }
      />
    </div>
  );
}
