import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import { withInboundPriority } from '@userhero/shared/mapping/edit-mapping.ts';
import {
  chosenPriority,
  inboundPriorityChoices,
  inboundPriorityRows,
  showsInboundPriorities,
} from '@userhero/shared/mapping/inbound-priority-rows.ts';
import { syncSettingsQuery } from '../../../data/sync.ts';
import { MappingPart } from './mapping-part.tsx';
import type { PartProps } from './part-props.ts';

/** What each of Jira's priorities means for the item; shown once they come over at all. */
export function InboundPriorities({
  adapterId,
  mapping,
  names,
  faultOf,
  onChange,
}: PartProps & { adapterId: string }) {
  const { inboundPriority } = names.texts;
  const settings = useQuery(syncSettingsQuery(adapterId));
  if (!showsInboundPriorities(settings.data, mapping, faultOf)) return null;
  const rows = inboundPriorityRows(names, mapping);
  return (
    <MappingPart title={inboundPriority.title} lead={inboundPriority.lead}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {inboundPriority.unread}
        </Text>
      )}
      {rows.map((row) => {
        const index = mapping.inboundPriorities.findIndex(({ jiraPriorityId }) => jiraPriorityId === row.id);
        return (
          <div className="uh-map" key={row.id}>
            <Text size="sm">{row.name}</Text>
            <NativeSelect
              aria-label={inboundPriority.landsFor(row.name)}
              value={chosenPriority(mapping, row.id) ?? ''}
              error={faultOf(`inboundPriorities.${index}`)}
              onChange={(event) => {
                const chosen = prioritySchema.safeParse(event.currentTarget.value);
                onChange(withInboundPriority(mapping, row.id, chosen.data ?? null));
              }}
              data={inboundPriorityChoices(names, mapping, row)}
            />
          </div>
        );
      })}
    </MappingPart>
  );
}
