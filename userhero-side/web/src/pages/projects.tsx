import { Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { Link } from 'react-router';
import { projectsQuery } from '../data/projects.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { FolderIcon } from '../parts/icons.tsx';
import { Loading } from '../parts/loading.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PlanTag } from '../parts/tag.tsx';

/** The projects of the organization. */
export function ProjectsPage() {
  const projects = useQuery(projectsQuery);
  return (
    <div className="uh-page">
      <PageHeading
        title="Projects"
        lead="Each project has its workflows and, on most plans, its sync with Jira."
      />
      {projects.isPending && <Loading rows={3} height={96} label="Loading projects" />}
      {projects.error && !projects.data && (
        <Failed error={projects.error} retry={() => projects.refetch()} page />
      )}
      {projects.data?.items.length === 0 && (
        <div className="uh-card">
          <Empty icon={<FolderIcon size={28} />} title="No projects yet">
            As soon as your organization has a project, its workflows appear here.
          </Empty>
        </div>
      )}
      {projects.data && projects.data.items.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
          {projects.data.items.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </SimpleGrid>
      )}
    </div>
  );
}

function ProjectCard({ project }: { project: Project }) {
  const items = project.workflows.reduce((sum, workflow) => sum + workflow.itemCount, 0);
  const names = project.workflows.map((workflow) => workflow.name).join(', ');
  return (
    <Link className="uh-card" to={`/projects/${project.id}`} style={{ padding: 18 }}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Title order={2}>{project.name}</Title>
        <PlanTag plan={project.plan} />
      </Group>
      <Text size="sm" c="dimmed" mt={6}>
        {names === '' ? 'No workflow yet' : `${names} · ${items} ${items === 1 ? 'item' : 'items'}`}
      </Text>
    </Link>
  );
}
