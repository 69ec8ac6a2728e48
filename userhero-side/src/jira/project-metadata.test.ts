import type { Transition } from '@userhero/shared/jira/transition.ts';
import { expect, it } from 'vitest';
import { type LearnedInMemory, learnedInMemory } from '../../test/support/learned-in-memory.ts';
import type { CreateScreen, Jira } from './jira.ts';
import { createMetadataSource, type Place } from './project-metadata.ts';

const place: Place = { adapterId: 'adapter', cloudId: 'cloud', projectId: '10000', issueTypeId: '10001' };
const whole: CreateScreen = { priorities: [], fieldIds: ['summary', 'description'], requiredFields: [] };
const toDo = { id: '1', name: 'To Do', category: 'new' } as const;
const done = { id: '3', name: 'Done', category: 'done' } as const;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** A Jira that shows these create screens one after the other, and then the last one. */
function jiraShowing(...screens: CreateScreen[]) {
  const asked: string[] = [];
  const talk: Pick<Jira, 'readCreateScreen' | 'listStatuses'> = {
    async readCreateScreen(projectId) {
      const value = screens[Math.min(asked.push(projectId), screens.length) - 1] ?? whole;
      return { ok: true, value };
    },
    listStatuses: async () => ({ ok: true, value: [toDo, done] }),
  };
  return { asked, jira: talk as Jira };
}

/** Two processes on one database, with a clock of their own. */
function twoProcesses() {
  const clock = { nowMs: Date.parse('2026-11-27T12:00:00Z') };
  const kept: LearnedInMemory = learnedInMemory();
  const failed: unknown[] = [];
  const start = () =>
    createMetadataSource(
      kept.store,
      () => new Date(clock.nowMs),
      (error) => failed.push(error),
    );
  return { clock, kept, failed, one: start(), other: start() };
}

const transition = (to: Transition['to'], conditional = false): Transition => ({
  id: `to-${to.id}`,
  name: to.name,
  to,
  global: false,
  conditional,
  requires: [],
  optional: [],
});

it('asks Jira once for all processes, until a day is over or the place is forgotten', async () => {
  const { one, other, clock } = twoProcesses();
  const { jira, asked } = jiraShowing(whole);
  await Promise.all([one.get(jira, place), one.get(jira, place)]);
  await one.stop();
  expect(await other.get(jira, place)).toEqual({ ok: true, value: { ...whole, statuses: [toDo, done] } });
  expect(asked).toHaveLength(1);
  one.forget(place);
  await one.stop();
  clock.nowMs += minuteMs + 1;
  await other.get(jira, place);
  expect(asked).toHaveLength(2);
  clock.nowMs += dayMs;
  await one.get(jira, place);
  expect(asked).toHaveLength(3);
});

it('asks sooner for a person who looks at the statuses', async () => {
  const { one, clock } = twoProcesses();
  const { jira, asked } = jiraShowing(whole);
  await one.get(jira, place);
  clock.nowMs += 11 * minuteMs;
  await one.get(jira, place);
  expect(asked).toHaveLength(1);
  await one.get(jira, place, 10 * minuteMs);
  expect(asked).toHaveLength(2);
});

it('does not keep a create screen without a summary: the next push asks again', async () => {
  const { one } = twoProcesses();
  const { jira, asked } = jiraShowing({ ...whole, fieldIds: [] }, whole);
  await one.get(jira, place);
  expect(await one.get(jira, place)).toMatchObject({ ok: true, value: { fieldIds: whole.fieldIds } });
  await one.get(jira, place);
  expect(asked).toHaveLength(2);
});

it('learns transitions and the first status for all processes, and forgets transitions after a week', async () => {
  const { one, other, clock } = twoProcesses();
  const { jira } = jiraShowing(whole);
  await one.get(jira, place);
  one.learn(place, toDo.id, [transition(done)]);
  one.learnInitial(place, toDo);
  await one.stop();
  await other.get(jira, place);
  expect(other.learnedSteps(place)).toEqual({ [toDo.id]: [transition(done)] });
  expect(other.initialStatus(place)).toEqual(toDo);
  clock.nowMs += 7 * dayMs + 1;
  expect(other.learnedSteps(place)).toEqual({});
});

it('writes what it sees again only after ten minutes', async () => {
  const { one, kept, clock } = twoProcesses();
  await one.get(jiraShowing(whole).jira, place);
  for (let times = 0; times < 3; times += 1) one.learn(place, toDo.id, [transition(done)]);
  await one.stop();
  expect(kept.written.filter((what) => what === 'step')).toHaveLength(1);
  clock.nowMs += 10 * minuteMs + 1;
  one.learn(place, toDo.id, [transition(done)]);
  await one.stop();
  expect(kept.written.filter((what) => what === 'step')).toHaveLength(2);
});

it('believes for ten minutes that a transition wants a field, and that a status offers nothing else', async () => {
  const { one, clock } = twoProcesses();
  await one.get(jiraShowing(whole).jira, place);
  const field = (fieldId: string) => ({ fieldId, name: fieldId, kind: 'text' as const, allowed: null });
  const [resolution, region] = [field('resolution'), field('region')];
  const wants = { ...transition(done), requires: [resolution, region] };
  one.learn(place, toDo.id, [wants]);
  clock.nowMs += 10 * minuteMs;
  expect(one.learnedSteps(place, true)).toEqual({ [toDo.id]: [wants] });
  clock.nowMs += 1;
  expect(one.learnedSteps(place, true)).toEqual({});
  const tried = { ...wants, requires: [resolution], optional: [region] };
  expect(one.learnedSteps(place)).toEqual({ [toDo.id]: [tried] });
});

it('takes a conditional transition of a doubted status only where it is offered', async () => {
  const { one, other } = twoProcesses();
  const { jira } = jiraShowing(whole);
  await one.get(jira, place);
  one.learn(place, toDo.id, [transition(done, true), transition(toDo)]);
  one.doubt(place, toDo.id);
  expect(one.learnedSteps(place)).toEqual({ [toDo.id]: [transition(toDo)] });
  one.learn(place, toDo.id, [transition(done, true)]);
  await one.stop();
  await other.get(jira, place);
  expect(other.learnedSteps(place)).toEqual({ [toDo.id]: [] });
});

it('asks for the statuses again once Jira has told of one that it did not list, or not by this name', async () => {
  const { one } = twoProcesses();
  const { jira, asked } = jiraShowing(whole);
  await one.get(jira, place);
  one.learn(place, toDo.id, [transition({ ...done, name: 'Shipped' })]);
  await one.get(jira, place);
  expect(asked).toHaveLength(2);
  one.learnInitial(place, { id: '9', name: 'Triage', category: 'new' });
  expect(one.initialStatus(place)).toBeNull();
  await one.get(jira, place);
  expect(asked).toHaveLength(3);
});

it('keeps what is learned with one adapter from another', async () => {
  const { one } = twoProcesses();
  const { jira, asked } = jiraShowing(whole);
  const elsewhere = { ...place, adapterId: 'another' };
  await one.get(jira, place);
  one.learn(place, toDo.id, [transition(done)]);
  await one.get(jira, elsewhere);
  expect(asked).toHaveLength(2);
  expect(one.learnedSteps(elsewhere)).toEqual({});
});

it('goes on where nothing can be written', async () => {
  const { one, kept, failed } = twoProcesses();
  const { jira } = jiraShowing(whole);
  kept.breaks = true;
  expect((await one.get(jira, place)).ok).toBe(true);
  one.learn(place, toDo.id, [transition(done)]);
  await one.stop();
  expect(one.learnedSteps(place)).toEqual({ [toDo.id]: [transition(done)] });
  expect(failed).toHaveLength(2);
});
