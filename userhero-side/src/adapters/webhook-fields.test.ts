import { standardSettings } from '@userhero/shared/sync/settings.ts';
import { fieldThings } from '@userhero/shared/sync/things.ts';
import { describe, expect, it } from 'vitest';
import { isSameList, letsPass, webhookFields } from './webhook-fields.ts';

const always = ['status', 'resolution', 'project', 'issuetype'];
const off = Object.fromEntries(
  Object.entries(standardSettings).map(([name, rule]) => [name, { ...rule, direction: 'off' }]),
) as typeof standardSettings;

describe('the fields of the webhook', () => {
  it('are those that every adapter needs where nothing else is on', () => {
    expect(webhookFields([off])).toEqual(always);
    expect(webhookFields([])).toEqual(always);
  });

  it.each(fieldThings)('name those of $name where it is on, in any direction', ({ name, jiraFields }) => {
    for (const direction of ['to-jira', 'from-jira', 'both'] as const) {
      const on = { ...off, [name]: { ...off[name], direction } };
      expect(webhookFields([on])).toEqual([...always, ...jiraFields]);
    }
  });

  it('are those of all adapters together, each once', () => {
    const labels = { ...off, labels: { ...off.labels, direction: 'both' as const } };
    const both = { ...labels, priority: { ...off.priority, direction: 'from-jira' as const } };
    expect(webhookFields([labels, both]).sort()).toEqual([...always, 'labels', 'priority'].sort());
  });
});

describe('a list that Jira gives back', () => {
  it.each([[['b', 'a']], [['a', 'b', 'a']], [[' A', 'B']]])('is the same as %j', (list) => {
    expect(isSameList(list, ['a', 'b'])).toBe(true);
  });

  it.each([[null], [['a']], [['a', 'b', 'c']], [[]]])('is another as %j', (list) => {
    expect(isSameList(list, ['a', 'b'])).toBe(false);
  });

  it('lets pass what it names, and everything where it is absent', () => {
    expect([letsPass(null, ['a']), letsPass(['b', 'a'], ['a']), letsPass(['b'], ['a'])]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
