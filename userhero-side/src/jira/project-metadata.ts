import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { LearnedSteps, Transition } from '@userhero/shared/jira/transition.ts';
import type { CreateScreen, Jira, JiraAnswer } from './jira.ts';

/** What a push needs to know of a Jira project and issue type; asked once, kept for a while. */
export type ProjectMetadata = CreateScreen & { statuses: JiraStatus[] };

export type MetadataSource = {
  get(jira: Jira, place: Place): Promise<JiraAnswer<ProjectMetadata>>;
  /** Forgets a place, so that the next question asks Jira: after an error that says it has changed. */
  forget(place: Place): void;
  learnedSteps(place: Place): LearnedSteps;
  learn(place: Place, fromStatusId: string, transitions: readonly Transition[]): void;
  /** What was learned of a status is not so for every issue. */
  doubt(place: Place, fromStatusId: string): void;
  /** The statuses of an issue type, in the order of its workflow. */
  statuses(jira: Jira, place: Place): Promise<JiraAnswer<JiraStatus[]>>;
};

export type Place = { cloudId: string; projectId: string; issueTypeId: string };

const keepForMs = 10 * 60_000;
const mostPlaces = 2_000;

/**
 * Keeps project metadata with expiry, so that a status change costs no look-up and a push three calls.
 * What transitions lead where is learnt from what Jira shows on the way.
 */
export function createMetadataSource(now: () => Date): MetadataSource {
  const kept = new Map<string, { until: number; answer: Promise<JiraAnswer<ProjectMetadata>> }>();
  const listed = new Map<string, { until: number; answer: Promise<JiraAnswer<JiraStatus[]>> }>();
  const doubted = new Set<string>();
  const steps = new Map<string, LearnedSteps>();
  const keyOf = (place: Place): string => `${place.cloudId}/${place.projectId}/${place.issueTypeId}`;

  return {
    async get(jira, place) {
      const key = keyOf(place);
      const entry = kept.get(key);
      if (entry && entry.until > now().getTime()) return entry.answer;
      const answer = load(jira, place);
      kept.delete(key);
      kept.set(key, { until: now().getTime() + keepForMs, answer });
      dropOldest(kept);
      const settled = await answer;
      // An odd answer, once given, must not cost the next pushes their fields.
      if (!settled.ok || !settled.value.fieldIds.includes('summary')) kept.delete(key);
      return settled;
    },
    forget(place) {
      kept.delete(keyOf(place));
      listed.delete(keyOf(place));
    },
    async statuses(jira, place) {
      const key = keyOf(place);
      const whole = kept.get(key);
      const metadata = whole && whole.until > now().getTime() ? await whole.answer : null;
      if (metadata?.ok) return { ok: true, value: metadata.value.statuses };
      const entry = listed.get(key);
      if (entry && entry.until > now().getTime()) return entry.answer;
      const answer = jira.listStatuses(place.projectId, place.issueTypeId);
      listed.delete(key);
      listed.set(key, { until: now().getTime() + keepForMs, answer });
      dropOldest(listed);
      const settled = await answer;
      if (!settled.ok || settled.value.length === 0) listed.delete(key);
      return settled;
    },
    learnedSteps(place) {
      const key = keyOf(place);
      const known = Object.entries(steps.get(key) ?? {});
      // One that another issue was not offered is only taken where it is offered.
      return Object.fromEntries(
        known.map(([from, offered]) => [
          from,
          doubted.has(`${key}/${from}`) ? offered.filter(({ conditional }) => !conditional) : offered,
        ]),
      );
    },
    doubt(place, fromStatusId) {
      doubted.add(`${keyOf(place)}/${fromStatusId}`);
    },
    learn(place, fromStatusId, transitions) {
      steps.set(keyOf(place), { ...steps.get(keyOf(place)), [fromStatusId]: transitions });
      dropOldest(steps);
    },
  };
}

function dropOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > mostPlaces && oldest !== undefined) map.delete(oldest);
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
