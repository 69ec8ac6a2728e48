import { categoryKeys } from '@userhero/shared/jira/status-category.ts';
import { englishCategories } from '@userhero/shared/texts/names-en.ts';
import { noProjectSelected } from '../adapters/adapter-state.ts';
import { decideChecks } from '../adapters/decide-checks.ts';
import { coversProject } from '../adapters/project-filter.ts';
import { readCheckFacts } from '../adapters/read-checks.ts';
import { webhookUrl } from '../adapters/registered-webhook.ts';
import { webhookProblemOf } from '../adapters/webhook-problem.ts';
import type { AtlassianOauth } from '../grants/atlassian-oauth.ts';
import type { TokenSource } from '../grants/token-source.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import type { Outcome } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import type { AdapterRow } from '../store/views.ts';

/** One thing that was looked at: it is as it should be, or not, or (`null`) it is only worth knowing. */
export type Look = { ok: boolean | null; text: string; remedy?: string | undefined };

export type LookPorts = {
  db: PrismaClient;
  oauth: Pick<AtlassianOauth, 'sites'>;
  tokens: TokenSource;
  openJira: OpenJira;
  publicUrl: string;
};

const reconnect = 'Reconnect the adapter in Settings → Sync Adapters.';

/**
 * Goes through everything that syncing needs of a Jira site, from the token to the last event, and stops where the rest
 * cannot be asked. Nothing is changed in Jira.
 */
export async function lookAtJira(ports: LookPorts, row: AdapterRow): Promise<Look[]> {
  const looks: Look[] = [
    { ok: row.state === 'active', text: `The adapter is ${row.state}.`, remedy: reconnect },
  ];
  if (!row.grant || !row.cloudId) {
    return [...looks, { ok: false, text: 'The adapter is not connected to a Jira site.', remedy: reconnect }];
  }
  const token = await accessToken(ports, row.grant.id);
  looks.push(tell(token, () => 'Atlassian accepts the connection; the token is valid or was renewed.'));
  if (!token.ok) return looks;
  looks.push(...(await lookAtSites(ports, row, token.value)));
  const jira = await ports.openJira(row.grant.id, row.cloudId);
  const me = await jira.myself();
  looks.push(tell(me, (person) => `Jira answers, and knows the account as ${person.name}.`));
  if (!me.ok) return looks;
  if (!row.jiraProjectId || !row.issueTypeId) {
    return [...looks, { ok: false, text: noProjectSelected.detail, remedy: noProjectSelected.remedy }];
  }
  looks.push(...(await lookAtProject(jira, row, row.jiraProjectId)));
  looks.push(await lookAtSearch(jira, row.jiraProjectId));
  looks.push(...(await lookAtEvents(ports, jira, row)));
  return looks;
}

async function accessToken({ tokens }: LookPorts, grantId: string): Promise<Outcome<string>> {
  try {
    return await tokens.accessToken(grantId);
  } catch (cause) {
    return {
      ok: false,
      problem: {
        code: 'internal',
        detail: 'The stored token cannot be opened.',
        remedy: 'See whether TOKEN_ENCRYPTION_KEY holds the key that the service uses.',
        cause,
      },
    };
  }
}

async function lookAtSites(ports: LookPorts, row: AdapterRow, token: string): Promise<Look[]> {
  const sites = await ports.oauth.sites(token);
  if (!sites.ok) return [tell(sites, () => '')];
  const site = sites.value.find(({ cloudId }) => cloudId === row.cloudId);
  if (!site) return [{ ok: false, text: `The consent does not cover ${row.siteName}.`, remedy: reconnect }];
  return [
    { ok: true, text: `The consent covers ${site.name}.` },
    {
      ok: site.url === row.siteUrl,
      text:
        site.url === row.siteUrl
          ? `The site’s address is ${site.url}.`
          : `The site’s address is ${site.url} now; UserHero still has ${row.siteUrl}.`,
      remedy: 'The daily look takes the new address over; "Sync now" does at once.',
    },
  ];
}

async function lookAtProject(jira: Jira, row: AdapterRow, projectId: string): Promise<Look[]> {
  const project = await jira.readProject(projectId);
  const looks = [tell(project, ({ name, key }) => `The project is ${name} (${key}).`)];
  const facts = await readCheckFacts({ row, jira }, {});
  if (!facts.ok) return [...looks, tell(facts, () => '')];
  const checks = decideChecks(facts.value);
  const { screen, statuses } = facts.value;
  const byCategory = categoryKeys.map((key) => {
    const names = statuses.filter(({ category }) => category === key).map(({ name }) => name);
    return `${englishCategories[key]}: ${names.join(', ') || 'none'}`;
  });
  return [
    ...looks,
    ...checks.map(({ ok, message, remedy }) => ({ ok, text: message, remedy: remedy ?? undefined })),
    {
      ok: screen !== null,
      text: `Issue type: ${row.issueTypeName}.`,
      remedy: 'Choose another issue type in set-up.',
    },
    { ok: null, text: `Statuses: ${byCategory.join('; ')}.` },
    { ok: null, text: `Priorities: ${screen?.priorities?.map(({ name }) => name).join(', ') || 'none'}.` },
  ];
}

async function lookAtSearch(jira: Jira, projectId: string): Promise<Look> {
  // The look-up that keeps a push in doubt from making a second issue; no item has this id.
  const found = await jira.findByItems(projectId, new Set(['check-jira']), 1);
  return tell(found, () => 'Jira’s search answers.');
}

async function lookAtEvents(ports: LookPorts, jira: Jira, row: AdapterRow): Promise<Look[]> {
  const present = await jira.registeredWebhooks();
  if (!present.ok) return [tell(present, () => '')];
  const url = webhookUrl(ports.publicUrl);
  const project = { id: row.jiraProjectId ?? '', key: row.jiraProjectKey };
  const own = present.value.find((one) => one.url === url && coversProject(one.jqlFilter, project));
  const elsewhere = present.value.find((one) => one.url !== url);
  const problem = webhookProblemOf(row);
  const until = own?.expiresAtMs ? `, until ${new Date(own.expiresAtMs).toISOString().slice(0, 10)}` : '';
  const event = await ports.db.delivery.findFirst({
    where: { adapterId: row.id, sender: { not: 'reconciliation' } },
    orderBy: { id: 'desc' },
    select: { receivedAt: true, sender: true },
  });
  // Events of issues that no item is linked to show as well that the way is open.
  const [lastAt, from] =
    event && event.receivedAt > (row.lastEventAt ?? new Date(0))
      ? [event.receivedAt, event.sender]
      : [row.lastEventAt, 'about an issue without an item'];
  return [
    own
      ? { ok: true, text: `The webhook to ${url} is registered${until}.` }
      : {
          ok: false,
          text: `No webhook to ${url} is registered${elsewhere ? '; Jira sends this app’s events to another address' : ''}.`,
          remedy:
            problem?.remedy ??
            'PUBLIC_URL must be what Jira reaches; each deployment needs an OAuth app of its own.',
        },
    lastAt
      ? { ok: true, text: `The last event arrived at ${lastAt.toISOString()} (${from}).` }
      : {
          ok: false,
          text: 'No event has arrived yet.',
          remedy:
            'Move a linked issue in Jira. If none arrives, see that the OAuth app is shared (docs/operations.md) and that Jira reaches PUBLIC_URL.',
        },
  ];
}

function tell<T>(outcome: Outcome<T>, text: (value: T) => string): Look {
  if (outcome.ok) return { ok: true, text: text(outcome.value) };
  return { ok: false, text: outcome.problem.detail, remedy: outcome.problem.remedy };
}
