import type pg from 'pg';
import { type RunningSandbox, startSandbox } from '../../jira-sandbox/src/start-sandbox.ts';
import type { Issue, Project, Site } from '../../jira-sandbox/src/world.ts';
import { insertDeliveries } from '../src/inbound/insert-deliveries.ts';
import { createOpenJira } from '../src/jira/open-jira.ts';
import { createMetadataSource } from '../src/jira/project-metadata.ts';
import { success } from '../src/outcome.ts';
import { reconcileAdapter } from '../src/reconcile/reconcile-adapter.ts';
import type { ReconcilePorts } from '../src/reconcile/reconcile-ports.ts';
import { searchChanges } from '../src/reconcile/search-changes.ts';
import { connectDatabase } from '../src/store/connect.ts';
import { addOldIssue } from '../test/support/old-issue.ts';
import { anotherProject } from './another-project.ts';
import { prepareDatabase } from './bench-database.ts';
import type { BenchServer } from './bench-server.ts';
import type { Measurement } from './measurement.ts';

const changed = 10;
const shapes = [
  { adapters: 1, linked: 1_000, most: 22 },
  { adapters: 20, linked: 6_400, most: 50 },
];

/**
 * What comparing all linked issues with Jira costs of its points, with ten of them changed: by searches, and by reading
 * every linked issue, as was done every hour before. The local Jira counts by its own table of prices.
 */
export async function measureComparison(server: BenchServer): Promise<Measurement[]> {
  const measured: Measurement[] = [];
  for (const shape of shapes) {
    const { points, pointsBefore } = await compareOnce(await server.newDatabase(), shape);
    const name = `comparison.${shape.linked}_linked`;
    measured.push(
      { name, value: points, unit: 'points', goal: { atMost: shape.most } },
      { name: `${name}_by_reading`, value: pointsBefore, unit: 'points', goal: null },
    );
  }
  return measured;
}

async function compareOnce(databaseUrl: string, shape: (typeof shapes)[number]) {
  const sandbox = await startSandbox({ port: 0 });
  const seed = await prepareDatabase(databaseUrl, 0);
  const database = connectDatabase(databaseUrl, () => {});
  try {
    const ids = await linkIssues(seed, sandbox, shape);
    const ports = await portsOf(sandbox, database);
    const points = await pointsWhile(sandbox, async () => {
      for (const id of ids) await searchChanges(ports, id);
    });
    const pointsBefore = await pointsWhile(sandbox, async () => {
      for (const id of ids) await reconcileAdapter(ports, id, { thorough: true });
    });
    return { points, pointsBefore };
  } finally {
    await database.close();
    await seed.end();
    await sandbox.close();
  }
}

async function portsOf(
  sandbox: RunningSandbox,
  { prisma, pool }: ReturnType<typeof connectDatabase>,
): Promise<ReconcilePorts> {
  const token = success(await accessToken(sandbox));
  const tokens = { accessToken: async () => token, renewedToken: async () => token };
  const now = () => new Date();
  return {
    db: prisma,
    pool,
    openJira: createOpenJira(
      { apiUrl: sandbox.url, callTimeoutMs: 15_000, onSchemaMismatch: 'throw' },
      tokens,
    ),
    metadata: createMetadataSource(now),
    insertDeliveries: (group) => insertDeliveries(pool, group),
    queueWebhook: async () => {},
    publicUrl: 'http://localhost',
    pointsPerHour: async () => 65_000,
    now,
  };
}

async function accessToken({ url }: RunningSandbox): Promise<string> {
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Record<string, string>;
  };
  const redirectUri = 'http://localhost/oauth/atlassian/callback';
  const query = new URLSearchParams({
    audience: 'api.atlassian.com',
    client_id: 'userhero-local',
    scope: 'read:jira-work offline_access',
    redirect_uri: redirectUri,
    state: 'bench',
    response_type: 'code',
    prompt: 'consent',
  });
  const { redirectUrl = '' } = await post('/sandbox/api/consent', {
    query: query.toString(),
    account: 'Ada',
  });
  const { access_token: token = '' } = await post('/oauth/token', {
    grant_type: 'authorization_code',
    client_id: 'userhero-local',
    client_secret: 'userhero-local-secret',
    code: new URL(redirectUrl).searchParams.get('code'),
    redirect_uri: redirectUri,
  });
  return token;
}

/** Adapters with a Jira project each; the first ten linked issues over all of them have changed since an hour ago. */
async function linkIssues(
  pool: pg.Pool,
  { world }: RunningSandbox,
  { adapters, linked }: (typeof shapes)[number],
): Promise<string[]> {
  const [site] = world.sites;
  if (!site) throw new Error('the local Jira has no site');
  await pool.query(`INSERT INTO "grant" (id, organization_id, account_id, account_name, scopes, access_token,
    access_expires_at, refreshed_at) VALUES ('bench', 'bench', 'bench', 'Ada', '', '', now(), now())`);
  const ids: string[] = [];
  const issues: Issue[] = [];
  for (let n = 0; n < adapters; n += 1) {
    const project = n === 0 ? site.projects[0] : anotherProject(site, n);
    if (!project) throw new Error('the local Jira has no project');
    const own = Array.from({ length: linked / adapters }, () => addOldIssue(site, project.id));
    ids.push(await insertAdapter(pool, site, project, n));
    await insertLinks(pool, site, ids.at(-1) ?? '', own);
    issues.push(...own);
  }
  const done = site.statuses.find(({ category }) => category === 'done');
  const apart = Math.floor(issues.length / changed);
  for (const issue of issues.filter((_, at) => at % apart === 0)) {
    issue.statusId = done?.id ?? '';
    issue.updatedAt = Date.now() - 1_000;
  }
  return ids;
}

async function insertAdapter(pool: pg.Pool, site: Site, project: Project, n: number): Promise<string> {
  const id = `compared-${n}`;
  await pool.query(
    `INSERT INTO workflow (id, project_id, name, kind, statuses) SELECT $1, project_id, $1, kind, statuses
     FROM workflow WHERE id = 'bench'`,
    [id],
  );
  await pool.query(
    `INSERT INTO adapter (id, project_id, workflow_id, state, grant_id, cloud_id, site_url, jira_project_id,
       jira_project_key, jira_project_name, issue_type_id, mapping, mapping_updated_by, webhook_secret, webhook_hash,
       search_from)
     SELECT $1, project_id, $1, 'active', 'bench', $2, 'http://localhost', $3, $4, $5, '10001', mapping, 'bench', '', $1,
       now() - interval '1 hour'
     FROM adapter WHERE workflow_id = 'bench'`,
    [id, site.cloudId, project.id, project.key, project.name],
  );
  return id;
}

async function insertLinks(
  pool: pg.Pool,
  site: Site,
  adapterId: string,
  issues: readonly Issue[],
): Promise<void> {
  const column = (read: (issue: Issue) => string) => issues.map(read);
  const values = [
    column(({ id }) => id),
    column(({ key }) => key),
    column(({ projectId }) => projectId),
    column(({ statusId }) => statusId),
    adapterId,
    site.cloudId,
  ];
  await pool.query(
    `INSERT INTO item (id, workflow_id, title, description, status, priority)
     SELECT 'item-' || n, $2, 'Item ' || n, '', 'open', 'medium' FROM unnest($1::text[]) n`,
    [values[0], adapterId],
  );
  await pool.query(
    `INSERT INTO external_reference (id, organization_id, item_id, adapter_id, cloud_id, site_url, jira_project_id,
       issue_id, issue_key, known_status_id, known_status_name)
     SELECT 'ref-' || t.id, 'bench', 'item-' || t.id, $5, $6, 'http://localhost', t.project, t.id, t.key, t.status, 'To Do'
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS t(id, key, project, status)`,
    values,
  );
}

async function pointsWhile({ url }: RunningSandbox, act: () => Promise<void>): Promise<number> {
  const used = async (): Promise<number> => {
    const response = await fetch(`${url}/sandbox/api/limits`);
    const { byOperation } = (await response.json()) as { byOperation: Record<string, { points: number }> };
    return Object.values(byOperation).reduce((sum, { points }) => sum + points, 0);
  };
  const before = await used();
  await act();
  return (await used()) - before;
}
