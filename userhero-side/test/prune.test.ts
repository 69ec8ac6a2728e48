import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { prune } from '../src/jobs/prune.ts';
import { connectDatabase, type Database } from '../src/store/connect.ts';
import { writeLinkedItems } from './faults/support/linked-items.ts';
import { copyTemplate } from './support/template-database.ts';

const many = 1_000_000;
let database: Database;
let adapterId: string;
let referenceId: string;

beforeAll(async () => {
  database = connectDatabase(await copyTemplate(inject('serverUrl'), `prune_${process.pid}`), () => {});
  ({ adapterId } = await writeLinkedItems(database, 1));
  referenceId = (await database.prisma.externalReference.findFirstOrThrow({ where: { adapterId } })).id;
  await database.prisma.activity.deleteMany();
});
afterAll(() => database.close());

async function writeDelivery(name: string, daysAgo: number, state = 'applied'): Promise<void> {
  await database.prisma.delivery.create({
    data: {
      referenceId,
      adapterId,
      dedupeKey: name,
      sender: 'webhook',
      kind: 'updated',
      state,
      receivedAt: new Date(Date.now() - daysAgo * 86_400_000),
    },
  });
}

async function kept(): Promise<string[]> {
  const rows = await database.prisma.delivery.findMany({ orderBy: { id: 'asc' } });
  return rows.map(({ dedupeKey }) => dedupeKey);
}

test('what is past keeping goes, by age and by number; what still waits stays', async () => {
  await writeDelivery('old', 91);
  await writeDelivery('old but waiting', 91, 'pending');
  await writeDelivery('old but held', 91, 'held');
  await writeDelivery('first', 2);
  await writeDelivery('second', 1);
  const activity = { days: 400, rows: many };

  await prune(database.pool, { deliveries: { days: 90, rows: many }, activity });
  expect(await kept()).toEqual(['old but waiting', 'old but held', 'first', 'second']);

  await prune(database.pool, { deliveries: { days: 90, rows: 1 }, activity });
  expect(await kept()).toEqual(['old but waiting', 'old but held', 'second']);
});

test('activity goes the same way, in more steps than one', async () => {
  const { prisma } = database;
  const { id: organizationId } = await prisma.organization.findFirstOrThrow();
  const entry = { organizationId, kind: 'paused', summary: 'Paused', actor: 'Robin' };
  await prisma.activity.createMany({ data: Array.from({ length: 5_003 }, () => entry) });
  await prisma.activity.create({ data: { ...entry, at: new Date(Date.now() - 401 * 86_400_000) } });
  const deliveries = { days: 90, rows: many };

  await prune(database.pool, { deliveries, activity: { days: 400, rows: many } });
  expect(await prisma.activity.count()).toBe(5_003);

  await prune(database.pool, { deliveries, activity: { days: 400, rows: 3 } });
  expect(await prisma.activity.count()).toBe(3);
});
