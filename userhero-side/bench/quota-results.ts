import { type Measurement, percentile } from './measurement.ts';
import type { QuotaShape } from './quota-shape.ts';

/** What a run of the quota came to. Times are milliseconds. */
export type QuotaRun = {
  beganMs: number;
  endedMs: number;
  issuesPerItem: readonly number[];
  /** How long each status change took to Jira; `null` where it never arrived. */
  changeMs: readonly (number | null)[];
  /** What each customer spent in each window, by our count. */
  shares: readonly { startMs: number; organizationId: string; spent: number }[];
  /** Until when each customer had work that waited for points. */
  waitedUntilMs: ReadonlyMap<string, number>;
  /** What Jira counted in each window. */
  usedByJira: ReadonlyMap<number, number>;
  denied: Readonly<Record<string, number>>;
  /** Windows in which Jira said that the quota was used up. */
  walls: number;
};

/** The closing figures of a run. */
export function quotaMeasurements(run: QuotaRun, shape: QuotaShape): Measurement[] {
  const arrived = run.changeMs.filter((ms) => ms !== null);
  const inWindows = arrived.map((ms) => ms / shape.windowMs);
  const fairness = wholeWindows(run, shape).flatMap((startMs) => ratioIn(run, startMs, shape) ?? []);
  const used = sum([...run.usedByJira.values()]);
  const counted = sum(
    run.shares.filter(({ startMs }) => run.usedByJira.has(startMs)).map(({ spent }) => spent),
  );
  const full = wholeWindows(run, shape).filter((startMs) => waitingIn(run, startMs, shape).length > 0);
  const unused = full.map((startMs) => 1 - (run.usedByJira.get(startMs) ?? 0) / shape.points);
  const lost = run.issuesPerItem.filter((count) => count === 0).length;
  return [
    figure('created', run.issuesPerItem.length - lost, 'items'),
    figure('lost', lost + shape.changes - arrived.length, 'items', { atMost: 0 }),
    figure('doubles', run.issuesPerItem.filter((count) => count > 1).length, 'items', { atMost: 0 }),
    figure('change_p50', percentile(inWindows, 0.5), 'windows'),
    figure('change_longest', Math.max(...inWindows), 'windows', { atMost: 1 }),
    figure('share_least', Math.min(...fairness), 'of greatest', { atLeast: 0.9 }),
    figure('walls', run.walls, 'windows', { atMost: shape.priceFactor === 1 ? 0 : 1 }),
    ...Object.entries(run.denied).map(([reason, count]) => figure(`denied.${reason}`, count, 'calls')),
    figure('counted', (100 * counted * shape.priceFactor) / used, '% of Jira’s'),
    figure('unused', (100 * sum(unused)) / unused.length, '%'),
    figure('took', (run.endedMs - run.beganMs) / shape.windowMs, 'windows'),
  ];
}

/** Each window's shares of those that waited throughout it, as lines to read. */
export function describeWindows(run: QuotaRun, shape: QuotaShape): string[] {
  return wholeWindows(run, shape).map((startMs, at) => {
    const spent = spentIn(run, startMs, waitingIn(run, startMs, shape));
    const range = spent.length === 0 ? '–' : `${Math.min(...spent)} to ${Math.max(...spent)}`;
    const jira = run.usedByJira.get(startMs) ?? 0;
    return `window ${at + 1}: ${spent.length} waited throughout and had ${range} points each; Jira counted ${jira}`;
  });
}

function figure(name: string, value: number, unit: string, goal: Measurement['goal'] = null): Measurement {
  return { name: `quota.${name}`, value, unit, goal };
}

function wholeWindows({ beganMs, endedMs }: QuotaRun, { windowMs }: QuotaShape): number[] {
  const first = Math.ceil(beganMs / windowMs) * windowMs;
  const count = Math.max(0, Math.floor((endedMs - first) / windowMs));
  return Array.from({ length: count }, (_, at) => first + at * windowMs);
}

function waitingIn({ waitedUntilMs }: QuotaRun, startMs: number, { windowMs }: QuotaShape): string[] {
  return [...waitedUntilMs].flatMap(([id, untilMs]) => (untilMs >= startMs + windowMs ? [id] : []));
}

function spentIn({ shares }: QuotaRun, startMs: number, waiting: readonly string[]): number[] {
  const of = new Map(
    shares.filter((share) => share.startMs === startMs).map((share) => [share.organizationId, share.spent]),
  );
  return waiting.map((id) => of.get(id) ?? 0);
}

/** The least share over the greatest; `null` where nobody had to share. */
function ratioIn(run: QuotaRun, startMs: number, shape: QuotaShape): number | null {
  const spent = spentIn(run, startMs, waitingIn(run, startMs, shape));
  return spent.length < 2 ? null : Math.min(...spent) / Math.max(...spent);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
