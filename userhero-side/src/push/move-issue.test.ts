import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import type { Transition, TransitionField } from '@userhero/shared/jira/transition.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import type { Walk } from '@userhero/shared/sync/status/walk.ts';
import { englishStuck } from '@userhero/shared/texts/stuck-en.ts';
import { describe, expect, it } from 'vitest';
import type { JiraAnswer, JiraIssue } from '../jira/jira.ts';
import type { Problem } from '../outcome.ts';
import { type Moved, type MoveInput, moveIssue } from './move-issue.ts';

type Status = JiraIssue['status'];
const toDo: Status = { id: '1', name: 'To Do', category: 'new' };
const doing: Status = { id: '2', name: 'In Progress', category: 'indeterminate' };
const review: Status = { id: '4', name: 'In Review', category: 'indeterminate' };
const done: Status = { id: '3', name: 'Done', category: 'done' };
const statuses = [toDo, doing, review, done];
const workflow = { kind: 'issues', statuses: defaultStatuses.issues } as const;
const mapping = defaultMapping(workflow);

const wantsResolution = failed({
  code: 'jira_rejected',
  detail: 'Field Resolution is required.',
  errors: [{ field: 'resolution', message: 'Field Resolution is required.' }],
});
const away = failed({ code: 'jira_unavailable', detail: 'Jira does not answer.', temporary: true });
const limited = failed({
  ...{ code: 'jira_rate_limited', detail: 'Slow down.', temporary: true, retryAfterSeconds: 30 },
});
const gone = failed({ code: 'issue_not_found', detail: 'Issue does not exist.' });

function failed(problem: Problem): JiraAnswer<never> {
  return { ok: false, problem, doubtful: false };
}

const resolution: TransitionField = {
  ...{ fieldId: 'resolution', name: 'Resolution', kind: 'option' },
  allowed: [
    { id: '9', name: "Won't Do" },
    { id: '8', name: 'Done' },
  ],
};

type Way = Status | Partial<Transition>;

function toTransition(way: Way): Transition {
  const to = 'to' in way && way.to ? way.to : (way as Status);
  const standard = { id: `to-${to.id}`, name: to.name, to, global: false, conditional: false };
  return { ...standard, requires: [], optional: [], ...('to' in way ? way : {}) };
}

/** What Jira answers to the calls of a transition, one after the other, and what happens besides. */
type Told = Record<string, (JiraAnswer<never> | 'lost' | 'taken' | Status)[]>;

/** A Jira whose workflow has these ways. */
function jiraWith(ways: Record<string, Way[]>, told: Told = {}, reads: JiraAnswer<never>[] = []) {
  let status = toDo;
  const asked: string[] = [];
  const present = (): JiraIssue => ({
    ...{ id: '7', key: 'SHOP-7', summary: '', projectId: '1', lastChangelogId: null, updatedAtMs: null },
    status,
    transitions: (ways[status.id] ?? []).map(toTransition),
  });
  return {
    asked,
    present,
    jira: {
      async transition(_: string, id: string, fields?: Readonly<Record<string, unknown>>) {
        asked.push(fields ? `${id} ${JSON.stringify(fields)}` : id);
        const answer = told[id]?.shift() ?? 'taken';
        if (typeof answer !== 'string' && 'ok' in answer) return answer;
        // A person comes first.
        if (typeof answer !== 'string') status = answer;
        const way = present().transitions.find((one) => one.id === id);
        if (!way) return failed({ code: 'jira_rejected', detail: `Transition id '${id}' is not valid.` });
        status = way.to;
        return answer === 'lost'
          ? ({ ...away, doubtful: true } as const)
          : ({ ok: true, value: null } as const);
      },
      hiddenTransitions: async () => ({ ok: true as const, value: [] }),
      readIssue: async () => reads.shift() ?? ({ ok: true, value: present() } as const),
    },
  };
}

async function move(
  itemStatus: string,
  { jira, present, asked }: ReturnType<typeof jiraWith>,
  more: Partial<MoveInput> & { learned?: Record<string, Way[]>; longAgo?: string[] } = {},
) {
  const { learned: before = {}, longAgo = [], ...input } = more;
  const old = new Set(longAgo);
  const learned = Object.fromEntries(
    Object.entries(before).map(([id, ways]): [string, readonly Transition[]] => [id, ways.map(toTransition)]),
  );
  const kept: Walk[] = [];
  const ports = {
    jira: jira as Parameters<typeof moveIssue>[0]['jira'],
    learned: (isFresh: boolean) =>
      Object.fromEntries(Object.entries(learned).filter(([from]) => !isFresh || !old.has(from))),
    learn: (from: string, offered: readonly Transition[]) => {
      old.delete(from);
      learned[from] = offered;
    },
    doubt: () => {},
    keep: async (walk: Walk) => kept.push(walk) > 0,
  };
  const { status: at, transitions: offered } = present();
  const about = {
    issueId: '7',
    at,
    offered,
    walk: null,
    isNew: false,
    mapping,
    workflow,
    itemStatus,
    statuses,
  };
  const moved = await moveIssue(ports, { ...about, ...input });
  return { moved, asked, kept, learned, at: present().status };
}

const sentence = (moved: Moved): string => ('stuck' in moved ? englishStuck(moved.stuck) : '');

describe('an issue', () => {
  it('that stands where it belongs is not asked for', async () => {
    const { moved, asked } = await move('open', jiraWith({ '1': [doing] }));
    expect([moved.end, asked]).toEqual(['arrived', []]);
  });

  it('takes the direct transition, and needs no reading after it', async () => {
    const { moved, asked } = await move('resolved', jiraWith({ '1': [doing, done] }, {}, [away]));
    expect([moved.end, moved.status, asked]).toEqual(['arrived', done, ['to-3']]);
  });

  it('takes a learned one without being read', async () => {
    const jira = jiraWith({ '1': [done] }, {}, [away]);
    const { moved } = await move('resolved', jira, { offered: null, learned: { '1': [done] } });
    expect(moved.end).toBe('arrived');
  });

  it('goes a learned way, and keeps the walk before each step', async () => {
    const jira = jiraWith({ '1': [doing], '2': [done] });
    const { moved, asked, kept } = await move('resolved', jira, { learned: { '2': [done] } });
    expect([moved.end, asked]).toEqual(['arrived', ['to-2', 'to-3']]);
    expect(kept).toMatchObject([
      { start: toDo, taken: [], pending: { to: doing } },
      { start: toDo, taken: [{ to: doing }], pending: { to: done } },
    ]);
  });

  it('fills in the resolution that a transition requires', async () => {
    const { moved, asked } = await move(
      'resolved',
      jiraWith({ '1': [{ to: done, requires: [resolution] }] }),
    );
    expect([moved.end, asked]).toEqual(['arrived', ['to-3 {"resolution":{"id":"8"}}']]);
  });

  it('is sent once more with the resolution that a validator wants, if the screen has it', async () => {
    const told = { 'to-3': [wantsResolution] };
    const jira = jiraWith({ '1': [{ to: done, optional: [resolution] }] }, told);
    const { moved, asked } = await move('resolved', jira);
    expect([moved.end, asked]).toEqual(['arrived', ['to-3', 'to-3 {"resolution":{"id":"8"}}']]);
  });
});

describe('an issue stays where it is', () => {
  const everywhere = { '1': [doing, review, done], '2': [toDo, done], '4': [toDo, done] };

  it('where the direct transition is refused, and the sentence says what it wants', async () => {
    const { moved, asked, at } = await move('resolved', jiraWith(everywhere, { 'to-3': [wantsResolution] }));
    expect([at, asked]).toEqual([toDo, ['to-3']]);
    expect(sentence(moved)).toBe(
      '"Done" wants a resolution. Jira said: Field Resolution is required. The issue stays in "To Do".',
    );
  });

  it('where its reopening is refused', async () => {
    const refusal = failed({ code: 'jira_forbidden', detail: 'Only leads may reopen' });
    const jira = jiraWith({ '1': [done], '3': [doing, toDo], '2': [toDo] }, { 'to-1': [refusal] });
    await jira.jira.transition('7', 'to-3');
    const { moved, asked, at } = await move('open', jira, { learned: { '2': [toDo] } });
    expect([at, asked.slice(1)]).toEqual([done, ['to-1']]);
    expect(sentence(moved)).toBe(
      'Jira refused "To Do". Jira said: Only leads may reopen. The issue stays in "Done".',
    );
  });

  it('where the transition wants a field that UserHero has no value for', async () => {
    const region: TransitionField = { ...resolution, fieldId: 'customfield_1', name: 'Region' };
    const jira = jiraWith({ '1': [doing, { to: done, requires: [resolution, region] }] });
    const { moved, asked } = await move('resolved', jira);
    expect(asked).toEqual([]);
    expect(sentence(moved)).toMatch(/^"Done" wants the field "Region", and UserHero has no value for it\./);
  });

  it('but where the issue has a value of that field, it moves, and leaves the value alone', async () => {
    const region: TransitionField = { ...resolution, fieldId: 'customfield_1', name: 'Region' };
    const jira = jiraWith({ '1': [{ to: done, requires: [resolution, region] }] });
    const fields = { customfield_1: { id: '1', value: 'EMEA' } };
    const about = { ...jira, present: () => ({ ...jira.present(), fields }) };
    about.jira.readIssue = async () => ({ ok: true, value: about.present() }) as const;
    const { moved, asked } = await move('resolved', about);
    expect([moved.end, asked]).toEqual(['arrived', ['to-3 {"resolution":{"id":"8"}}']]);
  });

  it('where one on the way wants such a field', async () => {
    const region: TransitionField = { ...resolution, fieldId: 'customfield_1', name: 'Region' };
    const last = { to: done, name: 'Finish', requires: [region] };
    const jira = jiraWith({ '1': [doing], '2': [last, toDo] });
    const { moved, asked } = await move('resolved', jira, { learned: { '2': [last, toDo] } });
    expect(asked).toEqual([]);
    expect(sentence(moved)).toMatch(/^"Finish" wants the field "Region"/);
  });

  it('where others saw no way on a moment ago; but long ago, and there may be one by now', async () => {
    const ways = { '1': [doing], '2': [done, { to: toDo, global: true }] };
    const about = { isNew: true, learned: { '2': [toDo] } };
    const lately = await move('resolved', jiraWith(ways), about);
    expect(lately.asked).toEqual([]);
    expect(sentence(lately.moved)).toMatch(/^The Jira workflow has no way from "To Do"/);
    const { moved, asked } = await move('resolved', jiraWith(ways), { ...about, longAgo: ['2'] });
    expect([moved.end, asked]).toEqual(['arrived', ['to-2', 'to-3']]);
  });

  it('where no way is known, and none leads forward that leads back', async () => {
    const { moved, asked } = await move('resolved', jiraWith({ '1': [doing], '2': [done] }));
    expect(asked).toEqual([]);
    expect(sentence(moved)).toMatch(
      /^UserHero does not know the way from "To Do" to a status for "Resolved"/,
    );
  });

  it('where what was learned is hidden from it, and says which', async () => {
    const hidden = { to: done, conditional: true, name: 'Finish' };
    const jira = jiraWith({ '1': [] });
    const { moved, at } = await move('resolved', jira, { offered: null, learned: { '1': [hidden] } });
    expect(at).toEqual(toDo);
    expect(sentence(moved)).toBe('Jira does not offer "Finish" for this issue. The issue stays in "To Do".');
  });

  it('where Jira does not know it any more', async () => {
    const { moved } = await move('resolved', jiraWith(everywhere, { 'to-3': [gone] }));
    expect(moved).toMatchObject({ end: 'stuck', stuck: { why: 'transition_failed', at: 'To Do' } });
  });
});

describe('a walk', () => {
  const home = { to: toDo, global: true };
  const ways = { '1': [doing], '2': [done, home], '3': [home] };

  it('by one step that leads forward is begun where a way back is known', async () => {
    const { moved, asked } = await move('resolved', jiraWith(ways), { learned: { '4': [home] } });
    expect([moved.end, asked]).toEqual(['arrived', ['to-2', 'to-3']]);
  });

  it('that cannot arrive is walked back, and the wanted transition is named', async () => {
    const jira = jiraWith(ways, { 'to-3': [wantsResolution] });
    const { moved, asked, at } = await move('resolved', jira, { learned: { '2': [done, home] } });
    expect([at, asked]).toEqual([toDo, ['to-2', 'to-3', 'to-1']]);
    expect(sentence(moved)).toMatch(/^"Done" wants a resolution\..* The issue stays in "To Do"\.$/);
  });

  it('whose way back is refused too says where it stands, and why', async () => {
    const refusal = failed({ code: 'jira_rejected', detail: 'Not before noon.' });
    const jira = jiraWith(ways, { 'to-3': [wantsResolution], 'to-1': [refusal] });
    const { moved, at } = await move('resolved', jira, { learned: { '2': [done, home] } });
    expect(at).toEqual(doing);
    expect(sentence(moved)).toMatch(
      /^The issue is now in "In Progress", .*"Done" wants a resolution\..*way back to "To Do", "To Do": Not before noon\./,
    );
  });

  it.each([
    ['a limit', limited, 'jira_rate_limited'],
    ['an outage', away, 'jira_unavailable'],
  ] as const)('is interrupted by %s, and goes on from a reading', async (_, answer, code) => {
    const jira = jiraWith(ways, { 'to-3': [answer] });
    const first = await move('resolved', jira, { learned: { '2': [done, home] } });
    expect(first.moved).toMatchObject({ end: 'interrupted', status: doing, problem: { code } });
    const second = await move('resolved', jira, { walk: first.kept.at(-1) ?? null });
    expect([second.moved.end, second.at]).toEqual(['arrived', done]);
    expect(jira.asked).toEqual(['to-2', 'to-3', 'to-3']);
  });

  it('counts a step whose answer was lost, if the issue stands there', async () => {
    const jira = jiraWith(ways, { 'to-2': ['lost'], 'to-3': ['lost'] });
    const { moved, asked } = await move('resolved', jira, { learned: { '2': [done, home] } });
    expect([moved.end, asked]).toEqual(['arrived', ['to-2', 'to-3']]);
  });

  it('is over where a person moves the issue in between, and that stands', async () => {
    const jira = jiraWith({ ...ways, '4': [] }, { 'to-3': [review] });
    const { moved, at } = await move('resolved', jira, { learned: { '2': [done, home] } });
    expect([moved.end, moved.status, at]).toEqual(['overtaken', doing, review]);
  });

  it('is over where a person moved the issue before it was gone on with', async () => {
    const jira = jiraWith(ways, { 'to-3': [limited] });
    const { kept } = await move('resolved', jira, { learned: { '2': [done, home] } });
    const walk = kept.at(-1) ?? null;
    const about = { at: review, offered: [], walk };
    expect((await move('resolved', jira, about)).moved).toMatchObject({ end: 'overtaken', status: doing });
  });

  it('asks for nothing once somebody else moves the issue', async () => {
    const { jira, present, asked } = jiraWith(ways);
    const ports = {
      jira: jira as Parameters<typeof moveIssue>[0]['jira'],
      ...{ learned: () => ({}), learn: () => {}, doubt: () => {}, keep: async () => false },
    };
    const offered = [toTransition(done)];
    const about = { issueId: '7', at: present().status, offered, walk: null, isNew: false };
    const moved = await moveIssue(ports, { ...about, mapping, workflow, itemStatus: 'resolved', statuses });
    expect([moved.end, asked]).toEqual(['lost', []]);
  });
});

describe('a new issue', () => {
  it('is brought forward step by step where nothing was learned, and Jira put it where it is', async () => {
    const jira = jiraWith({ '1': [doing], '2': [review, toDo], '4': [done, doing] });
    const { moved, asked } = await move('resolved', jira, { isNew: true });
    expect([moved.end, asked]).toEqual(['arrived', ['to-2', 'to-4', 'to-3']]);
  });
});
