import type { Harness } from './harness.ts';
import { webhookSecret } from './settings.ts';
import { bodyOf } from './steps.ts';

const intakeUrl = (harness: Harness): string => `${harness.origin}/api/webhooks/jira`;

/** Custom data that says what a webhook says, as DefectDojo's documentation has people write it. */
const customData = `{
  "webhookEvent": "jira:issue_updated",
  "timestamp": {{now.toMillis}},
  "issue": {
    "id": "{{issue.id}}", "key": "{{issue.key}}", "self": {{issue.self.asJsonString}},
    "fields": {
      "project": { "id": "{{issue.project.id}}", "key": "{{issue.project.key}}" },
      "status": {
        "id": "{{issue.status.id}}", "name": {{issue.status.name.asJsonString}},
        "statusCategory": { "key": "{{issue.status.statusCategory.key}}" }
      }
    }
  }
}`;

/** Jira Automation's "Send web request" with the doc's Authorization header, at every change of an issue. */
export async function automationRule(harness: Harness): Promise<void> {
  const headers = [{ name: 'Authorization', value: `Bearer ${webhookSecret}`, hidden: true }];
  const rule = { url: intakeUrl(harness), trigger: 'multiple', headers, body: 'custom', customData };
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
