import { expect, it } from 'vitest';
import type { Stuck } from '../contracts/push-warning.ts';
import type { Trouble } from '../sync/status/walk.ts';
import { germanStuck } from './stuck-de.ts';
import { englishStuck } from './stuck-en.ts';

const resolution = { fieldId: 'resolution', name: 'Lösung' };
const region = { fieldId: 'customfield_10050', name: 'Region' };
const kept = (trouble: Trouble): Stuck => ({ why: 'kept', at: 'To Do', wanted: 'Resolved', trouble });

it.each<[Trouble, string, string]>([
  [
    { why: 'refused', transition: 'Done', wants: resolution, says: 'Resolution is required.' },
    '"Done" wants a resolution. Jira said: Resolution is required. The issue stays in "To Do".',
    '„Done“ verlangt eine Lösung. Jira sagte: Resolution is required. Der Vorgang bleibt in „To Do“.',
  ],
  [
    { why: 'refused', transition: 'Done', wants: null, says: 'Not before noon' },
    'Jira refused "Done". Jira said: Not before noon. The issue stays in "To Do".',
    'Jira hat „Done“ abgelehnt. Jira sagte: Not before noon. Der Vorgang bleibt in „To Do“.',
  ],
  [
    { why: 'needs_field', transition: 'Done', wants: region },
    '"Done" wants the field "Region", and UserHero has no value for it. The issue stays in "To Do".',
    '„Done“ verlangt das Feld „Region“; UserHero hat keinen Wert dafür. Der Vorgang bleibt in „To Do“.',
  ],
  [
    { why: 'no_way', transition: 'Done' },
    'Jira does not offer "Done" for this issue. The issue stays in "To Do".',
    'Jira bietet „Done“ für diesen Vorgang nicht an. Der Vorgang bleibt in „To Do“.',
  ],
  [
    { why: 'no_way', transition: null },
    'The Jira workflow has no way from "To Do" to a status for "Resolved". The issue stays in "To Do".',
    'Im Jira-Workflow führt kein Weg von „To Do“ zu einem Status für „Resolved“. Der Vorgang bleibt in „To Do“.',
  ],
  [
    { why: 'way_unknown' },
    'UserHero does not know the way from "To Do" to a status for "Resolved" in the Jira workflow. The issue stays in "To Do".',
    'UserHero kennt im Jira-Workflow keinen Weg von „To Do“ zu einem Status für „Resolved“. Der Vorgang bleibt in „To Do“.',
  ],
])('says what keeps an issue where it is: %j', (trouble, english, german) => {
  expect(englishStuck(kept(trouble))).toBe(english);
  expect(germanStuck(kept(trouble))).toBe(german);
});

it('says where an issue is stranded, what it wanted, and why it did not go back', () => {
  const trouble: Trouble = {
    why: 'refused',
    transition: 'Done',
    wants: resolution,
    says: 'Resolution is required.',
  };
  const about = { why: 'stranded', at: 'In Progress', start: 'To Do', wanted: 'Resolved', trouble } as const;
  const stuck: Stuck = { ...about, refused: { transition: 'Stop', says: 'Not now.' } };
  expect(englishStuck(stuck)).toBe(
    'The issue is now in "In Progress", where nobody put it: "Done" wants a resolution. Jira said: Resolution is required. Jira refused the way back to "To Do", "Stop": Not now. Move it in Jira.',
  );
  expect(germanStuck(stuck)).toMatch(/Jira hat den Rückweg nach „To Do“, „Stop“, abgelehnt: Not now\./);
  expect(englishStuck({ ...about, refused: null })).toContain('There is no way back to "To Do".');
  expect(germanStuck({ ...about, refused: null })).toContain('Einen Rückweg nach „To Do“ gibt es nicht.');
});
