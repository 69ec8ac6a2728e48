import { NativeSelect, Text, TextInput } from '@mantine/core';
import { type Priority, priorities } from '@userhero/shared/domain/priority.ts';
import { withPriority } from '@userhero/shared/mapping/edit-mapping.ts';
import { choosePriority } from '@userhero/shared/mapping/priority.ts';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** UserHero's priorities and the Jira priorities of new issues. */
export function PriorityTable(props: PartProps) {
  const { priority } = props.names.texts;
  const notOnScreen = props.names.jira?.priorities === null;
  return (
    <MappingPart title={priority.title} lead={notOnScreen ? priority.notOnScreen : priority.lead}>
      <div className="uh-map" aria-hidden="true" data-head>
        <span>{priority.userhero}</span>
        <span>{priority.jira}</span>
        <span />
      </div>
      {priorities.map((one) => (
        <PriorityRow key={one} priority={one} {...props} />
      ))}
    </MappingPart>
  );
}

function PriorityRow({ priority, mapping, names, faultOf, onChange }: PartProps & { priority: Priority }) {
  const { texts, jira } = names;
  const name = mapping.priorities[priority];
  const scheme = jira?.priorities ?? null;
  const label = texts.priority.jiraFor(texts.priorities[priority]);
  const choice = scheme === null ? null : choosePriority(mapping, priority, scheme);
  const inScheme = scheme?.some((candidate) => candidate.name === name);
  return (
    <div className="uh-map">
      <Text size="sm">{texts.priorities[priority]}</Text>
      {scheme === null ? (
        <TextInput
          aria-label={label}
          value={name}
          error={faultOf(`priorities.${priority}`)}
          onChange={(event) => onChange(withPriority(mapping, priority, event.currentTarget.value))}
        />
      ) : (
        <NativeSelect
          aria-label={label}
          value={name}
          error={faultOf(`priorities.${priority}`)}
          onChange={(event) => onChange(withPriority(mapping, priority, event.currentTarget.value))}
          data={[...scheme.map((candidate) => candidate.name), ...(inScheme ? [] : [name])]}
        />
      )}
      <Text size="sm" c="var(--uh-warn-text)">
        {choice?.kind === 'left_out' ? texts.priority.notInScheme : ''}
      </Text>
    </div>
  );
}
