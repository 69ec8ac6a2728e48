import { Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { adaptersQuery } from '../data/adapters.ts';
import { projectQuery } from '../data/projects.ts';
import { AdapterStateTag } from '../parts/adapter-state.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { ListIcon } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PlanTag } from '../parts/tag.tsx';

/** A project: its workflows, and how each is synced. */
export function ProjectPage() {
  const { projectId = '' } = useParams();
  const project = useQuery(projectQuery(projectId));
  const adapters = useQuery(adaptersQuery(projectId));
  if (project.error && !project.data) {
    return <Failed error={project.error} retry={() => project.refetch()} page />;
  }
  if (!project.data) {
    return (
      <div className="uh-page">
        <Loading rows={3} height={84} label="Loading the project" />
      </div>
    );
  }
  const { name, plan, workflows } = project.data;
  return (
    <div className="uh-page">
      <PageHeading
        title={name}
        crumbs={[{ label: 'Projects', to: '/' }]}
        beside={<PlanTag plan={plan} />}
        actions={
          <Button variant="default" component={Link} to={`/projects/${projectId}/settings/sync-adapters`}>
            Sync Adapters
          </Button>
        }
      />
      {workflows.length === 0 ? (
        <div className="uh-card">
          <Empty icon={<ListIcon size={28} />} title="No workflow yet">
            A workflow holds the items of this project: issues, tickets or leads. Create one to start, and
            connect it to Jira afterwards.
          </Empty>
        </div>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          {workflows.map((workflow) => {
            const adapter = adapters.data?.items.find(
              (entry) => entry.workflowId === workflow.id && entry.state !== 'disconnected',
            );
            return (
              <Link
                key={workflow.id}
                className="uh-card"
                to={`/projects/${projectId}/workflows/${workflow.id}`}
                style={{ padding: 18 }}
              >
                <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
                  <Title order={2}>{workflow.name}</Title>
                  {adapter && <AdapterStateTag adapter={adapter} />}
                </Group>
                <Text size="sm" c="dimmed" mt={4}>
                  {workflow.itemCount} {workflow.itemCount === 1 ? 'item' : 'items'}
                  {adapter?.jiraProject ? ` · Jira ${adapter.jiraProject.key}` : ' · not connected to Jira'}
                </Text>
                <Text size="sm" c="dimmed" mt={4}>
                  {workflow.statuses.map((status) => status.name).join(' → ')}
                </Text>
              </Link>
            );
          })}
        </SimpleGrid>
      )}
    </div>
  );
}
