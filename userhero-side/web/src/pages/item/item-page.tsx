import { Box, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useIsMutating, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { changeItemKey, itemQuery } from '../../data/items.ts';
import { projectQuery } from '../../data/projects.ts';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Markdown } from '../../parts/markdown.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { Section } from '../../parts/section.tsx';
import { EditItem } from './edit-item.tsx';
import { ExternalReferenceBox } from './external-reference-box.tsx';
import { ItemActivity } from './item-activity.tsx';
import { ItemFields } from './item-fields.tsx';

/** An item: what it says, where it stands, and what happened to it. */
export function ItemPage() {
  const { itemId = '' } = useParams();
  const isSaving = useIsMutating({ mutationKey: changeItemKey(itemId) }) > 0;
  // A refresh would take back what is shown and not yet saved, and the next choice would start from that.
  const item = useQuery({ ...itemQuery(itemId), ...(isSaving && { refetchInterval: false as const }) });
  const project = useQuery({
    ...projectQuery(item.data?.projectId ?? ''),
    enabled: item.data !== undefined,
  });
  const [editing, edit] = useDisclosure(false);

  if (item.error && !item.data) return <Failed error={item.error} retry={() => item.refetch()} page />;
  if (project.error && !project.data) return <Failed error={project.error} retry={() => project.refetch()} />;
  if (!item.data || !project.data) {
    return (
      <div className="uh-page">
        <Loading rows={3} height={120} label="Loading the item" />
      </div>
    );
  }
  const workflow = project.data.workflows.find((candidate) => candidate.id === item.data.workflowId);
  return (
    <div className="uh-page">
      <PageHeading
        title={item.data.title}
        crumbs={[
          { label: project.data.name, to: `/projects/${project.data.id}` },
          {
            label: workflow?.name ?? 'Workflow',
            to: `/projects/${project.data.id}/workflows/${item.data.workflowId}`,
          },
        ]}
        actions={
          <Button variant="default" onClick={edit.open} disabled={editing}>
            Edit
          </Button>
        }
      />
      <div className="uh-detail">
        <div className="uh-grid">
          {editing ? (
            <EditItem item={item.data} onClose={edit.close} />
          ) : (
            <Section title="Description">
              {item.data.description.trim() === '' ? (
                <Text c="dimmed">No description.</Text>
              ) : (
                <Markdown source={item.data.description} />
              )}
            </Section>
          )}
          <Box visibleFrom="md">
            <ItemActivity itemId={itemId} />
          </Box>
        </div>
        <div className="uh-grid">
          <ItemFields item={item.data} workflow={workflow} />
          <ExternalReferenceBox item={item.data} project={project.data} />
        </div>
        <Box hiddenFrom="md">
          <ItemActivity itemId={itemId} />
        </Box>
      </div>
    </div>
  );
}
