import { expect, it } from 'vitest';
import {
  type ActivityCode,
  type ActivityFact,
  type ActivityValues,
  readActivityFact,
} from '../activity/activity-facts.ts';
import { activityText } from './activities.ts';
import { entryText } from './entry-text.ts';

const problem = { code: 'jira_rejected', detail: 'Jira said no.', remedy: 'Ask again.' } as const;
const change = { from: 'Open', to: 'Resolved', jiraStatus: 'Done' };
const kept = { status: 'Open', jiraStatus: 'Blocked' };
const issueKey = 'SHOP-12';

/** One of each. */
const examples: { [Code in ActivityCode]: ActivityValues<Code> } = {
  adapter_added: { workflow: 'Feedback' },
  connected: { sites: ['Acme', 'Nordwind'] },
  reconnected: { sites: ['Acme'] },
  disconnected: {},
  needs_reauth: {},
  site_chosen: { site: 'Acme' },
  site_changed: { from: 'https://a.example', to: 'https://b.example' },
  new_issues_changed: { issueType: 'Task', fields: ['Region'] },
  project_chosen: { project: 'Shop', key: 'SHOP', issueType: 'Task', resumed: 1, startsOver: true },
  project_state_changed: { key: 'SHOP', from: 'live', to: 'archived' },
  project_renamed: { from: { name: 'Shop', key: 'SHOP' }, to: { name: 'Store', key: 'STORE' } },
  send_changes_set: { on: true },
  sync_settings_changed: { rules: [{ thing: 'labels', direction: 'both', onConflict: 'ask' }] },
  paused: {},
  resumed: {},
  limit_waits: { for: 'quota', until: '2026-11-28T14:00:00.000Z' },
  limit_over: {},
  mapping_saved: {},
  mapping_applied: change,
  mapping_apply_ended: { state: 'stopped', problem, changed: 2, linked: 3 },
  pushed: { issueKey, jiraStatus: 'To Do' },
  push_failed: { problem },
  push_unfinished: { problem },
  priority_left_out: { wanted: 'Highest' },
  status_unreachable: { why: 'no_way', at: 'To Do', wanted: 'Resolved', refused: null },
  summary_shortened: { limit: 255 },
  description_shortened: {},
  description_simplified: { complete: true },
  description_left_out: {},
  not_on_screen: { field: 'labels' },
  remote_link_failed: { problem },
  item_changed: { status: { from: 'Open', to: 'Closed' }, fields: ['title', 'priority'] },
  change_sent: { jiraStatus: 'Done', fields: ['title', 'labels'] },
  change_failed: { problem },
  change_not_sent: { referenceState: 'not_visible' },
  issue_not_moved: { why: 'transition_failed', at: 'To Do', problem },
  status_changed: change,
  fields_taken: { fields: ['title', 'description'] },
  field_held: { field: 'priority' },
  status_unmapped: kept,
  status_kept: kept,
  status_fits: kept,
  event_late: { jiraStatus: 'Done' },
  event_replayed: { eventId: '42' },
  linked: { issueKey },
  unlinked: { issueKey },
  issue_moved: { from: 'SHOP-12', to: 'STORE-1', outside: true },
  issue_deleted: { issueKey },
  issue_gone: { issueKey },
  project_deleted: { issueKey },
  issue_hidden: { issueKey },
  issue_back: { issueKey },
  issues_moved: { count: 12 },
  issues_gone: { count: 12 },
  issues_lost_project: { count: 12 },
  issues_hidden: { count: 12 },
  issues_back: { count: 12 },
  changes_found: { drifted: 1, deleted: 0, not_visible: 2, project_deleted: 0 },
  reconciled: { checked: 3, drifted: 1, deleted: 1, not_visible: 0, project_deleted: 0, unread: 0 },
  check_failed: { problem },
  connection_refused: { problem },
  connection_restored: {},
  webhook_failed: { problem },
  webhook_refused: { problem },
};

const facts = Object.entries(examples).map(([code, values]) => ({ code, values }) as ActivityFact);

it.each(facts)('$code is a sentence in English and another one in German', (fact) => {
  const sentences = [activityText('en', fact), activityText('de', fact)];
  for (const sentence of sentences) {
    expect(sentence).toMatch(/\S{3}/);
    expect(sentence).not.toMatch(/undefined|\[object|null/);
  }
  expect(new Set(sentences).size).toBe(2);
});

it.each(facts)('$code is read from the database as it was written', (fact) => {
  expect(readActivityFact(JSON.parse(JSON.stringify(fact)))).toEqual(fact);
});

it('an edit names what was edited in the words of the language', () => {
  const fact = { code: 'item_changed', values: examples.item_changed } as const;
  expect(activityText('en', fact)).toBe('Status changed from Open to Closed; title, priority edited');
  expect(activityText('de', fact)).toBe('Status von Open zu Closed geändert; Titel, Priorität bearbeitet');
  const ofFields: ActivityFact = { code: 'item_changed', values: { status: null, fields: ['labels'] } };
  expect(activityText('en', ofFields)).toBe('Labels edited');
  expect(activityText('de', ofFields)).toBe('Labels bearbeitet');
});

it('what was sent is named, and is only a change where an entry does not say what', () => {
  const fact = { code: 'change_sent', values: examples.change_sent } as const;
  expect(activityText('en', fact)).toBe('Sent to Jira: title, labels; the issue is in "Done"');
  expect(activityText('de', fact)).toBe('An Jira gesendet: Titel, Labels; der Vorgang ist in „Done“');
  expect(activityText('en', { code: 'change_sent', values: { jiraStatus: 'Done' } })).toBe(
    'Change sent to Jira; the issue is in "Done"',
  );
});

it('changed rules are told in the words of the page', () => {
  const fact: ActivityFact = {
    code: 'sync_settings_changed',
    values: {
      rules: [
        { thing: 'summary', direction: 'both', onConflict: 'ask' },
        { thing: 'status', direction: 'from-jira', onConflict: 'jira' },
        { thing: 'labels', direction: 'off', onConflict: 'jira' },
      ],
    },
  };
  expect(activityText('en', fact)).toBe(
    'Syncing changed. Title: both ways (Ask on the item); Status: from Jira (Jira wins); Labels: off',
  );
  expect(activityText('de', fact)).toBe(
    'Abgleich geändert. Titel: In beide Richtungen (Beim Eintrag nachfragen); Status: Aus Jira (Der Wert aus Jira zählt); Labels: Aus',
  );
});

it('an entry from before codes, or of a newer service, keeps the service’s sentence', () => {
  const summary = 'Robin did something';
  expect(entryText('de', { code: null, values: null, summary })).toBe(summary);
  expect(entryText('de', { code: 'of_tomorrow' as ActivityCode, values: {}, summary })).toBe(summary);
  expect(entryText('de', { code: 'linked', values: { issueKey }, summary })).toBe('Mit SHOP-12 verknüpft');
});

it('a code without its values, or unknown, is no fact', () => {
  expect(readActivityFact({ code: 'linked', values: {} })).toBeNull();
  expect(readActivityFact({ code: 'of_tomorrow', values: {} })).toBeNull();
  expect(readActivityFact({ code: 'toString', values: {} })).toBeNull();
});
