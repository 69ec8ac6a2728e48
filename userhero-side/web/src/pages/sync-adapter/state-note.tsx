import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { reconnectAdapter } from '../../data/adapters.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';

/** What a person has to know first, when the adapter is not simply active. */
export function StateNote({ adapter }: { adapter: Adapter }) {
  if (adapter.state === 'needs_reauth') {
    return (
      <Note tone="bad" title="Jira no longer accepts this connection" live="polite">
        <Text size="sm">
          {adapter.remedy ?? 'The consent was revoked or has expired. Reconnect to go on syncing.'} Nothing is
          lost: events are kept, and external references stay.
        </Text>
        <Reconnect adapter={adapter} />
      </Note>
    );
  }
  if (adapter.state === 'disconnected') {
    return (
      <Note tone="info" title="Disconnected">
        <Text size="sm">
          Existing external references are preserved — the links to Jira issues still work. Reconnect anytime;
          select the same Jira project to resume syncing from them.
        </Text>
        <Reconnect adapter={adapter} />
      </Note>
    );
  }
  if (adapter.state === 'paused') {
    return (
      <Note
        tone="warn"
        title={adapter.pauseReason === 'plan' ? 'Paused: the plan does not include Jira' : 'Paused'}
        live="polite"
      >
        <Text size="sm">
          {adapter.remedy ??
            (adapter.pauseReason === 'plan'
              ? 'Upgrade the project to Growth, Pro or Pro Max. The adapter resumes by itself and catches up.'
              : 'Events from Jira are kept and applied in order when you resume; pushes wait.')}
        </Text>
      </Note>
    );
  }
  return null;
}

function Reconnect({ adapter }: { adapter: Adapter }) {
  const reconnect = useMutation({
    mutationFn: () => reconnectAdapter(adapter.id),
    onSuccess: ({ authorizeUrl }) => window.location.assign(authorizeUrl),
  });
  return (
    <div>
      {reconnect.error && <ProblemNote problem={reconnect.error.problem} />}
      <Button
        mt={8}
        size="sm"
        onClick={() => reconnect.mutate()}
        loading={reconnect.isPending || reconnect.isSuccess}
      >
        Reconnect
      </Button>
    </div>
  );
}
