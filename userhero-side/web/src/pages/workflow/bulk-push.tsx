import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { StartBulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { itemFilterSchema } from '@userhero/shared/contracts/item.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { startBulkPush } from '../../data/bulk-push.ts';
import type { ItemFilter } from '../../data/items.ts';
import { ProblemNote } from '../../parts/note.tsx';
import { BulkPushProgress } from './bulk-push-progress.tsx';

type BulkPushProps = {
  projectId: string;
  workflowId: string;
  selected: ReadonlySet<string>;
  filter: ItemFilter;
  loadedAll: boolean;
  allSelected: boolean;
  onDone: () => void;
};

function filterOf(filter: ItemFilter): NonNullable<StartBulkPush['filter']> {
  return itemFilterSchema.parse(Object.fromEntries(Object.entries(filter).filter(([, text]) => text !== '')));
}

/** Pushes the selected items, or all that match, and shows how it goes. */
export function BulkPush(props: BulkPushProps) {
  const { projectId, workflowId, selected, filter, loadedAll, allSelected, onDone } = props;
  const [running, setRunning] = useState<string | null>(null);
  const [everything, setEverything] = useState(false);
  const pushesEverything = everything && allSelected && !loadedAll;
  const start = useMutation({
    mutationFn: () =>
      startBulkPush(
        workflowId,
        pushesEverything ? { filter: filterOf(filter) } : { itemIds: [...selected] },
        crypto.randomUUID(),
      ),
    onSuccess: (push) => {
      setRunning(push.id);
      setEverything(false);
      onDone();
    },
  });

  return (
    <>
      {running && <BulkPushProgress id={running} workflowId={workflowId} onClose={() => setRunning(null)} />}
      {start.error && (
        <div style={{ marginBottom: 16 }}>
          <ProblemNote problem={start.error.problem}>
            <Anchor component={Link} to={`/projects/${projectId}/settings/sync-adapters`} size="sm">
              Open Settings → Sync Adapters
            </Anchor>
          </ProblemNote>
        </div>
      )}
      {selected.size > 0 && (
        <section
          className="uh-card"
          aria-label="Selected items"
          style={{ padding: '10px 14px', marginBottom: 16, position: 'sticky', top: 64, zIndex: 5 }}
        >
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={550} role="status">
              {pushesEverything ? 'Everything that matches' : `${selected.size} selected`}
            </Text>
            <Group gap="xs">
              {allSelected && !loadedAll && !pushesEverything && (
                <Button variant="subtle" size="xs" onClick={() => setEverything(true)}>
                  Select everything that matches
                </Button>
              )}
              <Button variant="default" size="xs" onClick={onDone}>
                Clear
              </Button>
              <Button size="xs" onClick={() => start.mutate()} loading={start.isPending}>
                Push to Jira
              </Button>
            </Group>
          </Group>
        </section>
      )}
    </>
  );
}
