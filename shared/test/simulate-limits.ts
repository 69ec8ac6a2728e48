import {
  type Ask,
  decideAsk,
  handOut,
  type Share,
  type Standing,
  type Ticket,
} from '../src/limits/decide.ts';
import {
  afterHeaders,
  afterWall,
  newPool,
  type Pool,
  pacedPoints,
  turnWindow,
  windowAt,
} from '../src/limits/pool.ts';

/** A unit of work of a customer: when it comes up, what it asks for, and what it really calls. */
export type Unit = Ask & { id: string; atMs: number; calls: number };

/** How Jira's points differ from ours. */
export type SimulatedJira = {
  quota: number;
  /** What a call costs that costs one by our table. */
  price: number;
  /** How far its clock is ahead. */
  aheadMs: number;
  headers: 'right' | 'none';
};

export type Simulation = {
  /** What we take the quota to be. */
  pool: number;
  windowMs: number;
  replicas: number;
  organizations: readonly (readonly Unit[])[];
  jira: SimulatedJira;
  seed: number;
  /** How many windows pass. */
  windows: number;
  /** When which replica dies, with what it has under way; another one takes its place. */
  deaths?: readonly { atMs: number; replica: number }[];
  /** Spans in which nothing is granted, for another reason than points. */
  pauses?: readonly { fromMs: number; toMs: number }[];
};

/** What happened when points were granted. */
export type Granted = {
  atMs: number;
  by: 'ask' | 'turn';
  ask: Ask & { id: string };
  /** Everything before the grant. */
  standing: Standing;
};

export type Simulated = {
  grants: Granted[];
  /** When Jira's quota was at its end, once a pause. */
  walls: number[];
  servedAtMs: Map<string, number>;
  /** Each window's pool and shares as they stood at its end. */
  windows: { pool: Pool; shares: Share[]; jiraSpent: number; waitedAllAlong: string[] }[];
};

type Running = { unit: Unit; left: number; replica: number; doneAtMs: number };

const ticksPerWindow = 240;
const leaseTicks = 6;

/** Runs the decisions on a virtual clock: an hour passes in milliseconds. Equal inputs, equal answers. */
export function simulate(input: Simulation): Simulated {
  const { windowMs, jira, deaths = [], pauses = [] } = input;
  const random = randomOf(input.seed);
  const tickMs = windowMs / ticksPerWindow;
  const units = input.organizations.flat().sort((left, right) => left.atMs - right.atMs);
  const out: Simulated = { grants: [], walls: [], servedAtMs: new Map(), windows: [] };
  let pool = newPool(input.pool, 0, windowMs);
  let shares = new Map<string, Share>();
  let waiting: (Ticket & { dueMs: number; unit: Unit; calls: number })[] = [];
  let running: Running[] = [];
  let pausedUntilMs = 0;
  let jiraSpent = 0;
  let jiraWindow = 0;
  let allAlong: Set<string> | null = null;
  let next = 0;

  const underWay = () => running.reduce((sum, { left }) => sum + left, 0);
  const counted = () => [...shares.values()].reduce((sum, { spent }) => sum + spent, 0);
  const standing = (nowMs: number): Standing => ({
    pool,
    shares: [...shares.values()],
    due: waiting.filter(({ dueMs }) => dueMs <= nowMs),
    alsoWaiting: waiting.map(({ organizationId }) => organizationId),
  });
  const isPaused = (nowMs: number) =>
    nowMs < pausedUntilMs || pauses.some(({ fromMs, toMs }) => nowMs >= fromMs && nowMs < toMs);
  const count = (organizationId: string, points: number, extra: number) => {
    const share = shares.get(organizationId) ?? { organizationId, spent: 0, extra: 0 };
    shares.set(organizationId, { ...share, spent: share.spent + points, extra: share.extra + extra });
    pool = { ...pool, spent: pool.spent + points };
  };
  const begin = (nowMs: number, unit: Unit, calls: number) => {
    const replica = Math.floor(random() * input.replicas);
    const doneAtMs = nowMs + tickMs * (1 + Math.floor(random() * 3));
    running.push({ unit, left: calls, replica, doneAtMs });
  };
  const wait = (unit: Unit, calls: number, askedAtMs: number, dueMs: number) =>
    waiting.push({ ...unit, need: Math.min(unit.need, Math.max(1, calls)), askedAtMs, dueMs, unit, calls });

  /** Sends a unit's calls; what is left of them when Jira's quota is at its end. */
  const send = (nowMs: number, one: Running): void => {
    const jiraNow = windowAt(nowMs + jira.aheadMs, windowMs);
    if (jiraNow.startMs !== jiraWindow) jiraSpent = 0;
    jiraWindow = jiraNow.startMs;
    const endsMs = jiraNow.endMs - jira.aheadMs;
    while (one.left > 0) {
      if (jiraSpent + jira.price > jira.quota) {
        if (nowMs >= pausedUntilMs) {
          out.walls.push(nowMs);
          pool = afterWall(pool, counted() - underWay(), nowMs);
        }
        pausedUntilMs = Math.max(pausedUntilMs, endsMs + tickMs);
        wait(one.unit, one.left, one.unit.atMs, pausedUntilMs);
        return;
      }
      jiraSpent += jira.price;
      one.left -= 1;
      const left = jira.quota - jiraSpent;
      if (jira.headers === 'right')
        pool = afterHeaders(
          pool,
          { quota: jira.quota, left: left < jira.quota / 5 ? left : null, endsMs },
          nowMs,
          underWay(),
        );
    }
    if (pool.state === 'probing' && nowMs >= pausedUntilMs) pool = { ...pool, state: 'open' };
    out.servedAtMs.set(one.unit.id, nowMs);
  };

  for (let nowMs = 0; nowMs < input.windows * windowMs; nowMs += tickMs) {
    const turned = turnWindow(pool, counted(), nowMs, windowMs);
    if (turned.startMs !== pool.startMs) {
      out.windows.push({
        pool,
        shares: [...shares.values()],
        jiraSpent,
        waitedAllAlong: [...(allAlong ?? [])],
      });
      shares = new Map();
      allAlong = null;
    }
    pool = turned;
    for (const { atMs, replica } of deaths)
      if (atMs >= nowMs && atMs < nowMs + tickMs) {
        for (const one of running.filter((candidate) => candidate.replica === replica))
          wait(one.unit, one.left, one.unit.atMs, nowMs + leaseTicks * tickMs);
        running = running.filter((one) => one.replica !== replica);
        if (pool.state === 'probing') pool = { ...pool, state: 'probe' };
      }

    for (const one of running.filter(({ doneAtMs }) => doneAtMs <= nowMs)) {
      send(nowMs, one);
      running = running.filter((other) => other !== one);
    }

    for (; (units[next]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs; next += 1) {
      const unit = units[next] as Unit;
      const before = standing(nowMs);
      const grant = isPaused(nowMs) ? ({ granted: false } as const) : decideAsk(before, unit, nowMs);
      if (!grant.granted) {
        wait(unit, unit.calls, nowMs, nowMs);
        continue;
      }
      out.grants.push({ atMs: nowMs, by: 'ask', ask: unit, standing: before });
      count(unit.organizationId, unit.need, grant.extra);
      begin(nowMs, unit, unit.calls);
    }

    const wall = pool.wallAtMs;
    const isRecovering = wall !== null && nowMs < pausedUntilMs + windowMs / 60;
    const most = isRecovering ? pacedPoints(pool) * (tickMs / 1000) : Number.POSITIVE_INFINITY;
    const waitedNow = new Set(standing(nowMs).due.map(({ organizationId }) => organizationId));
    const stillAllAlong = (id: string) => allAlong === null || allAlong.has(id);
    if (!isPaused(nowMs))
      for (const { ticket, extra } of handOut(standing(nowMs), nowMs, most)) {
        const entry = waiting.find(({ id }) => id === ticket.id);
        if (!entry) throw new Error('a turn was handed out twice');
        out.grants.push({ atMs: nowMs, by: 'turn', ask: ticket, standing: standing(nowMs) });
        waiting = waiting.filter(({ id }) => id !== ticket.id);
        if (pool.state === 'probe') pool = { ...pool, state: 'probing' };
        count(ticket.organizationId, ticket.need, extra);
        begin(nowMs, entry.unit, entry.calls);
      }
    const waits = new Set(waiting.map(({ organizationId }) => organizationId));
    allAlong = new Set([...waitedNow].filter((id) => stillAllAlong(id) && waits.has(id)));
  }
  return out;
}

/** Mulberry32: small, and equal on every machine. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
