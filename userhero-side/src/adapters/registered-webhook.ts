import type { RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import { readSettings } from '@userhero/shared/sync/settings.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { OpenJira } from '../jira/jira.ts';
import { type Outcome, type Problem, success, toProblemText } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { Prisma } from '../store/generated/client.ts';
import type { AdapterRow } from '../store/views.ts';
import { openConnected } from './adapters.ts';
import {
  type ConnectionRow,
  connectionInclude,
  type SiteConnection,
  siteConnectionOf,
} from './connection.ts';
import { coversProject, type NamedProject } from './project-filter.ts';
import { syncWebhook, takenBy } from './sync-webhook.ts';
import { letsPass, webhookFields } from './webhook-fields.ts';
import { webhookProblemOf } from './webhook-problem.ts';

export type RegisteredWebhookPorts = {
  db: PrismaClient;
  openJira: OpenJira;
  publicUrl: string;
  now(): Date;
};

/**
 * Sees to it that Jira sends the site's issue updates by itself, so that no admin has to create a webhook.
 *
 * Atlassian allows an OAuth app one URL, and five webhooks for each account and site, so one webhook carries all the
 * projects that adapters of that account sync with, and sends the changes of fields that one of them has on. It is compared with what Jira has, so running it again is harmless
 * and mends whatever was missing; each run puts the end off by 30 days. What Jira refuses is kept and told once.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export async function syncRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  adapterId: string,
): Promise<Outcome<null>> {
  const place = await findPlace(ports.db, adapterId);
  if (!place) return success(null);
  const brought = await syncSite(ports, place.site, null);
  if (brought.ok) return saveRegistered(ports, place.site);
  if (brought.problem.code !== 'jira_rejected') return brought;
  const madeRoom = await leaveFormerUrl(ports, place.site);
  const again = madeRoom ? await syncSite(ports, place.site, null) : brought;
  if (again.ok) return saveRegistered(ports, place.site);
  if (again.problem.code !== 'jira_rejected') return again;
  return saveProblem(ports, place, again.problem);
}

/** Before an adapter gives its grant up: the webhook no longer covers its project, or goes with the last one. */
export async function withdrawRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  adapterId: string,
): Promise<Outcome<null>> {
  const place = await findPlace(ports.db, adapterId);
  if (!place) return success(null);
  const withdrawn = await syncSite(ports, place.site, adapterId);
  // What an own webhook no longer says cannot be wrong any more.
  await ports.db.adapter.update({
    where: { id: adapterId },
    data: {
      registeredWebhookUrl: null,
      registeredWebhookSince: null,
      registeredWebhookProblem: Prisma.DbNull,
    },
  });
  return withdrawn;
}

/**
 * Whether Jira has the webhook, and it covers the adapter's project and fields. Asked of Jira, since an admin may have removed it.
 *
 * Errors: `needs_reauth`, `adapter_wrong_state`, `jira_…`.
 */
export async function readRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  row: AdapterRow,
): Promise<Outcome<RegisteredWebhook>> {
  const connected = await openConnected(ports, row);
  if (!connected.ok) return connected;
  const { jira } = connected.value;
  const present = await jira.registeredWebhooks();
  if (!present.ok) return present;
  const url = webhookUrl(ports.publicUrl);
  const project = { id: row.jiraProjectId ?? '', key: row.jiraProjectKey };
  const found = webhookProblemOf(row);
  const fields = webhookFields([readSettings(row.sync, row.sendChanges)]);
  const covers = present.value.some(
    (one) => one.url === url && coversProject(one.jqlFilter, project) && letsPass(one.fieldIds, fields),
  );
  const event = await ports.db.delivery.findFirst({
    where: {
      adapterId: row.id,
      sender: 'registered',
      ...(row.registeredWebhookSince ? { receivedAt: { gte: row.registeredWebhookSince } } : {}),
    },
    orderBy: { id: 'desc' },
    select: { receivedAt: true },
  });
  return success({
    covers,
    lastEventAt: event?.receivedAt.toISOString() ?? null,
    problem: covers || !found ? null : { code: found.code, detail: found.detail, remedy: found.remedy },
  });
}

/** Where Jira sends its events. */
export function webhookUrl(publicUrl: string): string {
  return `${publicUrl}/api/webhooks/jira`;
}

/** An adapter with what its webhook depends on: the account, and the site. */
type Place = { adapter: ConnectionRow; site: SiteConnection };

async function findPlace(db: PrismaClient, adapterId: string): Promise<Place | null> {
  const adapter = await db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  if (adapter?.grant?.state !== 'active') return null;
  const site = siteConnectionOf(adapter);
  return site.ok ? { adapter, site: site.value } : null;
}

/** The live adapters whose events one webhook carries. */
function carriedBy({ account, cloudId }: SiteConnection) {
  return {
    cloudId,
    grant: { accountId: account.id, state: 'active' },
    state: { in: ['active', 'paused'] },
    jiraProjectId: { not: null },
  };
}

async function syncSite(
  ports: RegisteredWebhookPorts,
  site: SiteConnection,
  exceptAdapterId: string | null,
): Promise<Outcome<null>> {
  const adapters = await ports.db.adapter.findMany({
    where: { ...carriedBy(site), ...(exceptAdapterId ? { id: { not: exceptAdapterId } } : {}) },
    select: { jiraProjectId: true, jiraProjectKey: true, sync: true, sendChanges: true },
  });
  const byId = new Map(
    adapters.map((one): [string, NamedProject] => [
      one.jiraProjectId ?? '',
      { id: one.jiraProjectId ?? '', key: one.jiraProjectKey },
    ]),
  );
  const url = webhookUrl(ports.publicUrl);
  const wasOurs = await ports.db.adapter.count({
    where: {
      cloudId: site.cloudId,
      grant: { accountId: site.account.id },
      registeredWebhookUrl: url,
    },
  });
  const projects = [...byId.values()].sort((left, right) => Number(left.id) - Number(right.id));
  const jira = await ports.openJira(site.grantId, site.cloudId);
  const fields = webhookFields(adapters.map(({ sync, sendChanges }) => readSettings(sync, sendChanges)));
  return syncWebhook(jira, { url, projects, fields, wasOurs: wasOurs > 0 });
}

const mostPlaces = 50;

/**
 * Takes away what other accounts, or the same one on other sites, still have at a former address of this deployment:
 * the one URL of an OAuth app counts over all of them.
 *
 * @returns whether anything was tried, so that registering may succeed now
 */
async function leaveFormerUrl(ports: RegisteredWebhookPorts, except: SiteConnection): Promise<boolean> {
  const url = webhookUrl(ports.publicUrl);
  const others = await ports.db.adapter.findMany({
    where: {
      grant: { state: 'active' },
      cloudId: { not: null },
      OR: [{ registeredWebhookUrl: null }, { registeredWebhookUrl: { not: url } }],
      NOT: { cloudId: except.cloudId, grant: { accountId: except.account.id } },
    },
    include: connectionInclude,
    take: mostPlaces,
  });
  const places = new Map(others.map((one) => [`${one.cloudId} ${one.grant?.accountId}`, one]));
  for (const adapter of places.values()) {
    const site = siteConnectionOf(adapter);
    // Their own job registers them anew; what keeps one of them from it is told there.
    if (site.ok) await syncSite(ports, site.value, null);
  }
  return places.size > 0;
}

async function saveRegistered(ports: RegisteredWebhookPorts, site: SiteConnection): Promise<Outcome<null>> {
  const url = webhookUrl(ports.publicUrl);
  await ports.db.adapter.updateMany({
    where: {
      ...carriedBy(site),
      OR: [{ registeredWebhookUrl: null }, { registeredWebhookUrl: { not: url } }],
    },
    data: { registeredWebhookUrl: url, registeredWebhookSince: ports.now() },
  });
  await ports.db.adapter.updateMany({
    where: { ...carriedBy(site), registeredWebhookProblem: { not: Prisma.AnyNull } },
    data: { registeredWebhookProblem: Prisma.DbNull },
  });
  return success(null);
}

/** Told when it is new: the daily look would repeat it for ever. */
async function saveProblem(
  { db, now }: RegisteredWebhookPorts,
  { adapter, site }: Place,
  problem: Problem,
): Promise<Outcome<null>> {
  const told = toProblemText(/only a single url/i.test(problem.detail) ? takenBy(null) : problem);
  const kept = { ...told, at: now().toISOString() };
  if (webhookProblemOf(adapter)?.detail === told.detail) return success(null);
  await inTransaction(db, async (tx) => {
    await tx.adapter.update({ where: { id: adapter.id }, data: { registeredWebhookProblem: kept } });
    await recordActivity(tx, {
      organizationId: site.organizationId,
      adapterId: adapter.id,
      code: 'webhook_refused',
      values: { problem: told },
      reason: told.code,
      actor: 'UserHero',
    });
  });
  return success(null);
}
