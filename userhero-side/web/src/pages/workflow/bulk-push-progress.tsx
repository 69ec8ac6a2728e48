import { Anchor, Button, Group, Progress, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { bulkPushQuery, cancelBulkPush } from '../../data/bulk-push.ts';
import { Failed } from '../../parts/failed.tsx';
import { WaitingLine } from '../../parts/waiting-line.tsx';

const titles: Record<BulkPush['state'], string> = {
  running: 'Pushing to Jira',
  halted: 'Waiting for the connection to Jira',
  completed: 'Pushed to Jira',
  cancelled: 'Push cancelled',
};

type BulkPushProgressProps = { id: string; workflowId: string; onClose: () => void };

/** A bulk push on its way: counts, failures, cancel. */
export function BulkPushProgress({ id, workflowId, onClose }: BulkPushProgressProps) {
  const client = useQueryClient();
  const push = useQuery(bulkPushQuery(id));
  const cancel = useMutation({
    mutationFn: () => cancelBulkPush(id),
    onSuccess: (cancelled) => client.setQueryData(bulkPushQuery(id).queryKey, cancelled),
  });
  const succeeded = push.data?.succeeded;
  useEffect(() => {
    if (succeeded !== undefined) void client.invalidateQueries({ queryKey: ['items', workflowId] });
  }, [client, workflowId, succeeded]);

  if (push.error && !push.data) return <Failed error={push.error} retry={() => push.refetch()} />;
  const state = push.data?.state ?? 'running';
  const ended = state === 'completed' || state === 'cancelled';
  const done = push.data ? push.data.succeeded + push.data.failed + push.data.skipped : 0;
  // `total` counts the pushes that were begun; what was left out belongs to the selection all the same.
  const total = push.data ? push.data.total + push.data.skipped : 0;
  return (
    <section className="uh-card" aria-label="Bulk push" style={{ padding: 16, marginBottom: 16 }}>
      <Group justify="space-between" mb={8}>
        <Text fw={600}>{titles[state]}</Text>
        {ended ? (
          <Button size="xs" variant="default" onClick={onClose}>
            Close
          </Button>
        ) : (
          <Button size="xs" variant="default" onClick={() => cancel.mutate()} loading={cancel.isPending}>
            Cancel the push
          </Button>
        )}
      </Group>
      <Progress.Root size="md">
        <Progress.Section
          value={total === 0 ? (ended ? 100 : 0) : (done / total) * 100}
          aria-label={`${done} of ${total} items done`}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed" mt={8} role="status">
        {done} of {total} done · {push.data?.succeeded ?? 0} pushed · {push.data?.skipped ?? 0} already in
        Jira or on the way · {push.data?.failed ?? 0} failed
      </Text>
      <WaitingLine waiting={push.data?.waiting ?? null} />
      {push.data && push.data.failures.length > 0 && (
        <ul style={{ margin: '10px 0 0', paddingLeft: '1.2em', fontSize: '0.875rem' }}>
          {push.data.failures.map((failure) => (
            <li key={failure.itemId}>
              <Anchor component={Link} to={`/items/${failure.itemId}`} size="sm" underline="always">
                {failure.title}
              </Anchor>
              : {failure.failure.message} {failure.failure.remedy}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
