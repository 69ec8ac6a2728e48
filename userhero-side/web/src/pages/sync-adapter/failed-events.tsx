import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeliveryEvent } from '@userhero/shared/contracts/delivery.ts';
import { failedEventsQuery, replayEvent } from '../../data/adapters.ts';
import { Moment } from '../../parts/moment.tsx';
import { ProblemNote } from '../../parts/note.tsx';
import { Section } from '../../parts/section.tsx';

/** Events from Jira that could not be applied; shown only when there are some. */
export function FailedEvents({ adapterId }: { adapterId: string }) {
  const events = useQuery(failedEventsQuery(adapterId));
  if (!events.data || events.data.items.length === 0) return null;
  return (
    <Section
      title="Failed events"
      lead="These changes from Jira could not be applied. Repair the cause, then replay them."
    >
      <ul className="uh-cards">
        {events.data.items.map((event) => (
          <FailedEvent key={event.id} event={event} adapterId={adapterId} />
        ))}
      </ul>
    </Section>
  );
}

function FailedEvent({ event, adapterId }: { event: DeliveryEvent; adapterId: string }) {
  const client = useQueryClient();
  const name = event.issueKey ?? 'event';
  const replay = useMutation({
    mutationFn: () => replayEvent(event.id),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['failed-events', adapterId] }),
        client.invalidateQueries({ queryKey: ['adapter-health', adapterId] }),
        client.invalidateQueries({ queryKey: ['adapter-activity', adapterId] }),
      ]),
  });
  return (
    <li style={{ borderTop: '1px solid var(--uh-line)', paddingTop: 10 }}>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Text size="sm" fw={550}>
            {name}
            {event.jiraStatus && ` → ${event.jiraStatus}`}
          </Text>
          <Text size="sm">{event.error ?? 'No reason was recorded.'}</Text>
          <Text size="xs" c="dimmed">
            <Moment at={event.receivedAt} /> · {event.attempts}{' '}
            {event.attempts === 1 ? 'attempt' : 'attempts'}
          </Text>
        </div>
        <Button
          variant="default"
          size="xs"
          onClick={() => replay.mutate()}
          loading={replay.isPending}
          aria-label={`Replay ${name}`}
        >
          Replay
        </Button>
      </Group>
      {replay.error && <ProblemNote problem={replay.error.problem} />}
    </li>
  );
}
