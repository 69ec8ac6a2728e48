import type { PrismaClient } from '../store/generated/client.ts';

/** What is counted for a consent that is not stored yet, or is gone. */
const nobody = '';
const mostKept = 10_000;

/** Whose a grant is, by its id; it never changes, so each is read once. */
export function createOrganizationOf(db: Pick<PrismaClient, 'grant'>): (grantId: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (grantId) => {
    const kept = known.get(grantId);
    if (kept !== undefined) return kept;
    const grant = await db.grant.findUnique({ where: { id: grantId }, select: { organizationId: true } });
    if (!grant) return nobody;
    if (known.size >= mostKept) known.clear();
    known.set(grantId, grant.organizationId);
    return grant.organizationId;
  };
}
