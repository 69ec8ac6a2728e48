import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { LearnedSteps, Transition } from '@userhero/shared/jira/transition.ts';
import type { LearnedKey, LearnedStore } from '../store/learned-store.ts';
import type { CreateScreen, Jira, JiraAnswer } from './jira.ts';
import {
  hindranceKeptMs,
  isOutdated,
  type LearnedStep,
  type LearnedWorkflow,
  screenKeptMs,
  stepKeptMs,
  toLearned,
  usableSteps,
} from './learned-workflow.ts';

/** What a push needs to know of a Jira project and issue type; asked once, kept for a while. */
export type ProjectMetadata = CreateScreen & { statuses: JiraStatus[] };

/** A workflow of Jira's, as an adapter sees it. */
export type Place = LearnedKey;

/**
 * What is known of Jira's workflows. What is learned may be wrong by now: trying it costs a point, and a refusal changes
 * nothing in Jira. What is written is for all replicas; another one sees it within a minute.
 */
export type MetadataSource = {
  /**
   * The create screen and the statuses.
   *
   * @param keptMs how old they may be, in milliseconds; a day where nobody looks at them
   */
  get(jira: Jira, place: Place, keptMs?: number): Promise<JiraAnswer<ProjectMetadata>>;
  /** The statuses of an issue type, in the order of its workflow. */
  statuses(jira: Jira, place: Place): Promise<JiraAnswer<JiraStatus[]>>;
  /** Forgets screen and statuses, so that the next question asks Jira: after an error that says they have changed. */
  forget(place: Place): void;
  /** Forgets all that was learned through an adapter: what it led to shows that it is of other workflows. */
  forgetAll(adapterId: string): void;
  /**
   * The transitions that may be tried without reading an issue; none before the place was asked for.
   *
   * @param isFresh only what was seen in the last ten minutes
   */
  learnedSteps(place: Place, isFresh?: boolean): LearnedSteps;
  /** Learns from what Jira offers an issue in a status. */
  learn(place: Place, fromStatusId: string, offered: readonly Transition[]): void;
  /** What was learned of a status is not so for every issue: Jira refused it, or did not know it. */
  doubt(place: Place, fromStatusId: string): void;
  /** The status that a new issue begins in; `null` where none was seen. */
  initialStatus(place: Place): JiraStatus | null;
  /** Learns from the status in which a new issue was read. */
  learnInitial(place: Place, status: JiraStatus): void;
  /** Waits for what is still being written. */
  stop(): Promise<void>;
};

/** For how long a process goes by what it read of the tables. */
const keepRowMs = 60_000;
const mostPlaces = 500;

type Kept = {
  until: number;
  learned: LearnedWorkflow;
  asking: { screen: Promise<JiraAnswer<ProjectMetadata>> | null };
};

/** Keeps what is learned in the tables, and for a minute in memory. */
export function createMetadataSource(
  store: LearnedStore,
  now: () => Date,
  logError: (error: unknown, message: string) => void,
): MetadataSource {
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<Kept>>();
  let written: Promise<void> = Promise.resolve();
  const keyOf = (place: Place): string =>
    `${place.adapterId}/${place.cloudId}/${place.projectId}/${place.issueTypeId}`;

  const freshly = (place: Place): Promise<Kept> => {
    const key = keyOf(place);
    const entry = kept.get(key);
    if (entry && entry.until > now().getTime()) return Promise.resolve(entry);
    const begun = reading.get(key);
    if (begun) return begun;
    const read = store
      .read(place)
      .then((row) => keep(place, toLearned(row)))
      .finally(() => reading.delete(key));
    reading.set(key, read);
    return read;
  };
  const keep = (place: Place, learned: LearnedWorkflow): Kept => {
    const key = keyOf(place);
    const entry = { until: now().getTime() + keepRowMs, learned, asking: { screen: null } };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > mostPlaces && oldest !== undefined) kept.delete(oldest);
    return entry;
  };
  const change = (place: Place, learned: Partial<LearnedWorkflow>): void => {
    const entry = kept.get(keyOf(place));
    if (entry) entry.learned = { ...entry.learned, ...learned };
  };
  // One after the other, so that the last word is the last. What is lost is learned again: it must not hold up, or fail,
  // what somebody waits for.
  const write = (statement: () => Promise<void>): void => {
    written = written
      .then(statement)
      .catch((error: unknown) => logError(error, 'what was learned of a workflow was not kept'));
  };
  const forget = (place: Place): void => {
    change(place, { screen: null, statuses: null, readAtMs: 0 });
    write(() => store.forgetScreen(place));
  };
  const changeStep = (place: Place, from: string, step: LearnedStep): void => {
    const steps = kept.get(keyOf(place))?.learned.steps;
    if (steps) change(place, { steps: new Map(steps).set(from, step) });
  };
  const remember = (place: Place, screen: CreateScreen | null, statuses: JiraStatus[]): void => {
    const readAt = now();
    change(place, { screen, statuses, readAtMs: readAt.getTime(), initialStatusId: null });
    write(() => store.saveScreen(place, screen, statuses, readAt));
  };
  const ask = async (jira: Jira, place: Place): Promise<JiraAnswer<ProjectMetadata>> => {
    const answer = await load(jira, place);
    // An odd answer, once given, must not cost the next pushes their fields.
    if (answer.ok && answer.value.fieldIds.includes('summary')) {
      const { statuses, ...screen } = answer.value;
      remember(place, screen, statuses);
    }
    return answer;
  };

  return {
    async get(jira, place, keptMs = screenKeptMs) {
      const entry = await freshly(place);
      const { screen, statuses, readAtMs } = entry.learned;
      if (screen && statuses && now().getTime() - readAtMs < keptMs)
        return { ok: true, value: { ...screen, statuses: [...statuses] } };
      entry.asking.screen ??= ask(jira, place).finally(() => {
        entry.asking.screen = null;
      });
      return entry.asking.screen;
    },
    async statuses(jira, place) {
      const { statuses, readAtMs } = (await freshly(place)).learned;
      if (statuses && now().getTime() - readAtMs < screenKeptMs) return { ok: true, value: [...statuses] };
      const answer = await jira.listStatuses(place.projectId, place.issueTypeId);
      if (answer.ok && answer.value.length > 0) remember(place, null, answer.value);
      return answer;
    },
    forget,
    forgetAll(adapterId) {
      for (const key of [...kept.keys()]) if (key.startsWith(`${adapterId}/`)) kept.delete(key);
      write(() => store.forgetAll(adapterId));
    },
    learnedSteps(place, isFresh = false) {
      const entry = kept.get(keyOf(place));
      const keptMs = isFresh ? hindranceKeptMs : stepKeptMs;
      return entry ? usableSteps(entry.learned, now().getTime(), keptMs) : {};
    },
    learn(place, from, offered) {
      const learned = kept.get(keyOf(place))?.learned;
      const before = learned?.steps.get(from);
      const nowMs = now().getTime();
      if (
        learned &&
        isOutdated(
          learned,
          offered.map(({ to }) => to),
        )
      )
        forget(place);
      const isSame = before && JSON.stringify(before.offered) === JSON.stringify(offered);
      // What is seen unchanged is written again before it is no longer believed in full.
      if (isSame && nowMs - before.seenAtMs < hindranceKeptMs) return;
      changeStep(place, from, { offered, seenAtMs: nowMs, isDoubted: before?.isDoubted ?? false });
      write(() => store.saveStep(place, from, offered, now()));
    },
    doubt(place, from) {
      const before = kept.get(keyOf(place))?.learned.steps.get(from);
      if (before?.isDoubted) return;
      if (before) changeStep(place, from, { ...before, isDoubted: true });
      write(() => store.doubtStep(place, from));
    },
    initialStatus(place) {
      const learned = kept.get(keyOf(place))?.learned;
      return learned?.statuses?.find(({ id }) => id === learned.initialStatusId) ?? null;
    },
    learnInitial(place, status) {
      const learned = kept.get(keyOf(place))?.learned;
      if (learned && isOutdated(learned, [status])) forget(place);
      if (learned?.initialStatusId === status.id) return;
      change(place, { initialStatusId: status.id });
      write(() => store.saveInitial(place, status.id));
    },
    async stop() {
      await written;
    },
  };
}

async function load(jira: Jira, { projectId, issueTypeId }: Place): Promise<JiraAnswer<ProjectMetadata>> {
  const [screen, statuses] = await Promise.all([
    jira.readCreateScreen(projectId, issueTypeId),
    jira.listStatuses(projectId, issueTypeId),
  ]);
  if (!screen.ok) return screen;
  if (!statuses.ok) return statuses;
  return { ok: true, value: { ...screen.value, statuses: statuses.value } };
}
