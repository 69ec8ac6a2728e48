import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { commandAdapter } from '../../data/adapters.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { ProblemNote } from '../../parts/note.tsx';

const doneTexts = {
  pause: 'Paused.',
  resume: 'Resumed.',
  reconcile: 'Syncing now. The activity shows what has changed.',
  disconnect: 'Disconnected.',
};

/** Sync now, pause, resume, disconnect. */
export function Controls({ adapter }: { adapter: Adapter }) {
  const [open, dialog] = useDisclosure(false);
  const client = useQueryClient();
  const command = useMutation({
    mutationFn: (name: keyof typeof doneTexts) => commandAdapter(adapter.id, name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['adapter', adapter.id] });
      for (const key of ['adapter-health', 'adapter-activity', 'failed-events']) {
        void client.invalidateQueries({ queryKey: [key, adapter.id] });
      }
      void client.invalidateQueries({ queryKey: ['adapters', adapter.projectId] });
      dialog.close();
    },
  });
  if (adapter.state === 'disconnected') return null;
  const busy = (name: keyof typeof doneTexts): boolean => command.isPending && command.variables === name;
  return (
    <div>
      <Group gap="xs">
        {adapter.state === 'active' && (
          <>
            <Button
              variant="default"
              size="xs"
              onClick={() => command.mutate('reconcile')}
              loading={busy('reconcile')}
            >
              Sync now
            </Button>
            <Button
              variant="default"
              size="xs"
              onClick={() => command.mutate('pause')}
              loading={busy('pause')}
            >
              Pause
            </Button>
          </>
        )}
        {adapter.state === 'paused' && adapter.pauseReason !== 'plan' && (
          <Button size="xs" onClick={() => command.mutate('resume')} loading={busy('resume')}>
            Resume
          </Button>
        )}
        <Button variant="default" size="xs" c="var(--mantine-color-error)" onClick={dialog.open}>
          Disconnect
        </Button>
      </Group>
      <Text size="sm" c="dimmed" role="status" mt={command.isSuccess ? 6 : 0} maw={280}>
        {command.isSuccess ? doneTexts[command.variables] : ''}
      </Text>
      {command.error && !open && <ProblemNote problem={command.error.problem} />}
      <ConfirmDialog
        open={open}
        title="Disconnect Jira?"
        action="Disconnect"
        danger
        busy={busy('disconnect')}
        problem={command.error?.problem ?? null}
        onConfirm={() => command.mutate('disconnect')}
        onClose={() => {
          command.reset();
          dialog.close();
        }}
      >
        <Text size="sm">
          {adapter.workflowName} stops syncing with {adapter.jiraProject?.name ?? 'Jira'}.
        </Text>
        <Text size="sm">
          Existing external references are preserved — the links to Jira issues still work. You can reconnect
          anytime.
        </Text>
      </ConfirmDialog>
    </div>
  );
}
