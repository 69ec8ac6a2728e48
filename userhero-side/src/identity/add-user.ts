import type { Db } from '../store/db.ts';
import { newId } from '../store/ids.ts';

/**
 * Adds somebody who signs in with e-mail and password, as a member of an organization. The rows are those that
 * better-auth reads: an account of the provider `credential` with the hashed password.
 *
 * @returns the user's id
 */
export async function addUser(
  tx: Db,
  input: { organizationId: string; name: string; email: string; passwordHash: string },
): Promise<string> {
  const userId = newId();
  await tx.user.create({ data: { id: userId, name: input.name, email: input.email, emailVerified: true } });
  await tx.account.create({
    data: {
      id: newId(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: input.passwordHash,
    },
  });
  await tx.membership.create({ data: { userId, organizationId: input.organizationId } });
  return userId;
}
