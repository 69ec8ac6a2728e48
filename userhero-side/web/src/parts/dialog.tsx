import { Box, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';

type DialogProps = {
  open: boolean;
  title: string;
  size?: 'md' | 'lg';
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog that traps focus and closes on Esc. Put together from Mantine's pieces, since its ready-made header is a
 * `header` element, which a screen reader would list as a second banner of the page.
 */
export function Dialog({ open, title, size = 'md', onClose, children }: DialogProps) {
  return (
    <Modal.Root opened={open} onClose={onClose} size={size}>
      <Modal.Overlay />
      <Modal.Content bg="var(--uh-surface)">
        <Group justify="space-between" wrap="nowrap" px="lg" pt="md" pb="xs">
          <Modal.Title fw={620} fz="lg">
            {title}
          </Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Group>
        <Box px="lg" pb="lg">
          {children}
        </Box>
      </Modal.Content>
    </Modal.Root>
  );
}
