import { Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type MappingPartBoxProps = { title: string; lead: ReactNode; children: ReactNode };

/** A titled group of the mapping form's fields. */
export function MappingPart({ title, lead, children }: MappingPartBoxProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot hold a heading and a lead of its own
    <div role="group" aria-labelledby={id}>
      <Title order={3} id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mb="sm" maw={640} component="div">
        {lead}
      </Text>
      {children}
    </div>
  );
}
