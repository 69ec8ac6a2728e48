import type { LimitCounts } from './limit-counts.ts';
import type { LimitSettings } from './limit-settings.ts';

const shortMs = 2000;
const longMs = 30_000;
/** Issues that nobody writes any more are forgotten when there are so many. */
const keptIssues = 10_000;

/**
 * Counts a write of an issue, whoever writes: "20 in 2 s and 100 in 30 s".
 *
 * @returns 0, or the milliseconds until the issue takes another write
 */
export function takeIssueWrite(
  { issueWrites }: LimitCounts,
  { issueWritesShort, issueWritesLong }: LimitSettings,
  issue: { cloudId: string; issueId: string },
  time: number,
): number {
  const key = `${issue.cloudId} ${issue.issueId}`;
  const times = (issueWrites.get(key) ?? []).filter((at) => at > time - longMs && at <= time);
  const waitMs = Math.max(
    waitFor(times, issueWritesShort, shortMs, time),
    waitFor(times, issueWritesLong, longMs, time),
  );
  if (waitMs === 0) times.push(time);
  issueWrites.set(key, times);
  if (issueWrites.size > keptIssues) forgetQuiet(issueWrites, time);
  return waitMs;
}

function waitFor(times: number[], most: number, withinMs: number, time: number): number {
  const freeing = times.filter((at) => at > time - withinMs).at(-most);
  return freeing === undefined ? 0 : freeing + withinMs - time;
}

function forgetQuiet(issueWrites: Map<string, number[]>, time: number): void {
  for (const [key, times] of issueWrites) {
    if ((times.at(-1) ?? 0) <= time - longMs) issueWrites.delete(key);
  }
}
