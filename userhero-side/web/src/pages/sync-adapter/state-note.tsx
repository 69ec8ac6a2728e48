import { Button, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { adapterStateText } from '@userhero/shared/texts/adapter-states.ts';
import { reconnectAdapter } from '../../data/adapters.ts';
import { Note, ProblemNote } from '../../parts/note.tsx';

const tones = { needs_reauth: 'bad', disconnected: 'info', paused: 'warn' } as const;

/** What a person has to know first, when the adapter was connected and does not sync now. */
export function StateNote({ adapter }: { adapter: Adapter }) {
  const { state } = adapter;
  if (state !== 'needs_reauth' && state !== 'disconnected' && state !== 'paused') return null;
  const { title, meaning, remedy } = adapterStateText('en', adapter);
  return (
    <Note tone={tones[state]} title={title} live="polite">
      <Text size="sm">
        {meaning} {remedy}
      </Text>
      {state !== 'paused' && <Reconnect adapter={adapter} />}
    </Note>
  );
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
