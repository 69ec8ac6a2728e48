import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { planNames } from '@userhero/shared/domain/plan.ts';
import { Link, useParams } from 'react-router';
import { adaptersQuery } from '../../data/adapters.ts';
import { projectQuery } from '../../data/projects.ts';
import { AdapterStateTag } from '../../parts/adapter-state.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { SyncIcon } from '../../parts/icons.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Note } from '../../parts/note.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { AddAdapter } from './add-adapter.tsx';

/** Settings → Sync Adapters. */
export function SyncAdaptersPage() {
  const { projectId = '' } = useParams();
  const project = useQuery(projectQuery(projectId));
  const adapters = useQuery(adaptersQuery(projectId));
  if (project.error && !project.data) {
    return <Failed error={project.error} retry={() => project.refetch()} page />;
  }
  if (!project.data) {
    return (
      <div className="uh-page" data-narrow>
        <Loading rows={3} height={72} label="Loading Sync Adapters" />
      </div>
    );
  }
  const { name, plan, jiraIncluded, workflows } = project.data;
  const add =
    jiraIncluded && workflows.length > 0 && adapters.data ? (
      <AddAdapter project={project.data} adapters={adapters.data.items} />
    ) : null;
  return (
    <div className="uh-page" data-narrow>
      <PageHeading
        title="Sync Adapters"
        crumbs={[{ label: name, to: `/projects/${projectId}` }]}
        lead="Two-way synchronization between UserHero workflows and Jira Cloud projects."
        actions={add}
      />
      <Stack gap="md">
        {!jiraIncluded && (
          <Note tone="warn" title="Jira sync needs the Growth, Pro or Pro Max plan">
            <Text size="sm">
              This project is on the {planNames[plan]} plan. Upgrade it to push items to Jira and receive
              status updates back.
            </Text>
          </Note>
        )}
        {jiraIncluded && workflows.length === 0 && (
          <Note tone="warn" title="Create a workflow first">
            <Text size="sm">
              An adapter connects one workflow to one Jira project, and this project has no workflow yet.
            </Text>
          </Note>
        )}
        <div className="uh-card">
          {adapters.isPending && (
            <div style={{ padding: 16 }}>
              <Loading rows={2} height={56} label="Loading the adapters" />
            </div>
          )}
          {adapters.error && !adapters.data && (
            <div style={{ padding: 16 }}>
              <Failed error={adapters.error} retry={() => adapters.refetch()} />
            </div>
          )}
          {adapters.data?.items.length === 0 && (
            <Empty icon={<SyncIcon size={28} />} title="No adapter yet">
              Connect Jira to push workflow items as issues and to see their status come back.
            </Empty>
          )}
          {adapters.data && adapters.data.items.length > 0 && (
            <AdapterList projectId={projectId} adapters={adapters.data.items} />
          )}
        </div>
      </Stack>
    </div>
  );
}

function AdapterList({ projectId, adapters }: { projectId: string; adapters: Adapter[] }) {
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {adapters.map((adapter, index) => (
        <li
          key={adapter.id}
          style={{ padding: '14px 18px', borderTop: index === 0 ? undefined : '1px solid var(--uh-line)' }}
        >
          <Group justify="space-between" gap="sm">
            <div style={{ minWidth: 0 }}>
              <Anchor
                component={Link}
                to={`/projects/${projectId}/settings/sync-adapters/${adapter.id}`}
                fw={600}
              >
                {adapter.workflowName} and Jira
              </Anchor>
              <Text size="sm" c="dimmed">
                {adapter.jiraProject
                  ? `${adapter.jiraProject.name} (${adapter.jiraProject.key}) on ${adapter.site?.name ?? 'Jira'}`
                  : 'No Jira project chosen yet'}
                {adapter.referenceCount > 0 &&
                  ` · ${adapter.referenceCount} external ${adapter.referenceCount === 1 ? 'reference' : 'references'}`}
              </Text>
            </div>
            <AdapterStateTag adapter={adapter} />
          </Group>
        </li>
      ))}
    </ul>
  );
}
