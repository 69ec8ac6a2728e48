import type { AtlassianOauth } from '../grants/atlassian-oauth.ts';
import type { TokenSource } from '../grants/token-source.ts';
import type { Outcome } from '../outcome.ts';
import { success } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { followSite } from './site-address.ts';

export type ReadSitesPorts = {
  db: PrismaClient;
  oauth: Pick<AtlassianOauth, 'sites'>;
  tokens: Pick<TokenSource, 'accessToken'>;
  /** Queues a comparison of the adapter's references with Jira, within the transaction. */
  queueReconcile(tx: Db, adapterId: string): Promise<void>;
};

/** Ids are alike on all sites, so an issue id may be of many customers; the rest waits for the daily look. */
const mostGrants = 50;

/**
 * The grants whose sites are worth asking for: all that adapters use, or those of the references of one issue.
 */
export async function grantsToAsk(db: Db, issueId: string | undefined): Promise<string[]> {
  const adapters = await db.adapter.findMany({
    where: {
      grant: { state: 'active' },
      cloudId: { not: null },
      ...(issueId === undefined ? {} : { references: { some: { issueId } } }),
    },
    select: { grantId: true },
    distinct: ['grantId'],
    ...(issueId === undefined ? {} : { take: mostGrants }),
  });
  return adapters.flatMap(({ grantId }) => (grantId ? [grantId] : []));
}

/**
 * Asks Atlassian for the sites of a grant and takes over their addresses. Where one has changed, the linked issues
 * are compared with Jira: events that named the new address may have found nobody.
 *
 * Errors: those of the grant and of Atlassian; nothing is changed then.
 */
export async function readSites(ports: ReadSitesPorts, grantId: string): Promise<Outcome<null>> {
  const token = await ports.tokens.accessToken(grantId);
  if (!token.ok) return token;
  const sites = await ports.oauth.sites(token.value);
  if (!sites.ok) return sites;
  await inTransaction(ports.db, async (tx) => {
    for (const site of sites.value) {
      for (const adapterId of await followSite(tx, site)) await ports.queueReconcile(tx, adapterId);
    }
  });
  return success(null);
}
