import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import type { Item } from '@userhero/shared/contracts/item.ts';
import type { Connected } from './connected-workflow.ts';

/** Between two pushes, so that what follows the one is over before the next. */
const pauseMs = 100;
const jiraDelayMs = 100;
const callsAtOnce = 4;
const mostTogether = 50;
const pollMs = 50;
/** How long the local Jira hears nothing before what follows the pushes counts as done. */
const quietMs = 1_500;

/** One push: how long the request took, and how much of it the service waited for Jira. */
export type TimedPush = { ms: number; ownMs: number; calls: number };

/** Adds an item whose issue has to be moved once it is there, and pushes it. */
export async function pushOne({ api, meter, workflow }: Connected, title: string): Promise<TimedPush> {
  const path = `/api/workflows/${workflow.id}/items`;
  const item = await api<Item>('POST', path, { title, status: 'in-progress' });
  await new Promise((done) => setTimeout(done, pauseMs));
  const from = performance.now();
  await api('POST', `/api/items/${item.id}/push/jira`);
  const to = performance.now();
  const waited = meter.waitedBetween(from, to);
  return { ms: to - from, ownMs: to - from - waited.ms, calls: waited.calls };
}

/** A bulk push: how long it took, and how long the calls take that it cannot do without. */
export type TimedBulk = { seconds: number; unavoidableSeconds: number };

/** Adds items, half of which have to be moved, and pushes them together to a Jira that takes its time. */
export async function pushInBulk({ api, jira, workflow }: Connected, items: number): Promise<TimedBulk> {
  for (let index = 0; index < items; index += 1) {
    const status = index % 2 === 0 ? 'open' : 'closed';
    await api('POST', `/api/workflows/${workflow.id}/items`, { title: `Bulk ${index}`, status });
  }
  await jira('POST', '/sandbox/api/faults', {
    match: { pathIncludes: '/rest/api/3/' },
    kind: 'slow',
    delayMs: jiraDelayMs,
  });
  const startedAt = performance.now();
  const bulk = await api<BulkPush>('POST', `/api/workflows/${workflow.id}/push/jira`, { filter: {} });
  while ((await api<BulkPush>('GET', bulk.statusUrl)).state === 'running')
    await new Promise((done) => setTimeout(done, pollMs));
  const seconds = (performance.now() - startedAt) / 1000;
  await jira('DELETE', '/sandbox/api/faults');
  const chunks = Math.ceil(items / mostTogether);
  // Each chunk: one create, one read, then the moves of its half, a few at a time.
  const moves = Math.ceil(mostTogether / 2 / callsAtOnce);
  return { seconds, unavoidableSeconds: (chunks * (2 + moves) * jiraDelayMs) / 1000 };
}

/** Waits until what follows the pushes has been done: until the count of Jira's calls stands still. */
export async function settle({ jira }: Connected): Promise<void> {
  let before = -1;
  for (;;) {
    const { total } = await jira<{ total: number }>('GET', '/sandbox/api/calls');
    if (total === before) return;
    before = total;
    await new Promise((done) => setTimeout(done, quietMs));
  }
}
