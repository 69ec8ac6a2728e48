import { Button } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { everyItem, itemsQuery } from '../../data/items.ts';
import { projectQuery } from '../../data/projects.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { ListIcon, PlusIcon } from '../../parts/icons.tsx';
import { Loading } from '../../parts/loading.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { NotFound } from '../not-found.tsx';
import { BulkPush } from './bulk-push.tsx';
import { ItemFilters } from './item-filters.tsx';
import { ItemList } from './item-list.tsx';
import { NewItemDialog } from './new-item-dialog.tsx';

const typingPauseMs = 250;

/** The items of a workflow: filter, select, push, create. */
export function WorkflowPage() {
  const { projectId = '', workflowId = '' } = useParams();
  return <WorkflowItems key={workflowId} projectId={projectId} workflowId={workflowId} />;
}

function WorkflowItems({ projectId, workflowId }: { projectId: string; workflowId: string }) {
  const [filter, setFilter] = useState(everyItem);
  const [settledFilter] = useDebouncedValue(filter, typingPauseMs);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialogOpen, dialog] = useDisclosure(false);
  const project = useQuery(projectQuery(projectId));
  const items = useInfiniteQuery({
    ...itemsQuery(workflowId, settledFilter),
    placeholderData: (previous) => previous,
  });
  const workflow = project.data?.workflows.find((candidate) => candidate.id === workflowId);

  if (project.error && !project.data) {
    return <Failed error={project.error} retry={() => project.refetch()} page />;
  }
  if (project.data && !workflow) return <NotFound />;
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(settledFilter).some((value) => value !== '');

  return (
    <div className="uh-page">
      <PageHeading
        title={workflow?.name ?? 'Workflow'}
        crumbs={[
          { label: 'Projects', to: '/' },
          { label: project.data?.name ?? 'Project', to: `/projects/${projectId}` },
        ]}
        actions={
          <Button leftSection={<PlusIcon size={16} />} onClick={dialog.open} disabled={!workflow}>
            New item
          </Button>
        }
      />
      {workflow && (
        <ItemFilters
          workflow={workflow}
          filter={filter}
          onChange={(next) => {
            setFilter(next);
            setSelected(new Set());
          }}
        />
      )}
      <BulkPush
        projectId={projectId}
        workflowId={workflowId}
        selected={selected}
        filter={settledFilter}
        loadedAll={!items.hasNextPage}
        allSelected={rows.length > 0 && rows.every((item) => selected.has(item.id))}
        onDone={() => setSelected(new Set())}
      />
      <div className="uh-card">
        {items.isPending || !workflow ? (
          <div style={{ padding: 16 }}>
            <Loading rows={6} label="Loading items" />
          </div>
        ) : items.error && rows.length === 0 ? (
          <div style={{ padding: 16 }}>
            <Failed error={items.error} retry={() => items.refetch()} />
          </div>
        ) : rows.length > 0 ? (
          <ItemList workflow={workflow} items={rows} selected={selected} onSelect={setSelected} />
        ) : filtered ? (
          <Empty
            icon={<ListIcon size={28} />}
            title="No item matches"
            action={
              <Button variant="default" onClick={() => setFilter(everyItem)}>
                Clear the filter
              </Button>
            }
          >
            Try other words or a whole label, or show every status and priority.
          </Empty>
        ) : (
          <Empty
            icon={<ListIcon size={28} />}
            title="No items yet"
            action={<Button onClick={dialog.open}>Create the first item</Button>}
          >
            Items of this workflow appear here. Once it is connected, each can be pushed to Jira.
          </Empty>
        )}
      </div>
      {items.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          onClick={() => items.fetchNextPage()}
          loading={items.isFetchingNextPage}
        >
          Show more items
        </Button>
      )}
      {workflow && <NewItemDialog workflow={workflow} open={dialogOpen} onClose={dialog.close} />}
    </div>
  );
}
