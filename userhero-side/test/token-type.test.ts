import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira, push } from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

it('connects and refreshes although token answers lack their token_type', async () => {
  await harness.jira('POST', '/sandbox/api/settings', { tokenType: false });
  const { workflow, adapter } = await connectJira(harness);
  expect(adapter.state).toBe('active');
  // As if the hour of the access token were over: the next call refreshes first.
  await harness.database.prisma.grant.updateMany({ data: { accessExpiresAt: new Date(0) } });
  bodyOf(await push(harness.robin, await addItem(harness.robin, workflow)), 201);
});
