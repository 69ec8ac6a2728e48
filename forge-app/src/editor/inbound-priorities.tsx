import { Inline, Text } from '@forge/react';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import { withInboundPriority } from '@userhero/shared/mapping/edit-mapping.ts';
import {
  chosenPriority,
  inboundPriorityChoices,
  inboundPriorityRows,
} from '@userhero/shared/mapping/inbound-priority-rows.ts';
import { LabelledSelect } from '../parts/labelled-select.tsx';
import { Section } from '../parts/section.tsx';
import type { PartProps } from './part-props.ts';

/** What each of Jira's priorities means for the item. */
export function InboundPriorities({ mapping, names, faultOf, onChange }: PartProps) {
  const { inboundPriority } = names.texts;
  const rows = inboundPriorityRows(names, mapping);
  return (
    <Section title={inboundPriority.title} lead={inboundPriority.lead}>
      {rows.length === 0 && <Text color="color.text.subtle">{inboundPriority.unread}</Text>}
      <Inline space="space.200" rowSpace="space.100" shouldWrap alignBlock="start">
        {rows.map((row) => {
          const index = mapping.inboundPriorities.findIndex(
            ({ jiraPriorityId }) => jiraPriorityId === row.id,
          );
          return (
            <LabelledSelect
              key={row.id}
              id={`inboundPriorities.${row.id}`}
              label={inboundPriority.landsFor(row.name)}
              value={chosenPriority(mapping, row.id) ?? ''}
              options={inboundPriorityChoices(names, mapping, row)}
              fault={faultOf(`inboundPriorities.${index}`)}
              onChange={(value) =>
                onChange(withInboundPriority(mapping, row.id, prioritySchema.safeParse(value).data ?? null))
              }
            />
          );
        })}
      </Inline>
    </Section>
  );
}
