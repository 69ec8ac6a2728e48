import { expect, it } from 'vitest';
import type { FoundProject } from '../jira/find-project.ts';
import type { JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { lookAtIssues, type Manner } from './look-at-issues.ts';

const unavailable: JiraAnswer<never> = {
  ok: false,
  problem: { code: 'jira_unavailable', detail: 'away' },
  doubtful: true,
};
const notFound: JiraAnswer<never> = {
  ok: false,
  problem: {
    code: 'issue_not_found',
    detail: 'Issue does not exist or you do not have permission to see it.',
  },
  doubtful: false,
};

function issue(id: string): JiraIssue {
  const status = { id: '1', name: 'To Do', category: 'new' } as const;
  const rest = { summary: '', projectId: '1', transitions: [], lastChangelogId: null, updatedAtMs: null };
  return { id, key: `HR-${id}`, status, ...rest };
}

function project(state: FoundProject['state']): JiraAnswer<FoundProject> {
  return { ok: true, value: { id: '1', key: 'HR', name: 'HR', state } };
}

type Told = {
  bulk?: JiraAnswer<JiraIssue[]>;
  unloaded?: string[];
  project?: JiraAnswer<FoundProject | null>;
  byId?: (id: string) => JiraAnswer<JiraIssue>;
};

/** What a Jira that answers so is found to have of issues 1 to `count`; and how often it was asked for what. */
async function look(told: Told, count = 1, manner: Manner = {}, gone: readonly string[] = []) {
  const asked = { bulk: 0, project: 0, byId: 0 };
  const jira = {
    fetchIssues: async () => {
      asked.bulk += 1;
      const { bulk = { ok: true, value: [] }, unloaded = [] } = told;
      return bulk.ok ? { ok: true as const, value: { issues: bulk.value, unloaded } } : bulk;
    },
    findProject: async () => {
      asked.project += 1;
      return told.project ?? project('live');
    },
    readIssue: async (id: string) => {
      asked.byId += 1;
      return told.byId?.(id) ?? notFound;
    },
  };
  const references = Array.from({ length: count }, (_, n) => ({
    id: `ref${n + 1}`,
    issueId: `${n + 1}`,
    jiraProjectId: '1',
    isGone: gone.includes(`${n + 1}`),
  }));
  const found = await lookAtIssues(jira, references, manner);
  return { found, asked, kinds: found.ok ? [...found.value.values()].map(({ kind }) => kind) : [] };
}

it('takes what the bulk fetch gives, and asks no more', async () => {
  const { kinds, asked } = await look({ bulk: { ok: true, value: [issue('1')] } });
  expect(kinds).toEqual(['present']);
  expect(asked).toEqual({ bulk: 1, project: 0, byId: 0 });
});

it('finds an issue by its id that the bulk fetch could not load', async () => {
  const { kinds } = await look({ byId: (id) => ({ ok: true, value: issue(id) }) });
  expect(kinds).toEqual(['present']);
});

it('calls an issue deleted only where Jira answers 404 for it and shows its project', async () => {
  expect((await look({})).kinds).toEqual(['deleted']);
  expect((await look({ project: { ok: true, value: null } })).kinds).toEqual(['not_visible']);
  expect((await look({ project: project('archived') })).kinds).toEqual(['not_visible']);
  expect((await look({ project: project('deleted') })).kinds).toEqual(['project_deleted']);
});

it('asks for a hidden project once, however many issues it had', async () => {
  const { kinds, asked } = await look({ project: { ok: true, value: null } }, 300);
  expect(new Set(kinds)).toEqual(new Set(['not_visible']));
  expect(kinds).toHaveLength(300);
  expect(asked).toEqual({ bulk: 3, project: 1, byId: 0 });
});

it('concludes nothing where Jira does not answer', async () => {
  expect((await look({ bulk: unavailable })).found).toMatchObject({
    ok: false,
    problem: { code: 'jira_unavailable' },
  });
  expect((await look({ project: unavailable })).kinds).toEqual(['unknown']);
  expect((await look({ byId: () => unavailable })).kinds).toEqual(['unknown']);
});

it('goes on past one broken issue, and stops asking a Jira that fails', async () => {
  const broken = await look({ byId: (id) => (id === '2' ? unavailable : notFound) }, 4);
  expect(broken.kinds).toEqual(['deleted', 'unknown', 'deleted', 'deleted']);
  const away = await look({ byId: () => unavailable }, 50);
  expect(new Set(away.kinds)).toEqual(new Set(['unknown']));
  expect(away.asked.byId).toBe(3);
});

it('leaves what Jira cannot load for the next time, where there is one', async () => {
  const told = { unloaded: ['1'], byId: (id: string) => ({ ok: true, value: issue(id) }) as const };
  expect((await look(told)).kinds).toEqual(['present']);
  const { kinds, asked } = await look(told, 1, { mostAbsent: 10 });
  expect(kinds).toEqual(['unknown']);
  expect(asked).toEqual({ bulk: 1, project: 0, byId: 0 });
});

it('concludes nothing from many that are absent at once, but that their project is hidden', async () => {
  const many = await look({}, 11, { mostAbsent: 10 });
  expect(new Set(many.kinds)).toEqual(new Set(['unsure']));
  expect(many.asked.byId).toBe(0);
  expect(new Set((await look({}, 10, { mostAbsent: 10 })).kinds)).toEqual(new Set(['deleted']));
  const hidden = await look({ project: { ok: true, value: null } }, 11, { mostAbsent: 10 });
  expect(new Set(hidden.kinds)).toEqual(new Set(['not_visible']));
});

it('asks for no issue alone that is known to be deleted, and counts it to no others', async () => {
  const gone = Array.from({ length: 20 }, (_, n) => `${n + 1}`);
  const { kinds, asked } = await look({}, 21, { mostAbsent: 10 }, gone);
  expect(new Set(kinds)).toEqual(new Set(['deleted']));
  expect(asked.byId).toBe(1);
});

it('asks for no project that was asked for already', async () => {
  const projects = new Map([['1', { ok: true, value: null } as const]]);
  const { kinds, asked } = await look({}, 3, { projects });
  expect(new Set(kinds)).toEqual(new Set(['not_visible']));
  expect(asked.project).toBe(0);
});
