import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { insertDeliveries } from '../../src/inbound/insert-deliveries.ts';
import type { JiraIssue } from '../../src/jira/jira.ts';
import { leaseMs } from '../../src/push/push-ports.ts';
import { beginWalk, settleWalk } from '../../src/push/walk.ts';
import { connectDatabase, type Database } from '../../src/store/connect.ts';
import { copyTemplate } from '../support/template-database.ts';
import { writeLinkedItems } from './support/linked-items.ts';

let database: Database;

beforeAll(async () => {
  database = connectDatabase(await copyTemplate(inject('serverUrl'), `walks_${process.pid}`), () => {});
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
    cloudId: `walks-${Math.random()}`,
    url: `https://walks-${Math.random()}.example`,
  });
  const itemId = items[0]?.itemId ?? '';
  return database.prisma.externalReference.findUniqueOrThrow({ where: { itemId } });
}

const walkOf = async (id: string) =>
  (await database.prisma.externalReference.findUniqueOrThrow({ where: { id } })).walkingBy;

const ports = () => ({
  db: database.prisma,
  pool: database.pool,
  insertDeliveries: (group: Parameters<typeof insertDeliveries>[1]) => insertDeliveries(database.pool, group),
});

it('one walks an issue at a time, and may renew the own walk', async () => {
  const { id } = await linkedReference();
  const now = new Date();
  expect(await beginWalk(database.prisma, id, 'first', now)).toBe(true);
  expect(await beginWalk(database.prisma, id, 'second', now)).toBe(false);
  expect(await beginWalk(database.prisma, id, 'first', now)).toBe(true);
  expect(await walkOf(id)).toBe('first');
});

it('a walk that was lost ends nobody else’s, and takes nothing back', async () => {
  const reference = await linkedReference();
  const begun = Date.now();
  await beginWalk(database.prisma, reference.id, 'slow', new Date(begun - 2 * leaseMs));
  expect(await beginWalk(database.prisma, reference.id, 'next', new Date(begun))).toBe(true);

  expect(await beginWalk(database.prisma, reference.id, 'slow', new Date(begun))).toBe(false);
  expect((await settleWalk(ports(), jira, reference, 'slow')).ok).toBe(true);
  expect(await walkOf(reference.id)).toBe('next');

  expect((await settleWalk(ports(), jira, reference, 'next')).ok).toBe(true);
  expect(await walkOf(reference.id)).toBe(null);
});
