import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { toDescription } from '@userhero/shared/sync/description/to-description.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira } from './support/steps.ts';

let harness: Harness;
let underWay = 0;
let most = 0;

beforeAll(async () => {
  harness = await startHarness({
    // Real conversion that lets others have their turn, as a thread does.
    writeDescription: async (...about) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((done) => setImmediate(done));
      underWay -= 1;
      return toDescription(...about);
    },
  });
});
afterAll(() => harness.stop());

it('the texts of a bulk push are converted one after the other, so that nobody else’s waits for all of them', async () => {
  const { workflow } = await connectJira(harness);
  const items = await Promise.all(
    Array.from({ length: 60 }, () =>
      addItem(harness.robin, workflow, { description: '**a** '.repeat(2_000) }),
    ),
  );
  const path = `/api/workflows/${workflow.id}/push/jira`;
  const { id } = bodyOf(
    await harness.robin<BulkPush>('POST', path, { itemIds: items.map((item) => item.id) }),
    202,
  );
  const ended = await until('the end of the bulk push', async () => {
    const seen = bodyOf(await harness.robin<BulkPush>('GET', `/api/bulk-pushes/${id}`));
    return seen.state === 'completed' && seen;
  });
  expect(ended).toMatchObject({ succeeded: 60, failed: 0 });
  expect(most).toBe(1);
});
