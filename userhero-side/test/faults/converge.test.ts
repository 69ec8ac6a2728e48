import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { movedBody, type StatusName } from '../support/jira-bodies.ts';
import { webhookSecret } from '../support/settings.ts';
import {
  addItem,
  bodyOf,
  connectJira,
  issueInJira,
  moveInJira,
  push,
  readItem,
  withoutRegisteredWebhooks,
} from '../support/steps.ts';

const runs = 8;
/** Steps that nobody puts in an order. */
const atOnce = 3;
const seed = 20_261_124;

/** Where an item's status belongs in Jira, by the default mapping of the Issues workflow. */
const belongs: Record<string, string> = {
  open: 'new',
  'in-progress': 'indeterminate',
  resolved: 'done',
  closed: 'done',
};
const jiraStatuses = ['To Do', 'In Progress', 'In Review', 'Done'] as const satisfies readonly StatusName[];
const itemStatuses = ['open', 'in-progress', 'resolved', 'closed'] as const;

/** What may happen between the two; `which` chooses among the items, and among what Jira has to tell of one. */
type Step =
  | { kind: 'push'; which: number }
  | { kind: 'move'; which: number; to: StatusName }
  | { kind: 'edit'; which: number; to: string }
  | { kind: 'deliver'; which: number; event: number }
  | { kind: 'reconcile' };

const which = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('push' as const), which }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('move' as const), which, to: fc.constantFrom(...jiraStatuses) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), which, to: fc.constantFrom(...itemStatuses) }),
  },
  // Any event of the issue at any time, and again: late, twice, out of order, or never.
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('deliver' as const), which, event: fc.nat({ max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reconcile' as const) }) },
);

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
const count = { steps: 0, deliveries: 0, duplicates: 0, pushes: 0, reconciliations: 0 };

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  const settings = { sendChanges: true };
  bodyOf(await harness.robin('PATCH', `/api/adapters/${connected.adapter.id}`, settings));
});
afterAll(() => harness.stop());

const keyOf = async (itemId: string): Promise<string | undefined> =>
  (await readItem(harness.robin, itemId)).externalReferences[0]?.key;

async function reconcile(): Promise<void> {
  count.reconciliations += 1;
  bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/reconcile`), 202);
}

/** Delivers one of the status changes that Jira knows of an issue, our own steps among them. */
async function deliver(key: string, event: number): Promise<void> {
  const issue = await issueInJira(harness, key);
  const changes = issue.changes.flatMap(({ id, at, items }) => {
    const to = items.find(({ field }) => field === 'status')?.toString;
    return to ? [{ id, at, to: to as StatusName }] : [];
  });
  const change = changes[event % Math.max(1, changes.length)];
  if (!change) return;
  const headers = { authorization: `Bearer ${webhookSecret}` };
  const body = movedBody(issue, change.to, change);
  const answer = await harness.nobody<{ outcome: string }>('POST', '/api/webhooks/jira', body, headers);
  count[bodyOf(answer).outcome === 'duplicate' ? 'duplicates' : 'deliveries'] += 1;
}

async function take(ids: readonly string[], one: Step): Promise<void> {
  count.steps += 1;
  if (one.kind === 'reconcile') return reconcile();
  const id = ids[one.which] ?? '';
  if (one.kind === 'push') {
    count.pushes += 1;
    const { status } = await push(harness.robin, { id });
    expect([200, 201, 202]).toContain(status);
    return;
  }
  if (one.kind === 'edit') {
    bodyOf(await harness.robin('PATCH', `/api/items/${id}`, { status: one.to }));
    return;
  }
  const key = await keyOf(id);
  if (key === undefined) return;
  if (one.kind === 'move') await moveInJira(harness, key, one.to);
  else await deliver(key, one.event);
}

/** Nothing waits any more: no delivery, no job. */
async function calm(): Promise<void> {
  const { prisma } = harness.database;
  await until('everything being carried out', async () => {
    const waiting = await prisma.$queryRaw<unknown[]>`
        SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
          AND name IN ('push-follow-up', 'reconcile')
        UNION ALL SELECT 1 FROM sync_visit WHERE due_at IS NOT NULL
        UNION ALL SELECT 1 FROM delivery WHERE state = 'pending'
        UNION ALL SELECT 1 FROM push WHERE state IN ('pending', 'running')`;
    return waiting.length === 0;
  });
}

/** Whether item, reference and issue say the same. */
async function agreement(id: string): Promise<unknown> {
  const item = await readItem(harness.robin, id);
  const [reference] = item.externalReferences;
  if (!reference) return 'not pushed';
  const { status } = await issueInJira(harness, reference.key);
  return [status.name, status.category, reference.jiraStatus, belongs[item.status]];
}

describe('any interleaving of pushes, moves, edits, deliveries, duplicates and reconciliations', () => {
  it('converges to Jira’s state once Jira has been read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 18, maxLength: 36, size: 'max' }), async (steps) => {
        const items = [
          await addItem(harness.robin, connected.workflow),
          await addItem(harness.robin, connected.workflow),
        ];
        const ids = items.map(({ id }) => id);
        await take(ids, { kind: 'push', which: 0 });
        for (let at = 0; at < steps.length; at += atOnce)
          await Promise.all(steps.slice(at, at + atOnce).map((one) => take(ids, one)));
        await calm();
        await reconcile();
        await calm();
        for (const id of ids) {
          const seen = await agreement(id);
          if (!Array.isArray(seen)) continue;
          const [name, category] = seen;
          expect(seen).toEqual([name, category, name, category]);
        }
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    console.log(
      `converge: ${runs} runs, ${count.steps} steps, ${count.pushes} pushes, ${count.deliveries} deliveries, ${count.duplicates} duplicates, ${count.reconciliations} reconciliations, all in Jira's state`,
    );
  });
});
