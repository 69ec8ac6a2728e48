import type { Harness } from './harness.ts';
import { webhookSecret } from './settings.ts';
import { bodyOf } from './steps.ts';

const intakeUrl = (harness: Harness): string => `${harness.origin}/api/webhooks/jira`;

/** Jira Automation's "Send web request" with the doc's Authorization header. */
export async function automationRule(harness: Harness): Promise<void> {
  const headers = [{ name: 'Authorization', value: `Bearer ${webhookSecret}` }];
  const rule = { url: intakeUrl(harness), trigger: 'updated', headers };
  bodyOf(await harness.jira('POST', '/sandbox/api/rules', rule), 201);
}

/** An admin webhook, as made with Jira's own form: name, URL, secret, events. */
export async function adminWebhook(
  harness: Harness,
  secret: string,
  events: readonly string[] = ['jira:issue_updated'],
): Promise<void> {
  const webhook = { url: intakeUrl(harness), secret, events };
  bodyOf(await harness.jira('POST', '/sandbox/api/webhooks', webhook), 201);
}

/** Takes the rules and webhooks of a test away again. */
export function withoutSenders(harness: Harness): void {
  for (const site of harness.sandbox.world.sites) {
    site.webhooks = [];
    site.rules = [];
  }
}
