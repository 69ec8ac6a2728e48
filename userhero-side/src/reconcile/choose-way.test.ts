import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseWay, editsAfter, type Question } from './choose-way.ts';

const now = new Date('2026-11-28T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const usual: Question = {
  searchFrom: ago(hourMs),
  now,
  linked: 1_000,
  projectEdits: 20,
  projectState: 'live',
};

it('searches from the begin of the last complete search, with overlap, in whole minutes', () => {
  expect(chooseWay(usual)).toEqual({ kind: 'search', minutes: 75, mostNamed: 1_050 });
  const halfway = { ...usual, searchFrom: ago(10 * minuteMs + 1) };
  expect(chooseWay(halfway)).toMatchObject({ minutes: 26 });
  // A clock that was put back asks for no negative time.
  expect(chooseWay({ ...usual, searchFrom: ago(-hourMs) })).toMatchObject({ minutes: 15 });
});

it('reads everything where more than a day, or nothing at all, is known of', () => {
  expect(chooseWay({ ...usual, searchFrom: ago(24 * hourMs) }).kind).toBe('search');
  expect(chooseWay({ ...usual, searchFrom: ago(24 * hourMs + 1) }).kind).toBe('everything');
  expect(chooseWay({ ...usual, searchFrom: null }).kind).toBe('everything');
});

it('asks for the project alone where a search could name nothing', () => {
  expect(chooseWay({ ...usual, linked: 0 }).kind).toBe('project');
  expect(chooseWay({ ...usual, linked: 0, searchFrom: null }).kind).toBe('project');
  for (const projectState of ['not_visible', 'archived', 'deleted'])
    expect(chooseWay({ ...usual, projectState, searchFrom: null }).kind).toBe('project');
});

it('reads the linked issues where more of the project changes than is linked', () => {
  const busy = { ...usual, linked: 10, projectEdits: 60 };
  expect(chooseWay(busy)).toEqual({ kind: 'search', minutes: 75, mostNamed: 60 });
  expect(chooseWay({ ...busy, projectEdits: 61 }).kind).toBe('linked');
  // After some hours more has changed than in one.
  expect(chooseWay({ ...busy, searchFrom: ago(6 * hourMs) }).kind).toBe('linked');
});

it('finds out again whether a busy project has become quiet, and costs at most twice the cheaper way', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }),
      (linked, hours) => {
        let projectEdits = 0;
        for (const edits of hours) {
          const way = chooseWay({ ...usual, linked, projectEdits });
          const named = way.kind === 'search' ? Math.min(edits, way.mostNamed + 1) : null;
          const gaveUp = way.kind === 'search' && edits > way.mostNamed;
          const cost = (named ?? 0) + (way.kind === 'linked' || gaveUp ? linked : 0);
          expect(cost).toBeLessThanOrEqual(2 * linked + 51);
          projectEdits = editsAfter(projectEdits, named);
        }
        for (let quiet = 0; quiet < 15; quiet += 1) projectEdits = editsAfter(projectEdits, null);
        expect(chooseWay({ ...usual, linked, projectEdits }).kind).toBe('search');
      },
    ),
  );
});
