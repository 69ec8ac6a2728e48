import type { IssueEvent } from '../../jira/issue-event.ts';

/** What orders a change: its changelog id and the time that its sender told. */
export type Moment = Pick<IssueEvent, 'changelogId' | 'changedAtMs'>;

/** The newest that has been seen of an issue. Its id and its time may come from different events. */
export type LastSeen = {
  lastChangelogId: string | null;
  /** The newest moment seen, from whichever witness. */
  lastChangedAtMs: number | null;
  /** The newest moment seen that came without a changelog id, with which ids cannot be compared. */
  lastWithoutIdAtMs?: number | null;
};

/** `doubtful`: the witnesses disagree, or only a clock far behind says that it is old; Jira has to be asked. */
export type Order = 'newer' | 'same' | 'older' | 'doubtful';

/** Jira gives changelog ids as int64 (OpenAPI document, `IssueChangelogIds.changelogIds`); no larger one is its own. */
const largestId = 2n ** 63n - 1n;
/** More changes than a site makes while one issue rests: a hundred a second for four months. */
const farAway = 1_000_000_000n;
/** By how much a clock may be ahead of the one that notes the receipt. */
const aheadMs = 10_000;
/** By how much the clocks of Jira's nodes, and what its senders take for the time of a change, may differ. */
const disagreementMs = 60_000;

/**
 * What may be believed of an event's moment: its time up to that of its receipt, since nothing comes from the future,
 * and a changelog id that Jira could have given.
 */
export function believable(event: Moment & { receivedAtMs?: number | null }): Moment {
  const { changelogId, changedAtMs, receivedAtMs = null } = event;
  const isAhead = receivedAtMs !== null && changedAtMs !== null && changedAtMs > receivedAtMs + aheadMs;
  return {
    changelogId: toNumber(changelogId) === null ? null : changelogId,
    changedAtMs: isAhead ? receivedAtMs : changedAtMs,
  };
}

/**
 * Orders two changes of one issue: below zero when the first is older. Changelog ids grow with every change
 * of a site and decide where both have one; Jira's timestamps decide otherwise.
 */
export function compareMoments(left: Moment, right: Moment): number {
  const byId = compareIds(left.changelogId, right.changelogId);
  if (byId !== null && byId !== 0n) return byId < 0n ? -1 : 1;
  if (left.changedAtMs === null || right.changedAtMs === null) return 0;
  return left.changedAtMs - right.changedAtMs;
}

/**
 * Whether an event, of which only what is believable is given, comes after what has been seen of its issue. The last
 * changelog id and the last time may come from different events, so an id above the last one proves nothing about the
 * events that had none: those are asked by time.
 */
export function orderAfter(last: LastSeen, event: Moment): Order {
  const byId = compareIds(event.changelogId, last.lastChangelogId);
  const sinceLastMs = gap(event.changedAtMs, last.lastChangedAtMs);
  if (byId === null) return sinceLastMs >= 0 ? 'newer' : late(sinceLastMs);
  if (byId === 0n) return 'same';
  if (byId > farAway || byId < -farAway) return 'doubtful';
  if (byId < 0n) return sinceLastMs > disagreementMs ? 'doubtful' : 'older';
  const sinceWithoutIdMs = gap(event.changedAtMs, last.lastWithoutIdAtMs ?? null);
  if (sinceWithoutIdMs < 0) return late(sinceWithoutIdMs);
  return sinceLastMs < -disagreementMs ? 'doubtful' : 'newer';
}

/** Whether of two changes of one issue the one that counts as newer may be the older one. */
export function mayBeOlder(newer: Moment, other: Moment): boolean {
  const { changelogId, changedAtMs } = other;
  const last = {
    lastChangelogId: changelogId,
    lastChangedAtMs: changedAtMs,
    lastWithoutIdAtMs: changelogId === null ? changedAtMs : null,
  };
  return orderAfter(last, newer) === 'doubtful';
}

/** Old by its time alone. By more than clocks differ it may as well be a clock that is wrong. */
function late(sinceMs: number): Order {
  return sinceMs < -disagreementMs ? 'doubtful' : 'older';
}

const gap = (left: number | null, right: number | null): number =>
  left === null || right === null ? 0 : left - right;

function compareIds(left: string | null, right: string | null): bigint | null {
  const [one, other] = [toNumber(left), toNumber(right)];
  return one === null || other === null ? null : one - other;
}

function toNumber(id: string | null): bigint | null {
  if (id === null || !/^\d{1,19}$/.test(id)) return null;
  const number = BigInt(id);
  return number > largestId ? null : number;
}
