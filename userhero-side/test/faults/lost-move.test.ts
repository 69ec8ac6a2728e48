import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { lockReferences, takeDeliveries } from '../../src/inbound/delivery-store.ts';
import { insertDeliveries } from '../../src/inbound/insert-deliveries.ts';
import type { JiraIssue } from '../../src/jira/jira.ts';
import { beginMove, settleMove } from '../../src/push/move-lease.ts';
import { leaseMs } from '../../src/push/push-ports.ts';
import { observedIssue } from '../../src/reconcile/observe-issue.ts';
import { connectDatabase, type Database } from '../../src/store/connect.ts';
import { until } from '../support/call.ts';
import { copyTemplate } from '../support/template-database.ts';
import { writeLinkedItems } from './support/linked-items.ts';

let database: Database;

beforeAll(async () => {
  database = connectDatabase(await copyTemplate(inject('serverUrl'), `moves_${process.pid}`), () => {});
});
afterAll(() => database.close());

const issue: JiraIssue = {
  id: '1',
  key: 'SHOP-1',
  summary: '',
  projectId: '1',
  status: { id: '1', name: 'To Do', category: 'new' },
  transitions: [],
  lastChangelogId: null,
  updatedAtMs: null,
};
const jira = { readIssue: async () => ({ ok: true, value: issue }) as const };

async function linkedReference() {
  const { items } = await writeLinkedItems(database, 1, {
    cloudId: `moves-${Math.random()}`,
    url: `https://moves-${Math.random()}.example`,
  });
  const itemId = items[0]?.itemId ?? '';
  return database.prisma.externalReference.findUniqueOrThrow({ where: { itemId } });
}

const moveOf = async (id: string) =>
  (await database.prisma.externalReference.findUniqueOrThrow({ where: { id } })).movingBy;

const ports = () => ({
  db: database.prisma,
  pool: database.pool,
  insertDeliveries: (group: Parameters<typeof insertDeliveries>[1]) => insertDeliveries(database.pool, group),
});

it('one holder moves an issue at a time, and may renew its move', async () => {
  const { id } = await linkedReference();
  const now = new Date();
  expect(await beginMove(database.prisma, id, 'first', now)).toBe(true);
  expect(await beginMove(database.prisma, id, 'second', now)).toBe(false);
  expect(await beginMove(database.prisma, id, 'first', now)).toBe(true);
  expect(await moveOf(id)).toBe('first');
});

it('a move that was lost ends no other, and takes nothing back', async () => {
  const reference = await linkedReference();
  const begun = Date.now();
  await beginMove(database.prisma, reference.id, 'slow', new Date(begun - 2 * leaseMs));
  expect(await beginMove(database.prisma, reference.id, 'next', new Date(begun))).toBe(true);

  expect(await beginMove(database.prisma, reference.id, 'slow', new Date(begun))).toBe(false);
  expect((await settleMove(ports(), jira, reference, 'slow')).ok).toBe(true);
  expect(await moveOf(reference.id)).toBe('next');

  expect((await settleMove(ports(), jira, reference, 'next')).ok).toBe(true);
  expect(await moveOf(reference.id)).toBe(null);
});

it('a move does not end while a batch holds events that it took before the last reading', async () => {
  const reference = await linkedReference();
  await beginMove(database.prisma, reference.id, 'push', new Date());
  const step = { ...issue, id: reference.issueId, lastChangelogId: '1' };
  await ports().insertDeliveries([observedIssue(reference.adapterId, step, new Date())]);
  const batch = await database.pool.connect();
  try {
    await batch.query('BEGIN');
    const taken = await takeDeliveries(batch, 500);
    expect(taken.map(({ referenceId }) => referenceId)).toContain(reference.id);
    const settled = settleMove(ports(), jira, reference, 'push');
    await until('the end of the move having come to the batch', async () => {
      const { rows } = await database.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows.length > 0 || (await moveOf(reference.id)) === null;
    });
    const [row] = await lockReferences(batch, [reference.id]);
    expect(row?.isMoving).toBe(true);
    await batch.query('COMMIT');
    await settled;
  } finally {
    batch.release();
  }
  expect(await moveOf(reference.id)).toBe(null);
});
