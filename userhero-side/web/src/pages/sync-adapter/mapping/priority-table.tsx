import { NativeSelect, Text, TextInput } from '@mantine/core';
import { type Priority, priorities } from '@userhero/shared/domain/priority.ts';
import { choosePriority } from '@userhero/shared/mapping/priority.ts';
import { priorityNames } from '../../../parts/tag.tsx';
import type { MappingPartProps } from './mapping-form.tsx';
import { MappingPart } from './mapping-part.tsx';

/** UserHero's priorities and the Jira priorities of new issues. */
export function PriorityTable(props: MappingPartProps) {
  const notOnScreen = props.jira?.priorities === null;
  return (
    <MappingPart
      title="Priority Mapping"
      lead={
        notOnScreen
          ? 'This issue type’s create screen has no priority field, so issues are created without a priority.'
          : 'Which Jira priority a new issue gets.'
      }
    >
      <div className="uh-map" aria-hidden="true" data-head>
        <span>UserHero</span>
        <span>Jira</span>
        <span />
      </div>
      {priorities.map((priority) => (
        <PriorityRow key={priority} priority={priority} {...props} />
      ))}
    </MappingPart>
  );
}

function PriorityRow({
  priority,
  mapping,
  jira,
  faultOf,
  onChange,
}: MappingPartProps & { priority: Priority }) {
  const name = mapping.priorities[priority];
  const scheme = jira?.priorities ?? null;
  const label = `Jira priority for ${priorityNames[priority]}`;
  const set = (value: string): void =>
    onChange({ ...mapping, priorities: { ...mapping.priorities, [priority]: value } });
  const choice = scheme === null ? null : choosePriority(mapping, priority, scheme);
  const inScheme = scheme?.some((candidate) => candidate.name === name);
  return (
    <div className="uh-map">
      <Text size="sm">{priorityNames[priority]}</Text>
      {scheme === null ? (
        <TextInput
          aria-label={label}
          value={name}
          error={faultOf(`priorities.${priority}`)}
          onChange={(event) => set(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          aria-label={label}
          value={name}
          error={faultOf(`priorities.${priority}`)}
          onChange={(event) => set(event.currentTarget.value)}
          data={[...scheme.map((candidate) => candidate.name), ...(inScheme ? [] : [name])]}
        />
      )}
      <Text size="sm" c="var(--uh-warn-text)">
        {choice?.kind === 'left_out' ? 'Not in this project’s scheme: created without priority.' : ''}
      </Text>
    </div>
  );
}
