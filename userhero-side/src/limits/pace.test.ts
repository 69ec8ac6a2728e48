import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

/** A clock that only sleeping moves. */
function clock() {
  let at = 0;
  const sleepers: { until: number; wake: () => void }[] = [];
  return {
    nowMs: () => at,
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ until: at + ms, wake })),
    /** Lets time pass until nobody sleeps. */
    async run(): Promise<void> {
      for (;;) {
        await new Promise((done) => setImmediate(done));
        sleepers.sort((left, right) => left.until - right.until);
        const next = sleepers.shift();
        if (!next) return;
        at = next.until;
        next.wake();
      }
    },
  };
}

const call = (method: string, path: string) => ({ cloudId: 'c1', method, path: `/rest/api/3${path}` });

async function timesOf(calls: readonly ReturnType<typeof call>[], slow = false): Promise<number[]> {
  const time = clock();
  const pace = createPace(time);
  if (slow) pace.slowDown('endpoint:c1:GET:/issue/{}');
  const times: number[] = [];
  const all = calls.map(async (one) => {
    const leave = await pace.enter(one);
    times.push(time.nowMs());
    leave();
  });
  await time.run();
  await Promise.all(all);
  return times;
}
const many = (count: number, one: (at: number) => ReturnType<typeof call>) =>
  Array.from({ length: count }, (_, at) => one(at));
const within = (times: readonly number[], from: number, to: number) =>
  times.filter((at) => at >= from && at < to).length;

test('40 readings of an endpoint leave in any second, 20 edits, and half of it after a burst was refused', async () => {
  const reads = await timesOf(many(100, (at) => call('GET', `/issue/${at}`)));
  expect([within(reads, 0, 1000), within(reads, 1000, 2000), within(reads, 2000, 3000)]).toEqual([
    40, 40, 20,
  ]);
  const edits = await timesOf(many(50, (at) => call('PUT', `/issue/${at}`)));
  expect([within(edits, 0, 1000), within(edits, 1000, 2000), within(edits, 2000, 3000)]).toEqual([
    20, 20, 10,
  ]);
  const slow = await timesOf(
    many(50, (at) => call('GET', `/issue/${at}`)),
    true,
  );
  expect([within(slow, 0, 1000), within(slow, 1000, 2000), within(slow, 2000, 3000)]).toEqual([20, 20, 10]);
});

test('endpoints do not wait for each other', async () => {
  const times = await timesOf([
    ...many(40, (at) => call('GET', `/issue/${at}`)),
    ...many(40, (at) => call('POST', `/issue/${at}/transitions`)),
  ]);
  expect(within(times, 0, 1)).toBe(80);
});

test('writes of one issue leave 100 ms apart, whatever they write', async () => {
  const times = await timesOf([
    call('PUT', '/issue/7'),
    call('POST', '/issue/7/transitions'),
    call('POST', '/issue/7/remotelink'),
    call('PUT', '/issue/8'),
  ]);
  expect(times.sort((left, right) => left - right)).toEqual([0, 0, 100, 200]);
});

test('eight calls of a site are under way at once', async () => {
  const pace = createPace(clock());
  const leaving: (() => void)[] = [];
  const entering = many(12, (at) => call('GET', `/issue/${at}`)).map((one) =>
    pace.enter(one).then((leave) => leaving.push(leave)),
  );
  await new Promise((done) => setImmediate(done));
  expect(leaving).toHaveLength(8);
  leaving[0]?.();
  await new Promise((done) => setImmediate(done));
  expect(leaving).toHaveLength(9);
  for (const leave of leaving) leave();
  await new Promise((done) => setImmediate(done));
  for (const leave of leaving) leave();
  await Promise.all(entering);
});
