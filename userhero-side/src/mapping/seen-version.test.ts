import { expect, it } from 'vitest';
import { readVersionSeen } from './seen-version.ts';

it.each([
  ['"3"', undefined, 3],
  ['W/"3"', undefined, 3],
  [undefined, 3, 3],
  ['"3"', 3, 3],
])('If-Match %j and version %j say version %i', (ifMatch, inBody, version) => {
  expect(readVersionSeen({ ifMatch, inBody })).toEqual({ ok: true, value: version });
});

it.each([
  [undefined, undefined, 'precondition_required'],
  ['*', undefined, 'precondition_required'],
  ['*', 3, 'precondition_required'],
  ['"2"', 3, 'validation_failed'],
])('If-Match %j and version %j are refused', (ifMatch, inBody, code) => {
  expect(readVersionSeen({ ifMatch, inBody })).toMatchObject({ ok: false, problem: { code } });
});
