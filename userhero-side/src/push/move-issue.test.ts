import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import type { Transition } from '@userhero/shared/jira/transition.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { englishStuck } from '@userhero/shared/texts/warnings-en.ts';
import { expect, it } from 'vitest';
import type { JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { moveIssue } from './move-issue.ts';

type Status = JiraIssue['status'];
const toDo: Status = { id: '1', name: 'To Do', category: 'new' };
const doing: Status = { id: '2', name: 'In Progress', category: 'indeterminate' };
const done: Status = { id: '3', name: 'Done', category: 'done' };
const statuses = [toDo, doing, done];
const workflow = { kind: 'issues', statuses: defaultStatuses.issues } as const;
const mapping = defaultMapping(workflow);

const rejected = failed('jira_rejected', 'A resolution is required.');
const away = failed('jira_unavailable', 'Jira does not answer at the moment.');

function failed(code: 'jira_rejected' | 'jira_unavailable', detail: string): JiraAnswer<never> {
  return { ok: false, problem: { code, detail }, doubtful: false };
}

function issueIn(status: Status, ways: Record<string, Status[]>): JiraIssue {
  const transitions = (ways[status.id] ?? []).map((to) => ({
    id: `to-${to.id}`,
    name: `Go to ${to.name}`,
    to,
    global: false,
    conditional: false,
    requires: [],
    optional: [],
  }));
  return {
    id: '7',
    key: 'SHOP-7',
    summary: '',
    projectId: '1',
    status,
    transitions,
    lastChangelogId: null,
    updatedAtMs: null,
  };
}

/** A Jira whose workflow has these ways; it refuses transitions and readings as it is told. */
function jiraWith(
  ways: Record<string, Status[]>,
  told: {
    refuses?: Record<string, JiraAnswer<never>>;
    reads?: JiraAnswer<never>;
    losesAnswers?: boolean;
  } = {},
) {
  let status = toDo;
  const taken: string[] = [];
  return {
    taken,
    present: () => issueIn(status, ways),
    jira: {
      transition: async (_id: string, transitionId: string) => {
        taken.push(transitionId);
        const refusal = told.refuses?.[transitionId];
        if (refusal) return refusal;
        status = statuses.find(({ id }) => transitionId === `to-${id}`) ?? status;
        if (told.losesAnswers) return { ...away, doubtful: true };
        return { ok: true, value: null } as const;
      },
      readIssue: async () => told.reads ?? ({ ok: true, value: issueIn(status, ways) } as const),
    },
  };
}

async function move(itemStatus: string, ...about: Parameters<typeof jiraWith>) {
  const { jira, present, taken } = jiraWith(...about);
  const learned: Record<string, readonly Transition[]> = {};
  const ports = {
    jira: jira as Parameters<typeof moveIssue>[0]['jira'],
    learned: () => learned,
    learn: (from: string, offered: readonly Transition[]) => {
      learned[from] = offered;
    },
  };
  const moved = await moveIssue(ports, { issue: present(), mapping, workflow, itemStatus, statuses });
  return { moved, taken, learned };
}

it('asks nothing of an issue that stands where it belongs', async () => {
  const { moved, taken } = await move('open', { '1': [doing] });
  expect(moved).toMatchObject({ arrived: true, steps: 0, issue: { status: toDo } });
  expect(taken).toEqual([]);
});

it('takes the direct transition, and needs no reading after it', async () => {
  const { moved, taken } = await move('resolved', { '1': [doing, done] }, { reads: away });
  expect(moved).toMatchObject({ arrived: true, steps: 1, issue: { status: done } });
  expect(taken).toEqual(['to-3']);
});

it('goes over several transitions where there is no direct one, and learns the way', async () => {
  const { moved, taken, learned } = await move('resolved', { '1': [doing], '2': [done] });
  expect(moved).toMatchObject({ arrived: true, steps: 2, issue: { status: done } });
  expect(taken).toEqual(['to-2', 'to-3']);
  expect(learned).toMatchObject({ '1': [{ to: doing }], '2': [{ to: done }] });
});

it('tries no refused transition twice, and quotes the refusal', async () => {
  const { moved, taken } = await move('resolved', { '1': [done] }, { refuses: { 'to-3': rejected } });
  expect(moved).toMatchObject({ arrived: false, steps: 0, issue: { status: toDo } });
  expect(taken).toEqual(['to-3']);
  expect(moved.arrived ? '' : englishStuck(moved.stuck)).toMatch(
    /no way from "To Do" to a status for "Resolved".* Jira said to "Go to Done": A resolution is required\./,
  );
});

it('counts a step whose answer was lost, if the issue stands there', async () => {
  const { moved, taken } = await move('resolved', { '1': [doing], '2': [done] }, { losesAnswers: true });
  expect(moved).toMatchObject({ arrived: true, steps: 2, issue: { status: done } });
  expect(taken).toEqual(['to-2', 'to-3']);
});

it('stops where Jira does not answer, and says where the issue stands', async () => {
  const stays = await move('resolved', { '1': [done] }, { refuses: { 'to-3': away } });
  expect(stays.moved).toMatchObject({
    arrived: false,
    stuck: { why: 'transition_failed', at: 'To Do', problem: { code: 'jira_unavailable' } },
  });
  const halfWay = await move('resolved', { '1': [doing], '2': [done] }, { reads: away });
  expect(halfWay.moved).toMatchObject({
    arrived: false,
    steps: 1,
    issue: { status: doing },
    stuck: { why: 'not_read_again', at: 'In Progress', problem: { code: 'jira_unavailable' } },
  });
});
