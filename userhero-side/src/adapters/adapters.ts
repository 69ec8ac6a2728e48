import type { Adapter, Site } from '@userhero/shared/contracts/adapter.ts';
import { needsReauth } from '../grants/token-source.ts';
import type { Principal } from '../identity/principal.ts';
import type { Jira } from '../jira/jira.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import { findAdapter, findProject } from '../store/ownership.ts';
import { type Page, type PageQuery, takePage } from '../store/page.ts';
import { type AdapterRow, adapterInclude, toAdapter } from '../store/views.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { notConnected, type SiteConnection, siteConnectionOf } from './connection.ts';

/** Lists the adapters of a project. */
export async function listAdapters(
  db: Db,
  organizationId: string,
  projectId: string,
  query: PageQuery,
): Promise<Outcome<Page<Adapter>>> {
  if (!(await findProject(db, organizationId, projectId))) return notFound('project');
  const rows = await db.adapter.findMany({
    where: { projectId, ...(query.cursor ? { id: { gt: query.cursor } } : {}) },
    include: adapterInclude,
    orderBy: { id: 'asc' },
    take: query.limit + 1,
  });
  return success(takePage(rows, query.limit, (row) => row.id, toAdapter));
}

/** Reads one adapter. */
export async function readAdapter(
  db: Db,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<Adapter>> {
  const row = await findAdapter(db, organizationId, adapterId);
  return row ? success(toAdapter(row)) : notFound('adapter');
}

/** The sites that the adapter's grant covers. Errors: `needs_reauth`, `adapter_wrong_state`, `jira_unavailable`. */
export async function listSites(
  ports: ConnectPorts,
  principal: Principal,
  adapterId: string,
): Promise<Outcome<Page<Site>>> {
  const row = await findAdapter(ports.db, principal.organizationId, adapterId);
  if (!row) return notFound('adapter');
  if (!row.grantId) return failure(notConnected);
  const token = await ports.tokens.accessToken(row.grantId);
  if (!token.ok) return token;
  const sites = await ports.oauth.sites(token.value);
  return sites.ok ? success({ items: sites.value, nextCursor: null }) : sites;
}

/** An adapter that can talk to its site, with the conversation. */
export type Connected = { row: AdapterRow; jira: Jira; site: SiteConnection };

/** Finds an adapter that has a grant and a site. Errors: `not_found`, `needs_reauth`, `adapter_wrong_state`. */
export async function findConnected(
  ports: Pick<ConnectPorts, 'db' | 'openJira'>,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<Connected>> {
  const row = await findAdapter(ports.db, organizationId, adapterId);
  if (!row) return notFound('adapter');
  if (row.state === 'needs_reauth') return failure(needsReauth);
  if (row.state === 'disconnected' || row.state === 'authorizing') return failure(notConnected);
  const site = siteConnectionOf(row);
  if (!site.ok) return site;
  const jira = await ports.openJira(site.value.grantId, site.value.cloudId);
  return success({ row, jira, site: site.value });
}
