import type { RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { findConnected } from '../connect/adapters.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';

export type RegisteredWebhookPorts = { db: PrismaClient; openJira: OpenJira; publicUrl: string };

const events = ['jira:issue_updated', 'jira:issue_deleted'] as const;

/**
 * Sees to it that Jira sends the site's issue updates by itself, so that no admin has to create a webhook.
 *
 * Atlassian allows an OAuth app five webhooks for each account and site, so one webhook carries all the projects
 * that adapters of that account sync with. It is compared with what Jira has, never with what we remember, so
 * running it again is harmless and mends whatever was missing; each run puts the end off by 30 days.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export async function syncRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  adapterId: string,
): Promise<Outcome<null>> {
  const adapter = await ports.db.adapter.findUnique({
    where: { id: adapterId },
    include: { grant: true, project: true },
  });
  if (!adapter?.grant || !adapter.cloudId || adapter.grant.state !== 'active') return success(null);
  const jira = await ports.openJira(adapter.grant.id, adapter.cloudId);
  const wanted = await wantedFilter(ports.db, adapter.cloudId, adapter.grant.accountId, null);
  const outcome = await bringAbout(jira, webhookUrl(ports.publicUrl), wanted);
  if (outcome.ok || outcome.problem.code !== 'jira_rejected') return outcome;
  await recordActivity(ports.db, {
    organizationId: adapter.project.organizationId,
    adapterId,
    kind: 'settings_changed',
    summary: `${outcome.problem.detail} ${outcome.problem.remedy}`,
    reason: outcome.problem.code,
    actor: 'UserHero',
  });
  return success(null);
}

/** Before an adapter gives its grant up: the webhook no longer covers its project, or goes with the last one. */
export async function withdrawRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  adapterId: string,
): Promise<Outcome<null>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: { grant: true } });
  if (!adapter?.grant || !adapter.cloudId || adapter.grant.state !== 'active') return success(null);
  const jira = await ports.openJira(adapter.grant.id, adapter.cloudId);
  const wanted = await wantedFilter(ports.db, adapter.cloudId, adapter.grant.accountId, adapterId);
  return bringAbout(jira, webhookUrl(ports.publicUrl), wanted);
}

/**
 * Whether Jira has the webhook, and it covers the adapter's project. Asked of Jira, since an admin may have removed it.
 *
 * Errors: `not_found`, `needs_reauth`, `adapter_wrong_state`, `jira_…`.
 */
export async function readRegisteredWebhook(
  ports: RegisteredWebhookPorts,
  organizationId: string,
  adapterId: string,
): Promise<Outcome<RegisteredWebhook>> {
  const connected = await findConnected(ports, organizationId, adapterId);
  if (!connected.ok) return connected;
  const { jira, row } = connected.value;
  const ours = await registeredAt(jira, webhookUrl(ports.publicUrl));
  if (!ours.ok) return ours;
  return success({
    covers: ours.value.some(({ jqlFilter }) => projectsOf(jqlFilter).includes(row.jiraProjectId ?? '')),
  });
}

/** Where Jira sends its events. */
export function webhookUrl(publicUrl: string): string {
  return `${publicUrl}/api/webhooks/jira`;
}

/** The JQL that covers every project of the account's live adapters on the site; `null` when there is none. */
async function wantedFilter(
  db: PrismaClient,
  cloudId: string,
  accountId: string,
  exceptAdapterId: string | null,
): Promise<string | null> {
  const adapters = await db.adapter.findMany({
    where: {
      cloudId,
      grant: { accountId, state: 'active' },
      state: { in: ['active', 'paused'] },
      jiraProjectId: { not: null },
      ...(exceptAdapterId ? { id: { not: exceptAdapterId } } : {}),
    },
    select: { jiraProjectId: true },
  });
  const projectIds = [...new Set(adapters.map((adapter) => Number(adapter.jiraProjectId)))].sort(
    (a, b) => a - b,
  );
  return projectIds.length === 0 ? null : `project in (${projectIds.join(', ')})`;
}

/** The projects of a filter that `wantedFilter` wrote. */
function projectsOf(jqlFilter: string): string[] {
  return jqlFilter.match(/\d+/g) ?? [];
}

/** Our webhooks among those that Jira has; other deployments of the same OAuth app have their own. */
async function registeredAt(jira: Jira, url: string) {
  const present = await jira.registeredWebhooks();
  return present.ok ? success(present.value.filter((webhook) => webhook.url === url)) : present;
}

async function bringAbout(jira: Jira, url: string, jqlFilter: string | null): Promise<Outcome<null>> {
  const ours = await registeredAt(jira, url);
  if (!ours.ok) return ours;
  const [right] = ours.value.filter((webhook) => webhook.jqlFilter === jqlFilter);
  const others = ours.value.filter((webhook) => webhook !== right).map((webhook) => webhook.id);
  // The new one first: better an event twice than none.
  if (jqlFilter !== null) {
    const kept = right
      ? await jira.refreshWebhooks([right.id])
      : await jira.registerWebhook(url, jqlFilter, events);
    if (!kept.ok) return kept;
  }
  const removed = others.length > 0 ? await jira.deleteWebhooks(others) : null;
  return removed && !removed.ok ? removed : success(null);
}
