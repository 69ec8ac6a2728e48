import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { OpenJira } from '../jira/jira.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { tellsNews } from './agrees.ts';
import { lookAtIssues, toLook } from './look-at-issues.ts';
import { toReading } from './observe-issue.ts';

/**
 * Looks at references again that Jira did not show, since an event has told of them: with the issue visible again,
 * nobody should wait for the next comparison.
 *
 * Errors: those of the Jira conversation; the next comparison looks again anyway.
 */
export async function lookAtHidden(
  ports: {
    db: PrismaClient;
    openJira: OpenJira;
    insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  },
  adapterId: string,
  referenceIds: readonly string[],
): Promise<Outcome<null>> {
  const adapter = await ports.db.adapter.findUnique({
    where: { id: adapterId },
    include: connectionInclude,
  });
  const connection = activeConnectionOf(adapter);
  if (!connection.ok) return success(null);
  const { grantId, cloudId } = connection.value;
  const references = await ports.db.externalReference.findMany({
    where: { id: { in: [...referenceIds] }, adapterId, cloudId, state: 'not_visible' },
  });
  if (references.length === 0) return success(null);
  const jira = await ports.openJira(grantId, cloudId);
  const began = await readingBegins(ports.db);
  const looked = await lookAtIssues(jira, references.map(toLook));
  if (!looked.ok) return looked;
  const readings = references.map((reference) => {
    const finding = looked.value.get(reference.id);
    return finding && tellsNews(reference, finding) ? toReading(adapterId, reference, finding, began) : null;
  });
  const news = readings.filter((reading) => reading !== null);
  if (news.length > 0) await ports.insertDeliveries(news);
  const unasked = [...looked.value.values()].find(({ kind }) => kind === 'unknown');
  if (unasked?.kind === 'unknown' && unasked.problem.temporary) return failure(unasked.problem);
  return success(null);
}
