import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { createCipher } from '../../../src/secrets/cipher.ts';
import { hashSecret } from '../../../src/secrets/tokens.ts';
import type { Database } from '../../../src/store/connect.ts';
import { newId } from '../../../src/store/ids.ts';
import { toWorkflowShape } from '../../../src/store/views.ts';
import { encryptionKey } from '../../support/settings.ts';
import type { JiraIssue } from '../../support/steps.ts';

/** An item with the issue that it is linked to. */
export type LinkedItem = { itemId: string; issue: Pick<JiraIssue, 'id' | 'key' | 'url'> };

/** Writes a workflow of linked items straight into the database, for tests to which no Jira belongs. */
export async function writeLinkedItems(
  { prisma }: Database,
  count: number,
  site: { cloudId: string; url: string } = { cloudId: newId(), url: 'https://storm.example' },
): Promise<{ adapterId: string; items: LinkedItem[] }> {
  const model = await prisma.workflow.findFirstOrThrow({
    where: { kind: 'issues', project: { plan: 'growth' } },
    include: { project: true },
  });
  const { id: projectId, organizationId } = model.project;
  const [workflowId, adapterId, secret] = [newId(), newId(), newId()];
  const { kind, statuses } = model;
  await prisma.workflow.create({
    data: { id: workflowId, projectId, name: 'Storm', kind, statuses: statuses ?? [] },
  });
  await prisma.adapter.create({
    data: {
      id: adapterId,
      projectId,
      workflowId,
      state: 'active',
      cloudId: site.cloudId,
      siteName: 'Storm',
      siteUrl: site.url,
      jiraProjectId: '10000',
      mapping: defaultMapping(toWorkflowShape({ kind, statuses })),
      mappingUpdatedBy: 'Robin',
      webhookSecret: createCipher([encryptionKey]).seal(secret),
      webhookHash: hashSecret(secret),
    },
  });
  const items = Array.from({ length: count }, (_, at) => {
    const key = `STORM-${at + 1}`;
    return { itemId: newId(), issue: { id: String(70_000 + at), key, url: `${site.url}/browse/${key}` } };
  });
  await prisma.item.createMany({
    data: items.map(({ itemId, issue }) => ({
      id: itemId,
      workflowId,
      title: issue.key,
      description: '',
      status: 'open',
      priority: 'medium',
    })),
  });
  await prisma.externalReference.createMany({
    data: items.map(({ itemId, issue }) => ({
      id: newId(),
      organizationId,
      itemId,
      adapterId,
      cloudId: site.cloudId,
      siteUrl: site.url,
      jiraProjectId: '10000',
      issueId: issue.id,
      issueKey: issue.key,
      knownStatusId: '10001',
      knownStatusName: 'To Do',
    })),
  });
  return { adapterId, items };
}
