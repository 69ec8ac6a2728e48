import { Checkbox, NativeSelect, Text } from '@mantine/core';
import { type CategoryKey, categoryKeys } from '@userhero/shared/jira/status-category.ts';
import { withLanding } from '@userhero/shared/mapping/edit-mapping.ts';
import { landingChoices } from '@userhero/shared/mapping/mapping-choices.ts';
import { categoryName } from '@userhero/shared/mapping/mapping-names.ts';
import { Note } from '../../../parts/note.tsx';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** For every category the UserHero status that a change in Jira lands on. */
export function InboundRules(props: PartProps) {
  const { texts, workflow } = props.names;
  const { inbound } = texts;
  return (
    <MappingPart title={inbound.title} lead={inbound.lead}>
      <div className="uh-map" aria-hidden="true" data-head>
        <span>{inbound.category}</span>
        <span>{inbound.lands}</span>
        <span>{inbound.first}</span>
      </div>
      {categoryKeys.map((category) => (
        <InboundRow key={category} category={category} {...props} />
      ))}
      {workflow.kind === 'leads' && (
        <div style={{ marginTop: 10 }}>
          <Note tone="info" title={inbound.lostTitle}>
            <Text size="sm">{inbound.lostText}</Text>
          </Note>
        </div>
      )}
    </MappingPart>
  );
}

function InboundRow({ category, mapping, names, faultOf, onChange }: PartProps & { category: CategoryKey }) {
  const { inbound, choose } = names.texts;
  const rule = mapping.inbound[category];
  const choices = landingChoices(names, mapping, category);
  const name = categoryName(names, category);
  if (choices.length === 0) {
    return (
      <div className="uh-map">
        <Text size="sm">{name}</Text>
        <Text size="sm" c="dimmed" style={{ gridColumn: '2 / -1' }}>
          {inbound.none}
        </Text>
      </div>
    );
  }
  const isListed = choices.some((choice) => choice.value === rule.status);
  return (
    <div className="uh-map">
      <Text size="sm">{name}</Text>
      <NativeSelect
        aria-label={inbound.landsFor(name)}
        value={rule.status ?? ''}
        error={faultOf(`inbound.${category}.status`)}
        onChange={(event) =>
          onChange(withLanding(mapping, category, { status: event.currentTarget.value || null }))
        }
        data={[...(isListed ? [] : [{ value: rule.status ?? '', label: choose }]), ...choices]}
      />
      <Checkbox
        label={inbound.sameName}
        aria-label={inbound.byNameFor(name)}
        checked={rule.byName}
        onChange={(event) =>
          onChange(withLanding(mapping, category, { byName: event.currentTarget.checked }))
        }
      />
    </div>
  );
}
