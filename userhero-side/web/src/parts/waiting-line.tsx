import { Text } from '@mantine/core';
import type { Waiting } from '@userhero/shared/contracts/waiting.ts';
import { waitingText } from '@userhero/shared/texts/waiting.ts';

/** What something waits for, and until when; nothing where it does not wait. */
export function WaitingLine({ waiting }: { waiting: Waiting | null }) {
  return (
    <Text size="sm" role="status" style={waiting ? undefined : { display: 'none' }}>
      {waiting ? `${waitingText('en', waiting)}.` : ''}
    </Text>
  );
}
