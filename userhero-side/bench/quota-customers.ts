import type { RunningSandbox } from '../../jira-sandbox/src/start-sandbox.ts';
import type { Issue } from '../../jira-sandbox/src/world.ts';
import { type Call, caller } from '../../local/call.ts';
import type { PrismaClient } from '../src/store/generated/client.ts';
import { newId } from '../src/store/ids.ts';
import { addCustomer } from '../test/support/customer.ts';
import { addOldLinks } from '../test/support/old-links.ts';
import { anotherProject } from './another-project.ts';
import { connect } from './connected-workflow.ts';
import type { QuotaShape } from './quota-shape.ts';

/** A customer whose workflow is connected with a Jira project of its own. */
export type Connected = {
  organizationId: string;
  api: Call;
  workflowId: string;
  adapterId: string;
  linked: readonly { itemId: string; issue: Issue }[];
};

/** Connects the customers through the API; the first one has the items, each of the others linked issues. */
export async function connectCustomers(
  { prisma }: { prisma: PrismaClient },
  sandbox: RunningSandbox,
  origin: string,
  shape: QuotaShape,
): Promise<{ pusher: Connected; others: Connected[] }> {
  const [site] = sandbox.world.sites;
  if (!site) throw new Error('the local Jira has no site');
  const connectOne = async (n: number): Promise<Connected> => {
    const { organizationId, apiKey } = await addCustomer(prisma, `Customer ${n}`);
    const api = caller(origin, { authorization: `Bearer ${apiKey}` });
    const project = anotherProject(site, n);
    const { workflow, adapterId } = await connect(api, caller(sandbox.url, {}), apiKey, project?.key);
    await api('PUT', `/api/adapters/${adapterId}/sync`, { status: { direction: 'both' } });
    const linked =
      n === 0 ? [] : await addOldLinks(prisma, sandbox.world.sites, adapterId, shape.linkedOfEach);
    return { organizationId, api, workflowId: workflow.id, adapterId, linked };
  };
  const pusher = await connectOne(0);
  const others: Connected[] = [];
  for (let n = 1; n <= shape.others; n += 1) others.push(await connectOne(n));
  await prisma.item.createMany({
    data: Array.from({ length: shape.items }, (_, n) => ({
      id: newId(),
      workflowId: pusher.workflowId,
      title: `Item ${n}`,
      description: '',
      // Half of the issues have to be moved once they are there.
      status: n % 2 === 0 ? 'open' : 'in-progress',
      priority: 'medium',
    })),
  });
  return { pusher, others };
}
