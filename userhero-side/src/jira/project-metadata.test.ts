import { expect, it } from 'vitest';
import type { CreateScreen, Jira } from './jira.ts';
import { createMetadataSource, type Place } from './project-metadata.ts';

const place: Place = { cloudId: 'cloud', projectId: '10000', issueTypeId: '10001' };
const whole: CreateScreen = { priorities: [], fieldIds: ['summary', 'description'], requiredFields: [] };

/** A Jira that shows these create screens one after the other, and then the last one. */
function jiraShowing(...screens: CreateScreen[]) {
  const asked: string[] = [];
  const talk: Pick<Jira, 'readCreateScreen' | 'listStatuses'> = {
    async readCreateScreen(projectId) {
      const value = screens[Math.min(asked.push(projectId), screens.length) - 1] ?? whole;
      return { ok: true, value };
    },
    listStatuses: async () => ({ ok: true, value: [] }),
  };
  return { asked, jira: talk as Jira };
}

it('asks Jira once, until ten minutes are over or the place is forgotten', async () => {
  let now = Date.parse('2026-11-27T12:00:00Z');
  const source = createMetadataSource(() => new Date(now));
  const { jira, asked } = jiraShowing(whole);
  await source.get(jira, place);
  await source.get(jira, place);
  expect(asked).toHaveLength(1);
  source.forget(place);
  await source.get(jira, place);
  expect(asked).toHaveLength(2);
  now += 11 * 60_000;
  await source.get(jira, place);
  expect(asked).toHaveLength(3);
});

it('does not keep a create screen without a summary: the next push asks again', async () => {
  const source = createMetadataSource(() => new Date());
  const odd: CreateScreen = { ...whole, fieldIds: [] };
  const { jira, asked } = jiraShowing(odd, whole);
  await source.get(jira, place);
  expect(await source.get(jira, place)).toMatchObject({
    ok: true,
    value: { fieldIds: ['summary', 'description'] },
  });
  await source.get(jira, place);
  expect(asked).toHaveLength(2);
});
