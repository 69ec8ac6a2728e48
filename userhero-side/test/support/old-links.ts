import { randomUUID } from 'node:crypto';
import type { Issue, Site } from '../../../jira-sandbox/src/world.ts';
import type { PrismaClient } from '../../src/store/generated/client.ts';
import { addOldIssue } from './old-issue.ts';

/** An item with the issue that it is linked to, as pushes would have left them some days ago. */
export type OldLink = { itemId: string; referenceId: string; issue: Issue };

/** Linked items in any number, each with an issue of its own in the local Jira. */
export async function addOldLinks(
  prisma: PrismaClient,
  sites: readonly Site[],
  adapterId: string,
  count: number,
): Promise<OldLink[]> {
  const row = await prisma.adapter.findUniqueOrThrow({
    where: { id: adapterId },
    include: { project: true },
  });
  const site = sites.find(({ cloudId }) => cloudId === row.cloudId);
  if (!site) throw new Error('no such site');
  const links = Array.from({ length: count }, () => {
    const issue = addOldIssue(site, row.jiraProjectId ?? '');
    return { itemId: randomUUID(), referenceId: randomUUID(), issue };
  });
  await prisma.item.createMany({
    data: links.map(({ itemId, issue }) => ({
      id: itemId,
      workflowId: row.workflowId,
      title: issue.summary,
      description: '',
      status: 'open',
      priority: 'medium',
    })),
  });
  await prisma.externalReference.createMany({
    data: links.map(({ itemId, referenceId, issue }) => {
      const status = site.statuses.find(({ id }) => id === issue.statusId);
      return {
        id: referenceId,
        organizationId: row.project.organizationId,
        itemId,
        adapterId,
        cloudId: site.cloudId,
        siteUrl: row.siteUrl ?? '',
        jiraProjectId: issue.projectId,
        issueId: issue.id,
        issueKey: issue.key,
        knownStatusId: issue.statusId,
        knownStatusName: status?.name ?? null,
        knownStatusCategory: status?.category ?? null,
      };
    }),
  });
  return links;
}
