import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addItem,
  bodyOf,
  connectJira,
  consent,
  type Fault,
  push,
  pushedItem,
  readAdapter,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
afterEach(() => harness.jira('DELETE', '/sandbox/api/faults'));

const blocked: Fault = {
  kind: 'status',
  status: 403,
  match: { pathIncludes: '/ex/jira' },
  body: { errorMessages: ['The app is blocked by your administrator.'], errors: {} },
};
const unauthorized: Fault = { kind: 'status', status: 401, match: { pathIncludes: '/ex/jira' } };

const healthOf = async (adapterId: string): Promise<AdapterHealth> =>
  bodyOf(await harness.robin<AdapterHealth>('GET', `/api/adapters/${adapterId}/health`));

const reasonOf = (adapterId: string, code: string) =>
  until(`the reason ${code}`, async () =>
    (await healthOf(adapterId)).reasons.find((reason) => reason.code === code),
  );

const syncNow = async (adapterId: string) =>
  bodyOf(await harness.robin('POST', `/api/adapters/${adapterId}/reconcile`), 202);

const told = async (adapterId: string, kind: string) =>
  (await activityOf(harness.robin, adapterId, 'adapters')).filter((entry) => entry.kind === kind);

async function connected({ linked }: { linked: boolean }) {
  const { workflow, adapter } = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  if (linked) await pushedItem(harness, workflow);
  return { workflow, adapter };
}

const untilHealed = (adapterId: string) =>
  until('the connection being fine again', async () => {
    const { reasons } = await healthOf(adapterId);
    return reasons.every(({ severity }) => severity === 'waiting');
  });

describe('a connection that Jira refuses', () => {
  it.each([
    ['with a linked issue', true],
    ['without one', false],
  ])('%s says so in Jira’s words, once, and heals by itself', async (_, linked) => {
    const { adapter } = await connected({ linked });
    await withFault(harness, blocked, async () => {
      await syncNow(adapter.id);
      const reason = await reasonOf(adapter.id, 'jira_refuses');
      expect(reason.message).toBe('Jira refuses the connection: The app is blocked by your administrator.');
      expect(reason.remedy).toMatch(/ask your Jira admin/);
      const { state, remedy } = await readAdapter(harness.robin, adapter.id);
      expect([state, remedy]).toEqual(['active', `${reason.message} ${reason.remedy}`]);
      expect(await healthOf(adapter.id)).toMatchObject({ healthy: false, level: 'attention' });

      const { lastCheckFailedAt: first } = await adapterRow(adapter.id);
      await syncNow(adapter.id);
      await until('the second try', async () => {
        const { lastCheckFailedAt } = await adapterRow(adapter.id);
        return Number(lastCheckFailedAt) > Number(first);
      });
      expect(await told(adapter.id, 'connection_refused')).toMatchObject([
        { reason: 'jira_forbidden', summary: `${reason.message} ${reason.remedy}` },
      ]);
    });
    await syncNow(adapter.id);
    await untilHealed(adapter.id);
    expect(await told(adapter.id, 'connection_restored')).toHaveLength(1);
    expect((await readAdapter(harness.robin, adapter.id)).remedy).toBeNull();
  });

  it('with 401 to a renewed token too is refused, while the grant stays', async () => {
    const { adapter } = await connected({ linked: true });
    await withFault(harness, unauthorized, async () => {
      await syncNow(adapter.id);
      await reasonOf(adapter.id, 'jira_refuses');
      expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
    });
    await syncNow(adapter.id);
    await untilHealed(adapter.id);
  });

  it('is noticed by a push, without anybody asking for a check', async () => {
    const { workflow, adapter } = await connected({ linked: false });
    const item = await addItem(harness.robin, workflow);
    await withFault(harness, blocked, async () => {
      expect((await push(harness.robin, item)).status).toBe(403);
      await reasonOf(adapter.id, 'jira_refuses');
    });
  });

  it('is forgotten with a new consent', async () => {
    const { adapter } = await connected({ linked: true });
    await withFault(harness, blocked, async () => {
      await syncNow(adapter.id);
      await reasonOf(adapter.id, 'jira_refuses');
    });
    const { prisma } = harness.database;
    const { refusedSince } = await prisma.adapter.findUniqueOrThrow({ where: { id: adapter.id } });
    expect(refusedSince).not.toBeNull();
    await reconnect(adapter.id);
    expect((await adapterRow(adapter.id)).refusedSince).toBeNull();
  });
});

describe('a check that fails', () => {
  it('for another reason is told with it, and the next good one clears it', async () => {
    const { adapter } = await connected({ linked: true });
    const broken: Fault = {
      kind: 'status',
      status: 400,
      match: { pathIncludes: '/issue/bulkfetch' },
      body: { errorMessages: ['The request is not understood.'], errors: {} },
    };
    await withFault(harness, broken, async () => {
      await syncNow(adapter.id);
      const reason = await reasonOf(adapter.id, 'check_failed');
      expect(reason.message).toBe('The last sync with Jira failed: The request is not understood.');
    });
    expect(await told(adapter.id, 'check_failed')).toHaveLength(1);
    await syncNow(adapter.id);
    await untilHealed(adapter.id);
  });

  it('because of one forbidden thing does not say that the whole connection is refused', async () => {
    const { adapter } = await connected({ linked: true });
    await withFault(harness, { ...blocked, match: { pathIncludes: '/issue/bulkfetch' } }, async () => {
      await syncNow(adapter.id);
      await reasonOf(adapter.id, 'check_failed');
      expect((await healthOf(adapter.id)).reasons.map(({ code }) => code)).not.toContain('jira_refuses');
    });
  });
});

describe('a change that Jira refuses for good', () => {
  it('is told at the item', async () => {
    const { workflow, adapter } = await connected({ linked: false });
    bodyOf(await harness.robin('PATCH', `/api/adapters/${adapter.id}`, { sendChanges: true }));
    const { item, key } = await pushedItem(harness, workflow);
    // What is sent reads the project's screen first; here it may not.
    await withFault(harness, { ...blocked, match: { pathIncludes: '/rest/api/3/' } }, async () => {
      bodyOf(await harness.robin('PATCH', `/api/items/${item.id}`, { title: 'Another title' }));
      const [entry] = await until('the failure at the item', async () => {
        const seen = (await activityOf(harness.robin, item.id)).filter(
          ({ kind }) => kind === 'change_failed',
        );
        return seen.length > 0 && seen;
      });
      expect(entry).toMatchObject({ reason: 'jira_forbidden', issueKey: key });
      await reasonOf(adapter.id, 'jira_refuses');
    });
  });
});

const adapterRow = (id: string) => harness.database.prisma.adapter.findUniqueOrThrow({ where: { id } });

async function reconnect(adapterId: string): Promise<void> {
  const { authorizeUrl } = bodyOf(
    await harness.robin<{ authorizeUrl: string }>('POST', `/api/adapters/${adapterId}/reconnect`),
  );
  await consent(harness, authorizeUrl);
}
