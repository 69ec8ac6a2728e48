import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterEmptySearch, type Doubt } from './doubt.ts';

const lagMs = 60_000;
const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1) + seconds * 1000);
const doubt = (change: Partial<Doubt> = {}): Doubt => ({
  pushId: 'push',
  sentAt: at(0),
  awaitedUntil: at(60),
  notFoundAt: null,
  ...change,
});

describe('an empty search for the issue of a create in doubt', () => {
  it.each([
    ['at once is made again early', doubt(), 60, { kind: 'again', at: at(70), counts: false }],
    ['early is made again after the lag', doubt(), 75, { kind: 'again', at: at(120), counts: false }],
    ['after the lag is the first that counts', doubt(), 121, { kind: 'again', at: at(181), counts: true }],
    [
      'soon after the first one waits',
      doubt({ notFoundAt: at(121) }),
      150,
      { kind: 'again', at: at(181), counts: false },
    ],
    ['a lag after the first one ends the doubt', doubt({ notFoundAt: at(121) }), 181, { kind: 'absent' }],
    [
      'counts from the create where nobody wrote down more',
      doubt({ awaitedUntil: null, notFoundAt: at(60) }),
      120,
      { kind: 'absent' },
    ],
    [
      'forgets what was noted before the push asked once more',
      doubt({ sentAt: at(300), notFoundAt: at(121) }),
      310,
      { kind: 'again', at: at(360), counts: false },
    ],
  ] as const)('%s', (_, held, seconds, expected) => {
    expect(afterEmptySearch(held, at(seconds), lagMs)).toEqual(expected);
  });

  it('never ends the doubt before two lags have passed since the answer was given up', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(waits, fc.integer({ min: 0, max: 90 }), (pauses, awaited) => {
        let held = doubt({ awaitedUntil: at(awaited) });
        let now = awaited;
        let counted = 0;
        for (const pause of pauses) {
          now += pause;
          const after = afterEmptySearch(held, at(now), lagMs);
          if (after.kind === 'absent') {
            expect(counted).toBe(1);
            expect(now - awaited).toBeGreaterThanOrEqual(120);
            return;
          }
          expect(after.at.getTime()).toBeGreaterThan(at(now).getTime());
          if (after.counts) {
            counted += 1;
            held = { ...held, notFoundAt: at(now) };
          }
        }
      }),
    );
  });
});
