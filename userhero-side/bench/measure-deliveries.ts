import type { Adapter, RegisteredWebhook } from '@userhero/shared/contracts/adapter.ts';
import type { SaveSync } from '@userhero/shared/sync/settings.ts';
import { type Connected, withConnectedWorkflow } from './connected-workflow.ts';
import type { Measurement } from './measurement.ts';

const pollMs = 100;
const statuses = ['In Progress', 'In Review', 'Done', 'To Do'];
const priorities = ['Highest', 'High', 'Low', 'Lowest'];
/** A fifth of the edits each: what a round changes about an issue, so that no edit changes nothing. */
const kinds: ((round: number) => [path: string, body: Record<string, unknown>])[] = [
  (round) => ['move', { status: statuses[round % statuses.length] }],
  (round) => ['edit', { summary: `Summary ${round}`, description: `Description ${round}` }],
  (round) => ['edit', { assignee: round % 2 === 0 ? 'ada' : 'max' }],
  (round) => ['edit', { priority: priorities[round % priorities.length] }],
  (round) => ['edit', { labels: [`label-${round}`] }],
];
const rounds = 20;

const everythingOn: SaveSync = {
  summary: { direction: 'both' },
  description: { direction: 'both' },
  priority: { direction: 'both' },
  labels: { direction: 'both' },
};

type Sent = { deliveries: { id: string; source: string; issueKey: string }[] };

/**
 * How much of a project's 100 edits Jira sends to the registered webhook: with the status alone on, and with every
 * thing. What it sends to a webhook without a list of fields, as ours was before, is counted beside it.
 */
export function measureDeliveries(): Promise<Measurement[]> {
  return withConnectedWorkflow(async (connected) => {
    const { api, jira, meter, workflow } = connected;
    // Nobody answers there, and Jira does not repeat what was refused.
    const unfiltered = { url: `${meter.url}/nobody`, jqlFilter: 'project = SHOP' };
    await jira('POST', '/sandbox/api/webhooks', unfiltered);
    const { items } = await api<{ items: Adapter[] }>('GET', `/api/projects/${workflow.projectId}/adapters`);
    const adapter = `/api/adapters/${items.find(({ workflowId }) => workflowId === workflow.id)?.id}`;
    await untilCovered(connected, adapter);
    const statusAlone = await countSent(connected);
    await api('PUT', `${adapter}/sync`, everythingOn);
    await untilCovered(connected, adapter);
    const everything = await countSent(connected);
    const goal = { atMost: 100 / kinds.length };
    return [
      { name: 'deliveries.unfiltered', value: statusAlone.unfiltered, unit: 'of 100', goal: null },
      { name: 'deliveries.status_alone', value: statusAlone.registered, unit: 'of 100', goal },
      { name: 'deliveries.everything_on', value: everything.registered, unit: 'of 100', goal: null },
    ];
  });
}

async function untilCovered({ api }: Connected, adapter: string): Promise<void> {
  while (!(await api<RegisteredWebhook>('GET', `${adapter}/registered-webhook`)).covers)
    await new Promise((done) => setTimeout(done, pollMs));
}

/** Edits a new issue a hundred times, as people do in Jira, and counts what Jira sends of it. */
async function countSent({ jira }: Connected): Promise<{ registered: number; unfiltered: number }> {
  const { key } = await jira<{ key: string }>('POST', '/sandbox/api/issues', {
    project: 'SHOP',
    summary: 'Busy',
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of kinds) {
      const [path, body] = kind(round);
      await jira('POST', `/sandbox/api/issues/${key}/${path}`, body);
    }
  }
  const { deliveries } = await jira<Sent>('GET', '/sandbox/api/deliveries');
  const ofSource = (source: string) =>
    deliveries.filter((one) => one.source === source && one.issueKey === key).length;
  return { registered: ofSource('dynamic'), unfiltered: ofSource('webhook') };
}
