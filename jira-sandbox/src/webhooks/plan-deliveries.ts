import { randomUUID } from 'node:crypto';
import { filterMatches } from '../jql/read-filter.ts';
import type { AutomationRule, Delivery, DynamicWebhook, World } from '../world.ts';
import type { IssueEvent } from './issue-event.ts';
import { automationBody, webhookBody } from './payload.ts';

type Base = Pick<Delivery, 'source' | 'sourceId' | 'sourceName' | 'url' | 'secret' | 'headers'>;

/** The deliveries that an event causes: admin webhooks, webhooks of OAuth apps, automation rules. */
export function planDeliveries(world: World, url: string, event: IssueEvent): Delivery[] {
  const { site, issue, at } = event;
  const body = webhookBody(world, url, event);
  const make = (base: Base, content: unknown): Delivery => ({
    ...base,
    id: randomUUID(),
    identifier: randomUUID(),
    siteSlug: site.slug,
    event: event.name,
    issueKey: issue.key,
    body: JSON.stringify(content),
    createdAt: at,
    nextAttemptAt: at + world.settings.deliveryDelayMs,
    attempts: [],
    state: 'pending',
  });
  const admin = site.webhooks
    .filter((one) => one.enabled && one.events.includes(event.name))
    .filter((one) => filterMatches(site, one.jqlFilter, issue, '', at))
    .map((one) =>
      make(
        {
          source: 'webhook',
          sourceId: one.id,
          sourceName: one.name,
          url: one.url,
          secret: one.secret,
          headers: {},
        },
        body,
      ),
    );
  const dynamic = dynamicGroups(event).map(({ first, ids }) =>
    make(
      {
        source: 'dynamic',
        sourceId: String(first.id),
        sourceName: 'Registered by UserHero',
        url: first.url,
        secret: '',
        headers: {},
      },
      { ...body, matchedWebhookIds: ids },
    ),
  );
  const rules = site.rules
    .filter((one) => ruleMatches(one, event))
    .map((one) =>
      make(
        {
          source: 'automation',
          sourceId: one.id,
          sourceName: one.name,
          url: one.url,
          secret: '',
          headers: Object.fromEntries(one.headers.map((header) => [header.name.toLowerCase(), header.value])),
        },
        one.body === 'webhook' ? body : automationBody(world, url, event),
      ),
    );
  return [...admin, ...dynamic, ...rules];
}

/** Jira sends one call per URL, whatever number of the app's webhooks matched. */
function dynamicGroups(event: IssueEvent): { first: DynamicWebhook; ids: number[] }[] {
  const groups = new Map<string, { first: DynamicWebhook; ids: number[] }>();
  for (const one of event.site.dynamicWebhooks) {
    if (one.expiresAt <= event.at || !one.events.includes(event.name)) continue;
    if (!filterMatches(event.site, one.jqlFilter, event.issue, one.accountId, event.at)) continue;
    if (!fieldsMatch(one, event)) continue;
    const group = groups.get(one.url);
    if (group) group.ids.push(one.id);
    else groups.set(one.url, { first: one, ids: [one.id] });
  }
  return [...groups.values()];
}

function fieldsMatch(webhook: DynamicWebhook, event: IssueEvent): boolean {
  const wanted = webhook.fieldIdsFilter;
  if (!wanted || wanted.length === 0 || event.name !== 'jira:issue_updated') return true;
  return event.change?.items.some((item) => wanted.includes(item.fieldId)) ?? false;
}

function ruleMatches(rule: AutomationRule, event: IssueEvent): boolean {
  if (!rule.enabled) return false;
  if (rule.projectKey && event.issue.key.split('-')[0] !== rule.projectKey) return false;
  if (rule.trigger === 'created') return event.name === 'jira:issue_created';
  if (event.name !== 'jira:issue_updated') return false;
  return rule.trigger === 'updated' || (event.change?.items.some((item) => item.field === 'status') ?? false);
}
