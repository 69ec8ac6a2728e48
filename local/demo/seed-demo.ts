import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { addUser } from '../../userhero-side/src/identity/add-user.ts';
import type { Auth } from '../../userhero-side/src/identity/auth.ts';
import { apiKeyPrefix } from '../../userhero-side/src/identity/identify.ts';
import { hashSecret } from '../../userhero-side/src/secrets/tokens.ts';
import { type Db, inTransaction } from '../../userhero-side/src/store/db.ts';
import type { PrismaClient } from '../../userhero-side/src/store/generated/client.ts';
import { newId } from '../../userhero-side/src/store/ids.ts';
import { type DemoItem, demoIssues, demoLeads, demoTickets } from './demo-items.ts';

/** The sign-in and the key that `npm start` prints. */
export type DemoAccess = { email: string; password: string; apiKey: string };

const otherCustomerItems: readonly DemoItem[] = [
  [
    'Confidential: merger with Borealis',
    'open',
    'urgent',
    'Nobody outside **Rival Corp** may ever see this.',
  ],
];

/**
 * Fills an empty database with demo data: a customer on Growth with the three workflows, a project on Free that
 * shows the plan gate, and a second customer whose things the first one must never see. A database that has a
 * user already is left as it is, whatever is in it.
 */
export async function seedDemo(db: PrismaClient, auth: Auth, access: DemoAccess): Promise<void> {
  if ((await db.user.count()) > 0) return;
  const context = await auth.$context;
  const password = await context.password.hash(access.password);
  await inTransaction(db, async (tx) => {
    const customer = await addCustomer(tx, {
      name: 'Brightside Software',
      user: 'Robin Bright',
      email: access.email,
      password,
    });
    await tx.apiKey.create({
      data: {
        id: newId(),
        organizationId: customer.organizationId,
        userId: customer.userId,
        name: 'Demo key',
        prefix: `${apiKeyPrefix}_…${access.apiKey.slice(-4)}`,
        hash: hashSecret(access.apiKey),
      },
    });
    const project = await addProject(tx, customer.organizationId, 'Brightside App', 'growth');
    await addWorkflow(tx, project, 'Issues', 'issues', demoIssues);
    await addWorkflow(tx, project, 'Tickets', 'tickets', demoTickets);
    await addWorkflow(tx, project, 'Leads', 'leads', demoLeads);
    const free = await addProject(tx, customer.organizationId, 'Side Project', 'free');
    await addWorkflow(tx, free, 'Issues', 'issues', demoIssues.slice(2, 4));

    const other = await addCustomer(tx, {
      name: 'Rival Corp',
      user: 'Casey Rival',
      email: `rival-${access.email}`,
      password,
    });
    const otherProject = await addProject(tx, other.organizationId, 'Rival Project', 'pro');
    await addWorkflow(tx, otherProject, 'Issues', 'issues', otherCustomerItems);
  });
}

async function addCustomer(
  tx: Db,
  input: { name: string; user: string; email: string; password: string },
): Promise<{ organizationId: string; userId: string }> {
  const organizationId = newId();
  await tx.organization.create({ data: { id: organizationId, name: input.name } });
  const { user: name, email, password: passwordHash } = input;
  const userId = await addUser(tx, { organizationId, name, email, passwordHash });
  return { organizationId, userId };
}

async function addProject(tx: Db, organizationId: string, name: string, plan: string): Promise<string> {
  const project = await tx.project.create({ data: { id: newId(), organizationId, name, plan } });
  return project.id;
}

async function addWorkflow(
  tx: Db,
  projectId: string,
  name: string,
  kind: keyof typeof defaultStatuses,
  items: readonly DemoItem[],
): Promise<void> {
  const workflow = await tx.workflow.create({
    data: { id: newId(), projectId, name, kind, statuses: [...defaultStatuses[kind]] },
  });
  const now = Date.now();
  // Lists show the newest first; the items are written in the order in which they should be read.
  await tx.item.createMany({
    data: items.map(([title, status, priority, description], index) => ({
      id: newId(now - index * 1000),
      workflowId: workflow.id,
      title,
      status,
      priority,
      description,
    })),
  });
}
