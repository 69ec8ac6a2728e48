import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { useNavigate } from 'react-router';
import { commandAdapter } from '../../data/adapters.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';

/** Leaves set-up for good, so that the workflow is free again. */
export function AbandonSetUp({ adapter }: { adapter: Adapter }) {
  const [open, dialog] = useDisclosure(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const disconnect = useMutation({
    mutationFn: () => commandAdapter(adapter.id, 'disconnect'),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['adapters', adapter.projectId] });
      void client.invalidateQueries({ queryKey: ['adapter', adapter.id] });
      navigate(`/projects/${adapter.projectId}/settings/sync-adapters`);
    },
  });
  return (
    <div>
      <Button variant="subtle" size="xs" onClick={dialog.open}>
        Cancel set-up
      </Button>
      <ConfirmDialog
        open={open}
        title="Cancel set-up?"
        action="Cancel set-up"
        danger
        busy={disconnect.isPending}
        problem={disconnect.error?.problem ?? null}
        onConfirm={() => disconnect.mutate()}
        onClose={dialog.close}
      >
        <Text size="sm">
          The workflow {adapter.workflowName} is free for another adapter then. Nothing in Jira changes.
        </Text>
      </ConfirmDialog>
    </div>
  );
}
