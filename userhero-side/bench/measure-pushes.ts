import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { Call } from '../../local/call.ts';
import { withConnectedWorkflow } from './connected-workflow.ts';
import { type Measurement, median } from './measurement.ts';

const pushes = 100;
/** Until the compiler has seen enough. */
const warmUps = 150;
/** Between two pushes, so that what follows the one is over before the next. */
const pauseMs = 100;
const bulkItems = 1_000;
const jiraDelayMs = 100;
const callsAtOnce = 4;
const mostTogether = 50;

type Calls = { calls: Record<string, number>; ms: Record<string, number> };

/** Our own share of a push, and how near a bulk push comes to the calls that cannot be avoided. */
export async function measurePushes(): Promise<Measurement[]> {
  return withConnectedWorkflow(async ({ api, jira, workflow }) => [
    ...(await measureSingle(api, jira, workflow)),
    ...(await measureBulk(api, jira, workflow)),
  ]);
}

/** The time of a push, less the time that the local Jira took to answer its calls. */
async function measureSingle(api: Call, jira: Call, workflow: Workflow): Promise<Measurement[]> {
  const times: number[] = [];
  const pushOne = async (title: string): Promise<number> => {
    const item = await addItem(api, workflow, title, 'in-progress');
    await new Promise((done) => setTimeout(done, pauseMs));
    const startedAt = performance.now();
    await api('POST', `/api/items/${item.id}/push/jira`);
    return performance.now() - startedAt;
  };
  for (let index = 0; index < warmUps; index += 1) await pushOne(`Warm ${index}`);
  await settle(jira);
  await jira('DELETE', '/sandbox/api/calls');
  for (let index = 0; index < pushes; index += 1) times.push(await pushOne(`Single ${index}`));
  await settle(jira);
  const { calls, ms } = await jira<Calls>('GET', '/sandbox/api/calls');
  // The look after the move and the link back come after the answer.
  const beforeTheAnswer = (of: Record<string, number>): number =>
    ((of.createIssue ?? 0) + (of.getIssue ?? 0) / 2 + (of.doTransition ?? 0)) / pushes;
  const perPush = beforeTheAnswer(calls);
  return [
    { name: 'push.p50_ms', value: median(times), unit: 'ms', goal: null },
    {
      name: 'push.own_p50_ms',
      value: median(times) - beforeTheAnswer(ms),
      unit: 'ms',
      goal: { atMost: 15 },
    },
    { name: 'push.jira_calls', value: perPush, unit: 'calls', goal: { atMost: 3 } },
  ];
}

async function measureBulk(api: Call, jira: Call, workflow: Workflow): Promise<Measurement[]> {
  for (let index = 0; index < bulkItems; index += 1)
    await addItem(api, workflow, `Bulk ${index}`, index % 2 === 0 ? 'open' : 'closed');
  await jira('POST', '/sandbox/api/faults', {
    match: { pathIncludes: '/rest/api/3/' },
    kind: 'slow',
    delayMs: jiraDelayMs,
  });
  const startedAt = performance.now();
  const bulk = await api<BulkPush>('POST', `/api/workflows/${workflow.id}/push/jira`, { filter: {} });
  for (;;) {
    const now = await api<BulkPush>('GET', bulk.statusUrl);
    if (now.state !== 'running') break;
    await new Promise((done) => setTimeout(done, 100));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await jira('DELETE', '/sandbox/api/faults');
  const chunks = Math.ceil(bulkItems / mostTogether);
  // Each chunk: one create, one read, then the moves of its half, a few at a time.
  const moves = Math.ceil(mostTogether / 2 / callsAtOnce);
  const unavoidable = (chunks * (2 + moves) * jiraDelayMs) / 1000;
  return [
    { name: 'bulk.items_per_s', value: bulkItems / seconds, unit: 'items/s', goal: null },
    { name: 'bulk.ratio', value: seconds / unavoidable, unit: '×', goal: { atMost: 1.3 } },
  ];
}

/** Waits until the follow-ups of the pushes have been done: until the count of calls stands still. */
async function settle(jira: Call): Promise<void> {
  let before = -1;
  for (;;) {
    const { calls } = await jira<Calls>('GET', '/sandbox/api/calls');
    const now = Object.values(calls).reduce((sum, count) => sum + count, 0);
    if (now === before) return;
    before = now;
    await new Promise((done) => setTimeout(done, 1_500));
  }
}

function addItem(api: Call, workflow: Workflow, title: string, status: string): Promise<Item> {
  return api('POST', `/api/workflows/${workflow.id}/items`, { title, status });
}
