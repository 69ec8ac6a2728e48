import { withConnectedWorkflow } from './connected-workflow.ts';
import { type Measurement, median } from './measurement.ts';
import { pushInBulk, pushOne, settle, type TimedPush } from './push-load.ts';

const pushes = 100;
/** Until the compiler has seen enough. */
const warmUps = 150;
const bulkItems = 1_000;

/** Our own share of a push, and how near a bulk push comes to the calls that cannot be avoided. */
export function measurePushes(): Promise<Measurement[]> {
  return withConnectedWorkflow(async (connected) => {
    for (let index = 0; index < warmUps; index += 1) await pushOne(connected, `Warm ${index}`);
    await settle(connected);
    const timed: TimedPush[] = [];
    for (let index = 0; index < pushes; index += 1) timed.push(await pushOne(connected, `Single ${index}`));
    await settle(connected);
    const bulk = await pushInBulk(connected, bulkItems);
    const own = median(timed.map(({ ownMs }) => ownMs));
    const calls = median(timed.map((one) => one.calls));
    const ratio = bulk.seconds / bulk.unavoidableSeconds;
    return [
      { name: 'push.p50_ms', value: median(timed.map(({ ms }) => ms)), unit: 'ms', goal: null },
      { name: 'push.own_p50_ms', value: own, unit: 'ms', goal: { atMost: 15 } },
      { name: 'push.jira_calls', value: calls, unit: 'calls', goal: { atMost: 3 } },
      { name: 'bulk.items_per_s', value: bulkItems / bulk.seconds, unit: 'items/s', goal: null },
      { name: 'bulk.ratio', value: ratio, unit: '×', goal: { atMost: 1.3 } },
    ];
  });
}
