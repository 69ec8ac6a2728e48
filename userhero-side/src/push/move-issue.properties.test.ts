import type { LearnedSteps, Transition } from '@userhero/shared/jira/transition.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { ownStatuses, type Walk } from '@userhero/shared/sync/status/walk.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askFor, hiddenIn, offeredIn, type World, worldArb } from '../../../shared/test/jira-workflow.ts';
import type { JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { type Moved, type MovingJira, moveIssue } from './move-issue.ts';

const workflow = { kind: 'issues', statuses: [{ slug: 'resolved', name: 'Resolved' }] } as const;

/** What happens to a call of Jira: a limit, an answer that is lost, a process that dies before it or after it. */
type Trouble = 'limit' | 'lost' | 'lost_and_done' | 'dies' | 'done_and_dies';
type Troubles = ReadonlyMap<number, Trouble>;

class Died extends Error {}

const limited: JiraAnswer<never> = {
  ...{ ok: false, doubtful: false },
  problem: { code: 'jira_rate_limited', detail: 'Slow down.', temporary: true },
};
const lost: JiraAnswer<never> = {
  ...{ ok: false, doubtful: true },
  problem: { code: 'jira_unavailable', detail: 'No answer.', temporary: true },
};

/** An issue in a Jira that meets its calls with trouble; a person moves the issue before one of them, if at all. */
function jiraOf(world: World, troubles: Troubles, person: { before: number; to: string } | null) {
  let at = world.start;
  let calls = 0;
  let hasActed = false;
  const entered: string[] = [];
  const present = (): JiraIssue => ({
    ...{ id: '7', key: 'SHOP-7', summary: '', projectId: '1', lastChangelogId: null, updatedAtMs: null },
    ...{ status: at, transitions: offeredIn(world, at.id) },
  });
  /** Nobody can tell a person who moves it between a reading and a transition that is valid for both statuses. */
  const begin = (isSeen: boolean): Trouble | undefined => {
    calls += 1;
    if (person && !hasActed && calls >= person.before && isSeen) {
      hasActed = true;
      at = world.order.find(({ id }) => id === person.to) ?? at;
    }
    return troubles.get(calls);
  };
  const reading = <T>(value: () => T, isSeen: boolean): JiraAnswer<T> => {
    const trouble = begin(isSeen);
    if (trouble === 'dies' || trouble === 'done_and_dies') throw new Died();
    return trouble === undefined ? { ok: true, value: value() } : limited;
  };
  const jira: MovingJira = {
    readIssue: async () => reading(present, true),
    hiddenTransitions: async () => reading(() => hiddenIn(world, at.id), false),
    async transition(_, id, fields = {}) {
      const isValid = offeredIn(world, person?.to ?? '').some((step) => step.id === id);
      const trouble = begin(!isValid);
      if (trouble === 'dies') throw new Died();
      if (trouble === 'limit') return limited;
      if (trouble === 'lost') return lost;
      const taken = askFor(world, at.id, id, fields);
      if ('to' in taken) {
        at = taken.to;
        entered.push(at.id);
      }
      if (trouble === 'done_and_dies') throw new Died();
      if (trouble === 'lost_and_done') return lost;
      if ('to' in taken) return { ok: true, value: null };
      const errors = taken.names.map(({ fieldId }) => ({ field: fieldId, message: taken.says }));
      return { ok: false, doubtful: false, problem: { code: 'jira_rejected', detail: taken.says, errors } };
    },
  };
  return { jira, present, entered, at: () => at, hasActed: () => hasActed };
}

/** Moves an issue until somebody has brought it to an end, each from what the one before has kept. */
async function moveToEnd(world: World, troubles: Troubles, person: Parameters<typeof jiraOf>[2] = null) {
  const target = world.targets[0]?.id ?? 'none';
  const mapping = {
    ...defaultMapping(workflow),
    outbound: { resolved: { category: 'done' as const, jiraStatusId: target } },
  };
  const jira = jiraOf(world, troubles, person);
  let learned: LearnedSteps = world.learned;
  let kept: Walk | null = null;
  const ports = {
    jira: jira.jira,
    learned: () => learned,
    learn: (from: string, offered: readonly Transition[]) => {
      learned = { ...learned, [from]: offered };
    },
    doubt: () => {},
    keep: async (walk: Walk) => {
      kept = walk;
      return true;
    },
  };
  for (let holders = 1; holders <= 30; holders += 1) {
    const { status: at, transitions: offered } = jira.present();
    const about = { issueId: '7', at, offered, walk: kept, isNew: world.isNew, mapping, workflow };
    const moved: Moved | null = await moveIssue(ports, {
      ...about,
      ...{ itemStatus: 'resolved', statuses: world.order },
    }).catch((error: unknown) => {
      if (error instanceof Died) return null;
      throw error;
    });
    if (moved && moved.end !== 'interrupted') return { moved, kept: kept as Walk | null, ...jira };
    if (kept === null && moved === null && holders > 20) break;
  }
  throw new Error('nobody brings the move to an end');
}

const calm: Troubles = new Map();
const troublesArb = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom<Trouble>('limit', 'lost', 'lost_and_done', 'dies', 'done_and_dies'),
    ),
    { maxLength: 4 },
  )
  .map((entries): Troubles => new Map(entries));
const worlds = worldArb({ hides: true, refuses: true, wants: true });
const runs = { numRuns: 2_000 };

describe('a move that is cut short at any call', () => {
  it('ends where it would have ended', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, troublesArb, async (world, troubles) => {
        const undisturbed = await moveToEnd(world, calm);
        const { at, moved } = await moveToEnd(world, troubles);
        expect([at().id, moved.end]).toEqual([undisturbed.at().id, undisturbed.moved.end]);
        expect(moved.status.id).toBe(at().id);
      }),
      runs,
    );
  });
});

describe('a person who moves the issue in between', () => {
  it('is never undone', async () => {
    const troublesOfPerson = fc.record({ before: fc.integer({ min: 2, max: 6 }), to: fc.nat({ max: 6 }) });
    await fc.assert(
      fc.asyncProperty(worlds, troublesOfPerson, troublesArb, async (world, { before, to }, troubles) => {
        const person = { before, to: `${to % world.order.length}` };
        const { at, kept, hasActed } = await moveToEnd(world, troubles, person);
        // Only where the move was under way, and the person chose a status that the walk has not been in.
        fc.pre(hasActed() && kept !== null);
        const own = kept ? ownStatuses(kept).map(({ id }) => id) : [];
        fc.pre(!own.includes(person.to));
        expect(at().id).toBe(person.to);
      }),
      runs,
    );
  });
});
