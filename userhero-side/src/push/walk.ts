import { type ReferencePosition, rememberReading } from '@userhero/shared/mapping/apply-event.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import { inTransaction } from '../store/db.ts';
import type { Moved } from './move-issue.ts';
import { leaseMs, type PushPorts } from './push-ports.ts';

/** A walk that nobody ended (its process died) stops holding events back by then. */
export function walkEnd(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/**
 * Remembers where a walk of ours left the issue. After several steps the changelog is read once more: its newest
 * id makes the events of our own steps late, so that they do not come back as somebody's changes.
 */
export async function rememberWalk(
  ports: Pick<PushPorts, 'db'>,
  jira: Pick<Jira, 'readIssue'>,
  referenceId: string,
  moved: Pick<Moved, 'issue' | 'steps'>,
): Promise<JiraIssue> {
  const read = moved.steps > 1 ? await jira.readIssue(moved.issue.id, { history: true }) : null;
  const issue = read?.ok ? read.value : moved.issue;
  await inTransaction(ports.db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "external_reference" WHERE "id" = ${referenceId} FOR UPDATE`;
    const reference = await tx.externalReference.findUniqueOrThrow({
      where: { id: referenceId },
      include: { item: true },
    });
    const position: ReferencePosition = {
      itemStatus: reference.item.status,
      known:
        reference.knownStatusName === null
          ? null
          : { id: reference.knownStatusId, name: reference.knownStatusName },
      lastChangelogId: reference.lastChangelogId,
      lastChangedAtMs: toNumber(reference.lastChangedAtMs),
      lastWithoutIdAtMs: toNumber(reference.lastWithoutIdAtMs),
    };
    const after = rememberReading(position, {
      status: issue.status,
      changedAtMs: issue.updatedAtMs,
      changelogId: issue.lastChangelogId,
    });
    await tx.externalReference.update({
      where: { id: referenceId },
      data: {
        knownStatusId: after.known?.id ?? null,
        knownStatusName: after.known?.name ?? null,
        lastChangelogId: after.lastChangelogId,
        lastChangedAtMs: toBigInt(after.lastChangedAtMs),
        lastWithoutIdAtMs: toBigInt(after.lastWithoutIdAtMs ?? null),
      },
    });
  });
  return issue;
}

const toNumber = (value: bigint | null): number | null => (value === null ? null : Number(value));
const toBigInt = (value: number | null): bigint | null => (value === null ? null : BigInt(value));
