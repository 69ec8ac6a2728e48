import { randomUUID } from 'node:crypto';
import { filterMatches } from '../jql/read-filter.ts';
import type { AdminWebhook, Delivery, World } from '../world.ts';
import { automationBody } from './automation-body.ts';
import type { AutomationRule } from './automation-rule.ts';
import type { IssueEvent } from './issue-event.ts';
import { webhookBody } from './payload.ts';
import { postFunctionBody } from './post-function.ts';
import { matchingGroups } from './registered-webhooks.ts';
import { ruleMatches } from './rule-matches.ts';

/** What a sender decides; the rest of a delivery is the same for all. */
type Sent = Pick<Delivery, 'source' | 'sourceId' | 'sourceName' | 'url' | 'body'> &
  Partial<Pick<Delivery, 'secret' | 'headers' | 'method' | 'event'>>;

/**
 * The deliveries that an event causes: admin webhooks, post functions, webhooks of OAuth apps, automation rules.
 *
 * @param now this machine's time; the event's own is what the site's clock says
 */
export function planDeliveries(world: World, url: string, event: IssueEvent, now: number): Delivery[] {
  const { deliveryDelayMs, automationDelayMs, webhookDelayMs } = world.settings;
  const sent = [
    ...adminWebhooks(world, url, event),
    ...postFunctions(world, url, event),
    ...registeredWebhooks(world, url, event, now),
    ...automationRules(world, url, event),
  ];
  return sent.map((one) => ({
    event: event.name,
    secret: '',
    headers: {},
    ...one,
    id: randomUUID(),
    identifier: randomUUID(),
    siteSlug: event.site.slug,
    issueKey: event.issue.key,
    createdAt: now,
    nextAttemptAt: now + deliveryDelayMs + (one.source === 'automation' ? automationDelayMs : webhookDelayMs),
    attempts: [],
    state: 'pending',
  }));
}

function adminWebhooks(world: World, url: string, event: IssueEvent): Sent[] {
  const { site, issue, at } = event;
  const body = JSON.stringify(webhookBody(world, url, event));
  return site.webhooks
    .filter((one) => one.enabled && one.events.includes(event.name))
    .filter((one) => filterMatches(site, one.jqlFilter, issue, '', at))
    .map((one) => ({ source: 'webhook', ...fromWebhook(one), body }));
}

function fromWebhook(one: AdminWebhook) {
  return { sourceId: one.id, sourceName: one.name, url: one.url, secret: one.secret };
}

/** A post function sends whatever events its webhook has: one with events too sends both. */
function postFunctions(world: World, url: string, event: IssueEvent): Sent[] {
  const taken = event.transition;
  if (!taken?.transition.webhookIds?.length) return [];
  const body = JSON.stringify(postFunctionBody(world, url, event, taken));
  return event.site.webhooks
    .filter((one) => one.enabled && taken.transition.webhookIds?.includes(one.id))
    .map((one) => ({
      source: 'post_function',
      ...fromWebhook(one),
      event: `post function of ${taken.transition.name}`,
      body,
    }));
}

function registeredWebhooks(world: World, url: string, event: IssueEvent, now: number): Sent[] {
  const body = webhookBody(world, url, event);
  return matchingGroups(world, event, now).map(({ first, ids }) => ({
    source: 'dynamic',
    sourceId: String(first.id),
    sourceName: 'Registered by UserHero',
    url: first.url,
    body: JSON.stringify({ ...body, matchedWebhookIds: ids }),
  }));
}

function automationRules(world: World, url: string, event: IssueEvent): Sent[] {
  return event.site.rules
    .filter((one) => ruleMatches(one, event))
    .map((one) => ({
      source: 'automation',
      sourceId: one.id,
      sourceName: one.name,
      url: one.url,
      method: one.method,
      headers: headersOf(one),
      body: automationBody(world, url, event, one),
    }));
}

/** A name that stands twice is one header with both values, as HTTP joins them. */
function headersOf(rule: AutomationRule): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of rule.headers) {
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}
