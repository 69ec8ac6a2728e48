import { Box, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

type SectionProps = {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  id?: string;
};

/** A titled card, a landmark of its own. */
export function Section({ title, lead, actions, children, id }: SectionProps) {
  const headingId = useId();
  return (
    <section className="uh-card" aria-labelledby={headingId} id={id}>
      <Box p={{ base: 'md', sm: 'lg' }}>
        <Group justify="space-between" align="flex-start" gap="sm" mb="md">
          <div style={{ flex: '1 1 240px', minWidth: 0 }}>
            <Title order={2} id={headingId}>
              {title}
            </Title>
            {lead && (
              <Text size="sm" c="dimmed" mt={2} maw={640} component="div">
                {lead}
              </Text>
            )}
          </div>
          {actions}
        </Group>
        {children}
      </Box>
    </section>
  );
}
