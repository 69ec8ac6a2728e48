import type { WebhookSetup } from '@userhero/shared/contracts/adapter.ts';
import { automationChoices } from '@userhero/shared/jira/automation-choices.ts';
import type { Delivery } from '../jira-sandbox/src/world.ts';
import type { Call } from './call.ts';
import { eventually } from './eventually.ts';
import type { LocalFacts } from './run-locally.ts';

export type AutomationStep = { api: Call; jira: Call; facts: LocalFacts; adapterId: string };

const page = '/s/acme/automation';
const ruleName = 'Tell UserHero';

/**
 * Makes the Automation rule in Jira's form as UserHero's page says: every choice by the words that stand there, with
 * the adapter's URL and header. Meanwhile nothing else tells of changes: no registered webhook, no installed app.
 */
export async function makeRuleAlone({ api, jira, facts, adapterId }: AutomationStep): Promise<void> {
  await jira('DELETE', '/sandbox/api/dynamic-webhooks');
  await jira('POST', '/sandbox/api/forge/uninstall', { site: 'acme' });
  const { url, header } = await api<WebhookSetup>('GET', `/api/adapters/${adapterId}/webhook-setup`);
  const form = await (await fetch(`${facts.jira}${page}`)).text();
  const fields: [string, string][] = [
    ['name', ruleName],
    ['trigger', optionOf(form, automationChoices.trigger)],
    ['project', 'SHOP'],
    ['url', url],
    ['method', optionOf(form, automationChoices.method)],
    ['header-name', header.name],
    ['header-value', header.value],
    ['header-hidden', '0'],
    ['body', optionOf(form, automationChoices.body)],
  ];
  const answer = await fetch(`${facts.jira}${page}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`Jira's form answered ${answer.status}`);
}

/** The value of the choice that a person sees under these words. */
function optionOf(form: string, words: string): string {
  const found = [...form.matchAll(/<option value="([^"]*)"[^>]*>([^<]*)</g)].find(
    ([, , text]) => text === words,
  );
  if (!found) throw new Error(`Jira's form has no choice "${words}"`);
  return found[1] ?? '';
}

/** What the rule sent and what came back; then the rule goes, and the app is there again. */
export async function tellAndTakeAway({ jira }: AutomationStep, key: string): Promise<string> {
  const sent = await eventually('the rule’s request being answered', async () => {
    const { deliveries } = await jira<{ deliveries: Delivery[] }>('GET', '/sandbox/api/deliveries');
    const found = deliveries.findLast((one) => one.issueKey === key && one.sourceName === ruleName);
    return found?.attempts.length ? found : null;
  });
  const state = await jira<{ sites: { rules: { id: string; name: string }[] }[] }>(
    'GET',
    '/sandbox/api/state',
  );
  for (const { id, name } of state.sites.flatMap(({ rules }) => rules)) {
    if (name === ruleName) await jira('DELETE', `/sandbox/api/rules/${id}`);
  }
  await jira('POST', '/sandbox/api/forge/install', { site: 'acme' });
  return `${sent.body.length} bytes of “${automationChoices.body}”, answered ${sent.attempts.at(-1)?.status}`;
}
