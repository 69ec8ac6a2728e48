import { Box, Text } from '@mantine/core';
import type { RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import { Moment } from '../../parts/moment.tsx';
import { Note } from '../../parts/note.tsx';

/** Whether Jira sends its updates by itself, and whether any has arrived: registered alone is no proof. */
export function RegisteredNote({ registered }: { registered: RegisteredWebhook }) {
  const { covers, lastEventAt, problem } = registered;
  if (!covers && !problem) return null;
  return (
    <Box mb="md">
      {covers ? <Registered lastEventAt={lastEventAt} /> : null}
      {problem && (
        <Note tone="warn" title="Jira does not send its updates by itself">
          <Text size="sm">{problem.detail}</Text>
          {problem.remedy && <Text size="sm">{problem.remedy}</Text>}
        </Note>
      )}
    </Box>
  );
}

function Registered({ lastEventAt }: { lastEventAt: string | null }) {
  if (lastEventAt !== null) {
    return (
      <Note tone="good" title="Webhook active. No setup needed.">
        <Text size="sm">
          UserHero registered a webhook for this Jira project with your consent, and renews it. The last event
          arrived <Moment at={lastEventAt} />. You need the ways below only for senders that you set up in
          Jira.
        </Text>
      </Note>
    );
  }
  return (
    <Note tone="info" title="Webhook registered. No event has arrived yet.">
      <Text size="sm">
        UserHero registered a webhook for this Jira project with your consent, and renews it. Move a linked
        issue in Jira to see an event arrive. If none does, use one of the ways below, and tell whoever runs
        UserHero: the OAuth app may not be shared.
      </Text>
    </Note>
  );
}
