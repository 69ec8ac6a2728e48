import type { ForgePanel, ForgePanelItem } from '@userhero/shared/contracts/forge.ts';
import { presentActivity } from '../activity/present-activity.ts';
import type { Db } from '../store/db.ts';
import { toReference, toWorkflowShape } from '../store/views.ts';

/** The UserHero items of an issue on a site: one a customer, so rarely more than one. */
export async function readForgePanel(
  ports: { db: Db; publicUrl: string },
  place: { cloudId: string; issueId: string },
): Promise<ForgePanel> {
  const references = await ports.db.externalReference.findMany({
    where: place,
    orderBy: { id: 'asc' },
    include: {
      adapter: { select: { state: true, cloudId: true, jiraProjectId: true } },
      item: {
        include: { workflow: { include: { project: { select: { name: true } } } } },
      },
    },
  });
  const items = references.map(async (reference): Promise<ForgePanelItem> => {
    const { item } = reference;
    const last = await ports.db.activity.findFirst({
      where: { itemId: item.id },
      orderBy: { id: 'desc' },
      select: { code: true, values: true, summary: true, at: true },
    });
    const { statuses } = toWorkflowShape(item.workflow);
    return {
      itemId: item.id,
      title: item.title,
      status: statuses.find((status) => status.slug === item.status)?.name ?? item.status,
      workflowName: item.workflow.name,
      projectName: item.workflow.project.name,
      url: `${ports.publicUrl}/items/${item.id}`,
      referenceState: toReference(reference).state,
      lastChange: last ? { ...presentActivity(last, 'en'), at: last.at.toISOString() } : null,
    };
  });
  return { items: await Promise.all(items) };
}
