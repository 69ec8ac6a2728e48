import { Heading, Stack, Text } from '@forge/react';
import type { ReactNode } from 'react';

/** A part of the page: what it is about, a sentence, and the thing itself. */
export function Section({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <Stack space="space.150">
      <Stack space="space.050">
        <Heading as="h3" size="small">
          {title}
        </Heading>
        <Text color="color.text.subtle">{lead}</Text>
      </Stack>
      {children}
    </Stack>
  );
}
