import type { AdapterState } from '@userhero/shared/contracts/adapter.ts';
import type {
  HealthCode,
  HealthLevel,
  HealthReason,
  HealthValues,
} from '@userhero/shared/contracts/health.ts';
import type { ProblemText } from '@userhero/shared/contracts/problem.ts';
import type { ProjectTrouble } from '@userhero/shared/domain/project-state.ts';
import { reasonText } from '@userhero/shared/health/health-text.ts';

/** What health is decided from; `readHealthFacts` reads it. */
export type HealthFacts = {
  state: AdapterState;
  /** Why the adapter does not sync, and what to do; used when it is not active. */
  notSyncing: { detail: string; remedy: string } | null;
  /** When the linked issues were last compared with Jira. */
  lastCheckedAt: Date | null;
  /** How many hours apart comparisons are at present, since all adapters share Jira's points. */
  hoursBetweenChecks: number;
  /** The newest comparison, if it failed. */
  failedCheck: ({ at: Date } & ProblemText) | null;
  /** Since when Jira refuses the connection itself. */
  refusedSince: Date | null;
  /** What keeps the Jira project from being synced. */
  project: { trouble: ProjectTrouble; key: string; account: string } | null;
  /** When an event arrived last. */
  lastEventAt: Date | null;
  /** When Jira was last asked to send events: the project was chosen, or the adapter reconnected. */
  listeningSince: Date | null;
  pendingEvents: number;
  /** Issues whose events keep coming too late to count. */
  lateIssues: number;
  /** Events of an address that no site is known to have. */
  ignoredEvents: number;
  /** Why what was last sent with the adapter's own secret could not be read. */
  refusedEvent: ({ at: Date } & ProblemText) | null;
  /** Why Jira does not take UserHero's webhook, since when it is known. */
  webhookProblem: ({ at: Date } & ProblemText) | null;
  failedEvents: number;
  failedPushes: number;
  /** Pushes and changes that wait for Jira's limits. */
  waitingForJira: number;
  unmappedStatuses: string[];
};

/** Two comparisons may fail before anybody is told that they stopped; after a day it is told in any case. */
const mostMissed = 3;
const longestHours = 25;
const hourMs = 60 * 60_000;

/** Whether the last comparison is so near that it is not overdue, however near to each other comparisons are. */
export function isCheckedLately({ lastCheckedAt }: Pick<HealthFacts, 'lastCheckedAt'>, now: Date): boolean {
  return lastCheckedAt === null || now.getTime() - lastCheckedAt.getTime() <= mostMissed * hourMs;
}

/**
 * Everything that speaks against calling an adapter healthy, the gravest first; empty when it is. Pure, so each rule is
 * a line here and a line in its test.
 */
export function decideHealth(facts: HealthFacts, now: Date): HealthReason[] {
  if (facts.state !== 'active') return [problem('not_syncing', facts.notSyncing ?? {})];
  return [
    ...connectionReasons(facts, now),
    ...projectReasons(facts),
    ...eventReasons(facts),
    ...(facts.failedPushes > 0 ? [problem('pushes_failed', { count: facts.failedPushes })] : []),
    ...(facts.unmappedStatuses.length > 0
      ? [problem('statuses_unmapped', { names: facts.unmappedStatuses })]
      : []),
    ...(hasHeardFromJira(facts) ? [] : [noEventYet(facts)]),
  ];
}

/** How the reasons are summed up: one word for a badge, and one line. */
export function summariseHealth(
  facts: HealthFacts,
  reasons: readonly HealthReason[],
): { level: HealthLevel; summary: string } {
  const problems = reasons.filter((reason) => reason.severity === 'problem');
  if (facts.state !== 'active') return { level: 'not_syncing', summary: facts.notSyncing?.remedy ?? '' };
  if (problems.length > 0)
    return { level: 'attention', summary: problems.map((reason) => reason.message).join(' ') };
  const [awaited] = reasons;
  if (awaited) return { level: 'waiting', summary: awaited.message };
  return { level: 'healthy', summary: progress(facts) };
}

function progress({ pendingEvents, waitingForJira }: HealthFacts): string {
  if (pendingEvents > 0)
    return `Applying ${pendingEvents} ${pendingEvents === 1 ? 'event' : 'events'} from Jira.`;
  return waitingForJira > 0 ? 'Pushes or changes wait for Jira.' : 'All changes synced.';
}

function connectionReasons(
  { refusedSince, failedCheck, lastCheckedAt, hoursBetweenChecks }: HealthFacts,
  now: Date,
): HealthReason[] {
  if (refusedSince) {
    return [
      problem('jira_refuses', {
        ...(failedCheck ? valuesOf(failedCheck) : {}),
        since: refusedSince.toISOString(),
      }),
    ];
  }
  if (failedCheck) {
    return [problem('check_failed', valuesOf(failedCheck))];
  }
  if (lastCheckedAt === null) return [waiting('not_checked_yet')];
  const longestMs = Math.min(longestHours, mostMissed * hoursBetweenChecks) * hourMs;
  const isOverdue = now.getTime() - lastCheckedAt.getTime() > longestMs;
  return isOverdue ? [problem('check_overdue', { since: lastCheckedAt.toISOString() })] : [];
}

function projectReasons({ project }: HealthFacts): HealthReason[] {
  if (!project) return [];
  return [problem(`project_${project.trouble}`, { names: [project.key], detail: project.account })];
}

function eventReasons(facts: HealthFacts): HealthReason[] {
  const { failedEvents, lateIssues, ignoredEvents } = facts;
  return [
    ...webhookReasons(facts),
    ...(facts.refusedEvent ? [problem('events_refused', valuesOf(facts.refusedEvent))] : []),
    ...(failedEvents > 0 ? [problem('events_failed', { count: failedEvents })] : []),
    ...(lateIssues > 0 ? [problem('events_late', { count: lateIssues })] : []),
    ...(ignoredEvents > 0 ? [problem('events_ignored', { count: ignoredEvents })] : []),
  ];
}

/** No matter where events arrive all the same: by the Forge app, or a webhook that somebody made by hand. */
function webhookReasons({ webhookProblem, lastEventAt }: HealthFacts): HealthReason[] {
  if (!webhookProblem || (lastEventAt !== null && lastEventAt > webhookProblem.at)) return [];
  return [problem('webhook_not_registered', valuesOf(webhookProblem))];
}

function valuesOf({ at, code, detail, remedy }: { at: Date } & ProblemText): HealthValues {
  return { since: at.toISOString(), problem: code, detail, ...(remedy === undefined ? {} : { remedy }) };
}

function hasHeardFromJira({ lastEventAt, listeningSince }: HealthFacts): boolean {
  return lastEventAt !== null && (listeningSince === null || lastEventAt >= listeningSince);
}

function problem(code: HealthCode, values: HealthValues): HealthReason {
  return { code, severity: 'problem', ...reasonText(code, values), values };
}

/** Events of before the connection are no news of it; where there were none, nothing is said of them. */
function noEventYet({ lastEventAt, listeningSince }: HealthFacts): HealthReason {
  return waiting(
    'no_event_yet',
    lastEventAt && listeningSince ? { since: listeningSince.toISOString() } : {},
  );
}

function waiting(code: HealthCode, values: HealthValues = {}): HealthReason {
  return { code, severity: 'waiting', ...reasonText(code, values), values };
}
