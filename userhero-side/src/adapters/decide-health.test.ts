import { expect, it } from 'vitest';
import { decideHealth, type HealthFacts, isCheckedLately, summariseHealth } from './decide-health.ts';

const now = new Date('2026-11-27T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const fine: HealthFacts = {
  state: 'active',
  notSyncing: null,
  lastCheckedAt: ago(30),
  hoursBetweenChecks: 1,
  failedCheck: null,
  refusedSince: null,
  project: null,
  lastEventAt: ago(5),
  listeningSince: ago(600),
  pendingEvents: 0,
  lateIssues: 0,
  ignoredEvents: 0,
  refusedEvent: null,
  webhookProblem: null,
  failedEvents: 0,
  failedPushes: 0,
  waitingForJira: 0,
  unmappedStatuses: [],
};
const failed = { at: ago(1), code: 'jira_unavailable' as const, detail: 'Jira took too long to answer.' };

it('an active adapter that was checked lately and hears from Jira is healthy', () => {
  expect(decideHealth(fine, now)).toEqual([]);
  expect(summariseHealth(fine, [])).toEqual({ level: 'healthy', summary: 'All changes synced.' });
  expect(summariseHealth({ ...fine, pendingEvents: 2 }, []).summary).toBe('Applying 2 events from Jira.');
  expect(summariseHealth({ ...fine, waitingForJira: 1 }, []).summary).toBe(
    'Pushes or changes wait for Jira.',
  );
});

it('an adapter whose searches are further apart, since all share the points, is healthy meanwhile', () => {
  expect(decideHealth({ ...fine, lastCheckedAt: ago(359), hoursBetweenChecks: 2 }, now)).toEqual([]);
});

it('one that was checked lately is not overdue, however near to each other the searches are', () => {
  for (const minutes of [0, 60, 180, 181, 600]) {
    const asked = { ...fine, lastCheckedAt: ago(minutes) };
    expect(isCheckedLately(asked, now)).toBe(decideHealth(asked, now).length === 0);
  }
  expect(isCheckedLately({ lastCheckedAt: null }, now)).toBe(true);
});

const rules: [string, Partial<HealthFacts>, string][] = [
  ['Jira refuses the connection', { refusedSince: ago(3), failedCheck: failed }, 'jira_refuses'],
  ['the newest check failed', { failedCheck: failed }, 'check_failed'],
  ['no check succeeded for hours', { lastCheckedAt: ago(181) }, 'check_overdue'],
  [
    'no check succeeded for three times as long as searches are apart',
    { lastCheckedAt: ago(361), hoursBetweenChecks: 2 },
    'check_overdue',
  ],
  [
    'no check succeeded for more than a day',
    { lastCheckedAt: ago(25 * 60 + 1), hoursBetweenChecks: 20 },
    'check_overdue',
  ],
  ...(['not_visible', 'deleted', 'archived'] as const).map(
    (trouble): [string, Partial<HealthFacts>, string] => [
      `the project is ${trouble}`,
      { project: { trouble, key: 'HR', account: 'Max Member' } },
      `project_${trouble}`,
    ],
  ),
  ['events keep coming too late', { lateIssues: 1 }, 'events_late'],
  ['events of another site keep being ignored', { ignoredEvents: 3 }, 'events_ignored'],
  [
    'what a rule sends cannot be read',
    { refusedEvent: { at: ago(2), code: 'not_an_event', detail: 'The body is empty.' } },
    'events_refused',
  ],
  [
    'Jira does not take the webhook and no event has come since',
    { webhookProblem: { ...failed, at: ago(4) } },
    'webhook_not_registered',
  ],
  ['events could not be applied', { failedEvents: 1 }, 'events_failed'],
  ['pushes failed today', { failedPushes: 2 }, 'pushes_failed'],
  ['a Jira status has no mapping', { unmappedStatuses: ['On Hold'] }, 'statuses_unmapped'],
];

it.each(rules)('is not healthy while %s', (_, change, code) => {
  const facts = { ...fine, ...change };
  const reasons = decideHealth(facts, now);
  expect(reasons).toMatchObject([{ code, severity: 'problem' }]);
  expect(reasons[0]?.remedy).not.toBe('');
  expect(summariseHealth(facts, reasons).level).toBe('attention');
});

it('is healthy without a webhook of its own while events come another way', () => {
  expect(decideHealth({ ...fine, webhookProblem: { ...failed, at: ago(6) } }, now)).toEqual([]);
});

it('is not called healthy before the first event, without alarm', () => {
  const facts = { ...fine, lastEventAt: null };
  const reasons = decideHealth(facts, now);
  expect(reasons).toMatchObject([{ code: 'no_event_yet', severity: 'waiting' }]);
  expect(summariseHealth(facts, reasons)).toMatchObject({ level: 'waiting' });
});

it('an event from before the adapter was connected again proves nothing about the new connection', () => {
  const [reason] = decideHealth({ ...fine, lastEventAt: ago(700) }, now);
  expect(reason).toMatchObject({
    code: 'no_event_yet',
    message: 'No event has arrived from Jira since the adapter was connected.',
  });
});

it('says that the first check has not finished', () => {
  expect(decideHealth({ ...fine, lastCheckedAt: null }, now)).toMatchObject([
    { code: 'not_checked_yet', severity: 'waiting' },
  ]);
});

it('an adapter that is not active says only that', () => {
  const facts: HealthFacts = {
    ...fine,
    state: 'paused',
    failedEvents: 3,
    notSyncing: { detail: 'The adapter is paused.', remedy: 'Resume when ready.' },
  };
  const reasons = decideHealth(facts, now);
  expect(reasons.map(({ code }) => code)).toEqual(['not_syncing']);
  expect(summariseHealth(facts, reasons)).toEqual({ level: 'not_syncing', summary: 'Resume when ready.' });
});

it('quotes Jira in the reason, with a full stop', () => {
  const facts = {
    ...fine,
    refusedSince: ago(3),
    failedCheck: { ...failed, detail: 'The app is blocked by your administrator' },
  };
  expect(decideHealth(facts, now)[0]?.message).toBe(
    'Jira refuses the connection: The app is blocked by your administrator.',
  );
});
