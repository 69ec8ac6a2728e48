import { addUser } from '../../src/identity/add-user.ts';
import { hashSecret, newSecret } from '../../src/secrets/tokens.ts';
import type { PrismaClient } from '../../src/store/generated/client.ts';
import { newId } from '../../src/store/ids.ts';

/** A customer with one project and somebody who uses the API. */
export type Customer = { organizationId: string; apiKey: string };

/** Adds a customer whose plan includes Jira. */
export async function addCustomer(prisma: PrismaClient, name: string): Promise<Customer> {
  const organizationId = newId();
  const apiKey = newSecret('uh');
  await prisma.organization.create({ data: { id: organizationId, name } });
  await prisma.project.create({ data: { id: newId(), organizationId, name, plan: 'growth' } });
  const email = `${organizationId}@customers.example`;
  // Nobody signs in with this password: no hash is like it.
  const userId = await addUser(prisma, { organizationId, name, email, passwordHash: 'none' });
  await prisma.apiKey.create({
    data: { id: newId(), organizationId, userId, name, prefix: 'uh_…', hash: hashSecret(apiKey) },
  });
  return { organizationId, apiKey };
}
