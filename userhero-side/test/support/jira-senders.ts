import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { automationChoices } from '@userhero/shared/jira/automation-choices.ts';
import type { Delivery, Settings } from '../../../jira-sandbox/src/world.ts';
import { until } from './call.ts';
import type { Harness } from './harness.ts';
import { webhookSecret } from './settings.ts';
import { bodyOf } from './steps.ts';

const intakeUrl = (harness: Harness): string => `${harness.origin}/api/webhooks/jira`;

type Rule = {
  body?: 'empty' | 'jira' | 'automation' | 'custom';
  customData?: string;
  trigger?: string;
  projectKey?: string;
  /** Of the Authorization header, after "Bearer". */
  secret?: string;
  headers?: { name: string; value: string; hidden?: boolean }[];
  url?: string;
};

/**
 * Jira Automation's "Send web request" with the doc's Authorization header, as our set-up page says, but at every
 * change of an issue.
 */
export async function automationRule(harness: Harness, wanted: Rule = {}): Promise<void> {
  const { secret = webhookSecret, ...rest } = wanted;
  const headers = [{ name: 'Authorization', value: `Bearer ${secret}`, hidden: true }];
  const { method } = automationChoices;
  const rule = { url: intakeUrl(harness), trigger: 'multiple', method, headers, body: 'jira', ...rest };
  bodyOf(await harness.jira('POST', '/sandbox/api/rules', rule), 201);
}

/** An admin webhook, as made with Jira's own form: name, URL, secret, events. */
export async function adminWebhook(
  harness: Harness,
  secret: string,
  events: readonly string[] = ['jira:issue_updated'],
): Promise<string> {
  const webhook = { url: intakeUrl(harness), secret, events };
  return bodyOf(await harness.jira<{ id: string }>('POST', '/sandbox/api/webhooks', webhook), 201).id;
}

/** A workflow's post function at every transition of a project: a webhook without events, signed. */
export async function postFunctions(harness: Harness, secret: string, project = 'SHOP'): Promise<void> {
  const webhookId = await adminWebhook(harness, secret, []);
  const [site] = harness.sandbox.world.sites;
  for (const { id } of site?.projects.find(({ key }) => key === project)?.transitions ?? []) {
    const wanted = { project, transition: id, webhookId };
    bodyOf(await harness.jira('POST', '/sandbox/api/post-functions', wanted), 201);
  }
}

/** The adapter's own secret, which binds what it brings to the adapter. */
export async function ownSecret(harness: Harness, adapterId: string): Promise<string> {
  const path = `/api/adapters/${adapterId}/webhook-setup`;
  return bodyOf(await harness.robin<WebhookSetup>('GET', path)).secret;
}

/** Takes the rules and webhooks of a test away again, and what makes them late. */
export function withoutSenders(harness: Harness): void {
  const { sites, settings } = harness.sandbox.world;
  const inTime: Partial<Settings> = { holdDeliveries: false, clockSkewMs: 0, deliveryDuplicates: 0 };
  Object.assign(settings, inTime);
  for (const site of sites) {
    site.webhooks = [];
    site.rules = [];
    for (const project of site.projects) for (const one of project.transitions) delete one.webhookIds;
  }
}

/** Lets Jira send what it holds, in an order; answers what became of it. */
export async function releaseDeliveries(
  harness: Harness,
  wanted: { order?: 'as_it_happened' | 'newest_first' | 'deletions_first'; ids?: string[] } = {},
): Promise<Delivery[]> {
  const answer = await harness.jira<{ deliveries: Delivery[] }>(
    'POST',
    '/sandbox/api/deliveries/release',
    wanted,
  );
  return bodyOf(answer).deliveries;
}

/** What Jira sent about an issue, once each was answered. */
export function sentAbout(harness: Harness, issueKey: string, count = 1): Promise<Delivery[]> {
  return until(`${count} answered deliveries of ${issueKey}`, async () => {
    const sent = harness.sandbox.world.deliveries.filter((one) => one.issueKey === issueKey);
    return sent.length >= count && sent.every(({ state }) => state !== 'pending') && sent;
  });
}
