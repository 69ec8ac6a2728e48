import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { expect, it } from 'vitest';
import { learnedInMemory } from '../../test/support/learned-in-memory.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import { createMetadataSource } from '../jira/project-metadata.ts';
import { createMover } from './issue-mover.ts';

const toDo = { id: '1', name: 'To Do', category: 'new' } as const;
const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;
const done = { id: '3', name: 'Done', category: 'done' } as const;
const statuses = [toDo, doing, done];
const workflow = {
  kind: 'issues',
  statuses: [
    { slug: 'open', name: 'Open' },
    { slug: 'in-progress', name: 'In Progress' },
    { slug: 'resolved', name: 'Resolved' },
    { slug: 'closed', name: 'Closed' },
  ],
} as const;
const place = { adapterId: 'adapter', cloudId: 'cloud', projectId: '10001', issueTypeId: '10002' };

function issue(status: JiraIssue['status'], to: readonly JiraIssue['status'][]): JiraIssue {
  const transitions = to.map((target) => ({
    id: `to-${target.id}`,
    name: target.name,
    to: target,
    global: false,
    conditional: false,
    requires: [],
    optional: [],
  }));
  const rest = { summary: '', projectId: '10001', lastChangelogId: null, updatedAtMs: null };
  return { id: '7', key: 'SHOP-7', status, transitions, ...rest } as JiraIssue;
}

it('moves an issue by the connection’s mapping, and learns which way it went', async () => {
  const metadata = createMetadataSource(
    learnedInMemory().store,
    () => new Date(0),
    () => {},
  );
  await metadata.statuses(
    { listStatuses: async () => ({ ok: true, value: statuses }) } as unknown as Jira,
    place,
  );
  const shown: Record<string, JiraIssue> = {
    'to-2': issue(doing, [done]),
    'to-3': issue(done, []),
  };
  let present = issue(toDo, [doing]);
  const taken: string[] = [];
  const jira = {
    transition: async (_issueId: string, transitionId: string) => {
      taken.push(transitionId);
      present = shown[transitionId] ?? present;
      return { ok: true, value: null } as const;
    },
    hiddenTransitions: async () => ({ ok: true as const, value: [] }),
    readIssue: async () => ({ ok: true, value: present }) as const,
  };
  const pool = { query: async () => ({ rowCount: 1 }) };
  const ports = { metadata, pool, now: () => new Date(0) } as unknown as Parameters<typeof createMover>[0];
  const move = createMover(ports, jira as Parameters<typeof createMover>[1], {
    place,
    mapping: defaultMapping(workflow),
    workflow,
  });
  const { id: issueId, status: at, transitions: offered } = present;
  const movement = { issueId, at, offered, walk: null, isNew: true, itemStatus: 'resolved', statuses };
  const moved = await move(movement, { referenceId: '1', movingBy: '1' });
  expect(moved).toMatchObject({ end: 'arrived', status: done });
  expect(taken).toEqual(['to-2', 'to-3']);
  expect(metadata.learnedSteps(place)).toMatchObject({ '1': [{ to: doing }], '2': [{ to: done }] });
});
