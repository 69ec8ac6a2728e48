import { type Connected, withConnectedWorkflow } from './connected-workflow.ts';
import { type Measurement, median } from './measurement.ts';
import { pushInBulk, pushOne, settle, type TimedPush } from './push-load.ts';
import { findRevision, withRevision } from './revision.ts';

/** Until the compiler has seen enough. */
const warmUps = 150;
const rounds = 10;
const pushesPerRound = 12;
const bulkRounds = 3;
const bulkItems = 200;

type Side = 'former' | 'present';
type Sides<T> = Record<Side, T>;

/**
 * The push of this working tree beside that of an earlier revision: two services, each with a database and a local Jira
 * of its own, both local Jiras from this tree. They push in turns, so that the machine's mood is the same for both.
 *
 * @param name any name that git knows the revision by
 * @param signal ends it early; what was started and written is taken away all the same
 * @returns `null`, having said why, when there is no such revision
 */
export async function comparePushes(name: string, signal: AbortSignal): Promise<Measurement[] | null> {
  const found = await findRevision(name);
  if (!found) {
    console.error(`This clone has no revision "${name}". Fetch the whole history: git fetch --unshallow`);
    return null;
  }
  console.log(`Push to Jira: this working tree against ${found.commit} of ${found.date}, in turns\n`);
  console.log(`installing and building ${found.commit} …`);
  return withRevision(found, ({ folder, commit }) =>
    withConnectedWorkflow(
      (former) => withConnectedWorkflow((present) => compare({ former, present }, commit, signal)),
      folder,
    ),
  );
}

async function compare(sides: Sides<Connected>, commit: string, signal: AbortSignal): Promise<Measurement[]> {
  console.log('warming up …');
  for (let index = 0; index < warmUps; index += 1) {
    signal.throwIfAborted();
    await inTurn(sides, index, `Warm ${index}`);
  }
  await Promise.all([settle(sides.former), settle(sides.present)]);

  const all: Sides<TimedPush[]> = { former: [], present: [] };
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const pushed: Sides<TimedPush[]> = { former: [], present: [] };
    for (let index = 0; index < pushesPerRound; index += 1) {
      signal.throwIfAborted();
      const { former, present } = await inTurn(sides, index, `Round ${round}, ${index}`);
      pushed.former.push(former);
      pushed.present.push(present);
    }
    const ratio = ownMs(pushed.present) / ownMs(pushed.former);
    ratios.push(ratio);
    console.log(
      `round ${String(round).padStart(2)}: ${ownMs(pushed.former).toFixed(1).padStart(5)} ms before, ${ownMs(pushed.present).toFixed(1).padStart(5)} ms now, ${ratio.toFixed(2)} ×`,
    );
    all.former.push(...pushed.former);
    all.present.push(...pushed.present);
  }

  const bulk: Sides<number[]> = { former: [], present: [] };
  console.log('pushing in bulk …');
  for (let round = 0; round < bulkRounds; round += 1) {
    for (const side of order(round)) {
      signal.throwIfAborted();
      await settle(sides[side]);
      bulk[side].push(bulkItems / (await pushInBulk(sides[side], bulkItems)).seconds);
    }
  }
  console.log('');
  return [
    { name: `push.own_p50_ms ${commit}`, value: ownMs(all.former), unit: 'ms', goal: null },
    { name: 'push.own_p50_ms', value: ownMs(all.present), unit: 'ms', goal: null },
    { name: 'push.own_ratio', value: median(ratios), unit: '×', goal: { atMost: 0.6 } },
    { name: `push.jira_calls ${commit}`, value: median(all.former.map(calls)), unit: 'calls', goal: null },
    { name: 'push.jira_calls', value: median(all.present.map(calls)), unit: 'calls', goal: { atMost: 3 } },
    { name: `bulk.items_per_s ${commit}`, value: median(bulk.former), unit: 'items/s', goal: null },
    { name: 'bulk.items_per_s', value: median(bulk.present), unit: 'items/s', goal: null },
  ];
}

/** One push on each side; who begins changes from turn to turn. */
async function inTurn(sides: Sides<Connected>, turn: number, title: string): Promise<Sides<TimedPush>> {
  const pushed: Partial<Sides<TimedPush>> = {};
  for (const side of order(turn)) pushed[side] = await pushOne(sides[side], title);
  return pushed as Sides<TimedPush>;
}

function order(turn: number): Side[] {
  return turn % 2 === 0 ? ['former', 'present'] : ['present', 'former'];
}

const ownMs = (pushed: readonly TimedPush[]): number => median(pushed.map((one) => one.ownMs));
const calls = (one: TimedPush): number => one.calls;
