import type { Me } from '@userhero/shared/contracts/session.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import type { Principal } from './principal.ts';

/** Who is signed in, and for which customer. */
export async function readMe(db: Db, principal: Principal): Promise<Outcome<Me>> {
  const row = await db.membership.findUnique({
    where: { userId_organizationId: { userId: principal.userId, organizationId: principal.organizationId } },
    include: { user: true, organization: true },
  });
  if (!row) return notFound('membership');
  return success({
    user: { id: row.user.id, name: row.user.name, email: row.user.email },
    organization: { id: row.organization.id, name: row.organization.name },
  });
}
