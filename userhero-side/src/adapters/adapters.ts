import type { Adapter, Site } from '@userhero/shared/contracts/adapter.ts';
import { needsReauth } from '../grants/token-source.ts';
import type { Jira } from '../jira/jira.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { type Page, type PageQuery, takePage } from '../store/page.ts';
import { type AdapterRow, adapterInclude } from '../store/views.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { notConnected, type SiteConnection, siteConnectionOf } from './connection.ts';
import { presentAdapter, toAdapter } from './present-adapter.ts';

/** Lists the adapters of a project. */
export async function listAdapters(
  db: Db,
  project: { id: string },
  query: PageQuery,
): Promise<Outcome<Page<Adapter>>> {
  const rows = await db.adapter.findMany({
    where: { projectId: project.id, ...(query.cursor ? { id: { gt: query.cursor } } : {}) },
    include: adapterInclude,
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  });
  return success(
    takePage(
      rows,
      query.limit,
      (row) => row.id,
      (row) => toAdapter(row),
    ),
  );
}

/** Reads one adapter anew, as a change has left it. */
export async function readAdapter(db: Db, { id }: { id: string }): Promise<Outcome<Adapter>> {
  const row = await db.adapter.findUnique({ where: { id }, include: adapterInclude });
  return row ? success(await presentAdapter(db, row)) : notFound('adapter');
}

/** The sites that the adapter's grant covers. Errors: `needs_reauth`, `adapter_wrong_state`, `jira_unavailable`. */
export async function listSites(
  ports: Pick<ConnectPorts, 'tokens' | 'oauth'>,
  adapter: { grantId: string | null },
): Promise<Outcome<Page<Site>>> {
  if (!adapter.grantId) return failure(notConnected);
  const token = await ports.tokens.accessToken(adapter.grantId);
  if (!token.ok) return token;
  const sites = await ports.oauth.sites(token.value);
  return sites.ok ? success({ items: sites.value, nextCursor: null }) : sites;
}

/** An adapter that can talk to its site, with the conversation. */
export type Connected = { row: AdapterRow; jira: Jira; site: SiteConnection };

/** Begins to talk to the site of an adapter that has a grant. Errors: `needs_reauth`, `adapter_wrong_state`. */
export async function openConnected(
  ports: Pick<ConnectPorts, 'openJira'>,
  row: AdapterRow,
): Promise<Outcome<Connected>> {
  if (row.state === 'needs_reauth') return failure(needsReauth);
  if (row.state === 'disconnected' || row.state === 'authorizing') return failure(notConnected);
  const site = siteConnectionOf(row);
  if (!site.ok) return site;
  const jira = await ports.openJira(site.value.grantId, site.value.cloudId);
  return success({ row, jira, site: site.value });
}
