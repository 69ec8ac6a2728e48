import type { BulkPush } from '@userhero/shared/contracts/bulk-push.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/store/ids.ts';
import { until } from '../support/call.ts';
import { type Harness, startHarness } from '../support/harness.ts';
import { bodyOf, connectJira, consent, readAdapter } from '../support/steps.ts';
import { issuesByItem } from './support/jira-truth.ts';

const items = 120;
const beforeRevoking = 20;

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectJira(harness);
});
afterAll(() => harness.stop());

async function addItems(): Promise<string[]> {
  const ids = Array.from({ length: items }, () => newId());
  await harness.database.prisma.item.createMany({
    data: ids.map((id, at) => ({
      id,
      workflowId: connected.workflow.id,
      title: `Bulk ${at}`,
      description: '',
      status: 'in-progress',
      priority: 'medium',
    })),
  });
  return ids;
}

describe('a grant that is revoked in the middle of a bulk push', () => {
  it('halts the push, says so once, and the push goes on after a new consent with nothing twice', async () => {
    const ids = await addItems();
    const { workflow, adapter } = connected;
    const { prisma } = harness.database;
    const read = async (bulk: BulkPush) => bodyOf(await harness.robin<BulkPush>('GET', bulk.statusUrl));
    // Each item is moved to its status; slower, so that there is a middle.
    const slow = { kind: 'slow', delayMs: 60, match: { pathIncludes: '/transitions' } };
    bodyOf(await harness.jira('POST', '/sandbox/api/faults', slow), 201);
    const path = `/api/workflows/${workflow.id}/push/jira`;
    const started = bodyOf(await harness.robin<BulkPush>('POST', path, { itemIds: ids }), 202);
    await until('a part being in Jira', async () => (await read(started)).succeeded >= beforeRevoking);
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'ada' }));
    const halted = await until('the halt', async () => {
      const seen = await read(started);
      return seen.state === 'halted' && seen;
    });
    expect(halted.succeeded).toBeGreaterThanOrEqual(beforeRevoking);
    expect(halted.succeeded).toBeLessThan(items);
    expect([halted.failed, halted.total]).toEqual([0, items]);
    expect(await readAdapter(harness.robin, adapter.id)).toMatchObject({
      state: 'needs_reauth',
      remedy: /Reconnect the adapter/,
    });
    const told = { adapterId: adapter.id, kind: 'needs_reauth' };
    expect(await prisma.activity.count({ where: told })).toBe(1);

    await harness.jira('DELETE', '/sandbox/api/faults');
    const again = await harness.robin<{ authorizeUrl: string }>(
      'POST',
      `/api/adapters/${adapter.id}/reconnect`,
    );
    await consent(harness, bodyOf(again).authorizeUrl);
    const done = await until('the end of the bulk push', async () => {
      const seen = await read(started);
      return seen.state === 'completed' && seen;
    });
    expect(done).toMatchObject({ succeeded: items, failed: 0, failures: [] });

    const created = issuesByItem(harness);
    expect(ids.map((id) => created.get(id)?.length)).toEqual(ids.map(() => 1));
    const references = await prisma.externalReference.findMany({ where: { itemId: { in: ids } } });
    expect(references.map(({ itemId, issueId }) => [itemId, issueId]).sort()).toEqual(
      ids.map((id) => [id, created.get(id)?.[0]]).sort(),
    );
    // What was created and not yet moved when the grant was revoked is moved now.
    const columns = harness.sandbox.world.sites.flatMap((site) =>
      Object.values(site.issues)
        .filter((issue) => ids.some((id) => created.get(id)?.[0] === issue.id))
        .map((issue) => site.statuses.find(({ id }) => id === issue.statusId)?.category),
    );
    expect(columns).toEqual(ids.map(() => 'indeterminate'));
    const pushed = await prisma.activity.count({ where: { kind: 'pushed', itemId: { in: ids } } });
    expect(pushed).toBe(items);
    console.log(
      `revoked bulk: ${items} items, halted after ${halted.succeeded}, ${done.succeeded} succeeded after the new consent, ${references.length} issues`,
    );
  });
});
