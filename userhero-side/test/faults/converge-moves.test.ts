import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/call.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { ruleTransition, withoutRules } from '../support/moving-steps.ts';
import {
  activityOf,
  addFault,
  addItem,
  bodyOf,
  clearFaults,
  connectJira,
  issueInJira,
  moveInJira,
  push,
  readItem,
} from '../support/steps.ts';
import { saveSync } from '../support/sync-steps.ts';
import { shortWaits } from './support/short-waits.ts';

const runs = 6;
const seed = 20_261_128;

/** Each status of OPS leads to the next or back; nobody chooses the two in the middle. */
const between = ['In Progress', 'In Review'];
const transitions = ['To Selected', 'To In Progress', 'To In Review', 'To Done', 'Back to In Progress'];

type Step =
  | { kind: 'edit'; to: 'open' | 'resolved' }
  | { kind: 'move'; to: 'Backlog' | 'Done' }
  | { kind: 'refuse'; transition: string }
  | { kind: 'allow' }
  | { kind: 'limit' | 'outage' | 'lost' }
  | { kind: 'calm' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), to: fc.constantFrom('open', 'resolved') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('move' as const), to: fc.constantFrom('Backlog', 'Done') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('refuse' as const),
      transition: fc.constantFrom(...transitions),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('allow' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('limit', 'outage', 'lost') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('calm' as const) }) },
);

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness(shortWaits);
  connected = await connectJira(harness, { project: 'OPS' });
  await saveSync(harness, connected.adapter.id, { status: { direction: 'both' } });
});
afterAll(() => harness.stop());

const match = { method: 'POST', pathIncludes: '/transitions' };

async function take(item: { id: string }, key: string, one: Step): Promise<void> {
  switch (one.kind) {
    case 'edit':
      bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { status: one.to }));
      return;
    case 'move':
      return moveInJira(harness, key, one.to);
    case 'refuse': {
      const validators = [{ type: 'refuse', message: 'Not now.' }];
      return ruleTransition(harness, 'OPS', one.transition, { validators });
    }
    case 'allow':
      return withoutRules(harness, 'OPS');
    case 'limit': {
      const headers = { 'retry-after': '1', 'ratelimit-reason': 'jira-burst-based' };
      return addFault(harness, { kind: 'status', status: 429, headers, match, remaining: 1 });
    }
    case 'outage':
      return addFault(harness, { kind: 'status', status: 503, match, remaining: 1 });
    case 'lost':
      return addFault(harness, { kind: 'drop_after_commit', match, remaining: 1 });
    case 'calm':
      return calm();
  }
}

/** Nothing waits any more, and no walk is open. */
async function calm(): Promise<void> {
  const { prisma } = harness.database;
  await until('everything being carried out', async () => {
    const waiting = await prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
        AND name IN ('push-follow-up', 'reconcile')
      UNION ALL SELECT 1 FROM sync_visit WHERE due_at IS NOT NULL
      UNION ALL SELECT 1 FROM delivery WHERE state = 'pending'
      UNION ALL SELECT 1 FROM push WHERE state IN ('pending', 'running')
      UNION ALL SELECT 1 FROM external_reference WHERE walk IS NOT NULL`;
    return waiting.length === 0;
  });
}

it('no issue rests in a status that neither side chose, unless that is told', async () => {
  const count = { steps: 0, told: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 18, size: 'max' }), async (steps) => {
      const item = await addItem(harness.robin, connected.workflow, { status: 'resolved' });
      const { reference } = bodyOf(await push(harness.robin, item), 201);
      const key = reference?.key ?? '';
      for (const one of steps) {
        count.steps += 1;
        await take(item, key, one);
      }
      await clearFaults(harness);
      await calm();
      bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/reconcile`), 202);
      await calm();

      const { status } = await issueInJira(harness, key);
      const { externalReferences } = await readItem(harness.robin, item.id);
      expect(externalReferences[0]?.jiraStatus).toBe(status.name);
      if (between.includes(status.name)) {
        count.told += 1;
        const told = await activityOf(harness.robin, item.id);
        expect(told.map(({ values }) => values)).toContainEqual(
          expect.objectContaining({ why: 'stranded', at: status.name }),
        );
      }
      await withoutRules(harness, 'OPS');
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  console.log(`moves: ${runs} runs, ${count.steps} steps, ${count.told} told to be stranded`);
});
