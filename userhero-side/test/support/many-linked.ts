import { randomUUID } from 'node:crypto';
import type { JiraStatuses } from '@userhero/shared/contracts/adapter.ts';
import type { Harness } from './harness.ts';
import { bodyOf, type connectJira } from './steps.ts';

/** Linked items in any number, as pushes would have left them. */
export async function manyLinked(
  harness: Harness,
  { workflow, adapter }: Awaited<ReturnType<typeof connectJira>>,
  count: number,
  status: string,
  known: string,
): Promise<string[]> {
  const { prisma } = harness.database;
  const { project } = await prisma.adapter.findUniqueOrThrow({
    where: { id: adapter.id },
    select: { project: { select: { organizationId: true } } },
  });
  const path = `/api/adapters/${adapter.id}/jira-statuses`;
  const { statuses } = bodyOf(await harness.robin<JiraStatuses>('GET', path));
  const jiraStatus = statuses.find(({ name }) => name === known);
  const ids = Array.from({ length: count }, () => randomUUID());
  await prisma.item.createMany({
    data: ids.map((id) => ({
      id,
      workflowId: workflow.id,
      title: id,
      description: '',
      status,
      priority: 'low',
    })),
  });
  await prisma.externalReference.createMany({
    data: ids.map((id) => ({
      id: `r-${id}`,
      organizationId: project.organizationId,
      itemId: id,
      adapterId: adapter.id,
      cloudId: adapter.site?.cloudId ?? '',
      siteUrl: adapter.site?.url ?? '',
      jiraProjectId: adapter.jiraProject?.id ?? '',
      issueId: `i-${id}`,
      issueKey: `SHOP-${id.slice(0, 8)}`,
      knownStatusId: jiraStatus?.id ?? null,
      knownStatusName: known,
      knownStatusCategory: jiraStatus?.category ?? 'none',
    })),
  });
  return ids;
}
