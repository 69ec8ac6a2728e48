import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiProblem } from '../api.ts';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './note.tsx';

type ConfirmDialogProps = {
  open: boolean;
  title: string;
  action: string;
  danger?: boolean;
  busy: boolean;
  problem: ApiProblem | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** Asks before something that is not easily undone. Esc and Cancel leave everything as it was. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title}>
      <Stack gap="md">
        {props.children}
        {props.problem && <ProblemNote problem={props.problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            bg={props.danger ? 'var(--uh-danger)' : undefined}
            onClick={props.onConfirm}
            loading={props.busy}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
