import { isLost } from '@userhero/shared/domain/reference-state.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Db } from '../store/db.ts';
import type { Prisma } from '../store/generated/client.ts';

const visitedInclude = {
  item: true,
  adapter: { include: connectionInclude },
} satisfies Prisma.ExternalReferenceInclude;

/** A reference with what a visit needs to know of both sides. */
export type ReferenceRow = Prisma.ExternalReferenceGetPayload<{ include: typeof visitedInclude }>;

/**
 * A reference that is visited, or why it is not: Jira does not show the issue (`lost`), or nothing is synced with it
 * (`elsewhere`), since the adapter does not sync at the moment or has gone to another site or project.
 */
export type Visited =
  | { kind: 'here'; reference: ReferenceRow; connection: Connection }
  | { kind: 'lost'; reference: ReferenceRow }
  | { kind: 'elsewhere' };

/** Reads what is to be visited. A moved issue is visited too: its id stays. */
export async function readVisited(db: Db, referenceId: string): Promise<Visited> {
  const reference = await db.externalReference.findUnique({
    where: { id: referenceId },
    include: visitedInclude,
  });
  const active = reference ? activeConnectionOf(reference.adapter) : null;
  if (!reference || !active?.ok) return { kind: 'elsewhere' };
  const connection = active.value;
  const isHere =
    connection.cloudId === reference.cloudId && connection.place.projectId === reference.jiraProjectId;
  if (!isHere) return { kind: 'elsewhere' };
  return isLost(reference.state) ? { kind: 'lost', reference } : { kind: 'here', reference, connection };
}
