import type { SaveSync } from '@userhero/shared/sync/settings.ts';
import { fieldThings } from '@userhero/shared/sync/things.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { syncRegisteredWebhook } from '../src/adapters/registered-webhook.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { ownJira } from './support/own-jira.ts';
import { bodyOf, connectJira, moveInJira, pushedItem } from './support/steps.ts';
import { editInJira, saveSync } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectJira>>;
const always = ['issuetype', 'project', 'resolution', 'status'];

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(async () => {
  connected = await connectJira(harness);
  await fieldsBecome(always);
});
afterEach(async () => {
  await harness.jira('POST', '/sandbox/api/settings', { webhookListForm: 'unchanged' });
  bodyOf(await harness.robin('POST', `/api/adapters/${connected.adapter.id}/disconnect`));
  for (const site of harness.sandbox.world.sites) site.dynamicWebhooks = [];
});

const inJira = () => harness.sandbox.world.sites.flatMap((site) => site.dynamicWebhooks);
const fieldsBecome = (fields: readonly string[]) =>
  until(`the fields ${fields.join(' ')}`, async () => {
    const [one, ...more] = inJira();
    return more.length === 0 && one?.fieldIdsFilter?.toSorted().join() === fields.toSorted().join();
  });

/** What Jira has sent for the registered webhook about the issue: the fields of each change. */
const sent = (key: string) =>
  harness.sandbox.world.deliveries
    .filter(({ source, issueKey }) => source === 'dynamic' && issueKey === key)
    .map(({ body, event }) => {
      const items: { fieldId: string }[] = JSON.parse(body).changelog?.items ?? [];
      return items.map(({ fieldId }) => fieldId).join(' ') || event;
    });

/** The daily look. */
const look = () =>
  syncRegisteredWebhook(
    {
      db: harness.database.prisma,
      openJira: ownJira(harness),
      publicUrl: harness.origin,
      now: () => new Date(),
    },
    connected.adapter.id,
  );

const edits: Record<string, Parameters<typeof editInJira>[2]> = {
  summary: { summary: 'Edited in Jira' },
  description: { description: 'Edited in Jira' },
  priority: { priority: 'Low' },
  labels: { labels: ['edited'] },
};

it('sends the status and moves, and no edit of a field that is off', async () => {
  const { key } = await pushedItem(harness, connected.workflow);
  const before = sent(key).length;
  for (const edit of [...Object.values(edits), { assignee: 'max' }]) await editInJira(harness, key, edit);
  await moveInJira(harness, key, 'In Progress');
  await moveInJira(harness, key, 'Done');
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/delete`, { site: 'acme' }), 204);
  expect(sent(key).slice(before)).toEqual(['status', expect.stringMatching(/status/), 'jira:issue_deleted']);
});

it('names our property', () => {
  expect(inJira().map(({ issuePropertyKeysFilter }) => issuePropertyKeysFilter)).toEqual([['userhero.item']]);
});

it.each(fieldThings)('sends edits of $name while it is on, and none when it is off again', async ({
  name,
  jiraFields,
}) => {
  const { key } = await pushedItem(harness, connected.workflow);
  const { length: before } = sent(key);
  const save = (direction: 'from-jira' | 'off') =>
    saveSync(harness, connected.adapter.id, { [name]: { direction } } satisfies SaveSync);
  await save('from-jira');
  await fieldsBecome([...always, ...jiraFields]);
  await editInJira(harness, key, edits[name] ?? {});
  expect(sent(key).slice(before)).toEqual([jiraFields[0]]);
  await save('off');
  await fieldsBecome(always);
  await editInJira(harness, key, name === 'priority' ? { priority: 'High' } : { summary: 'x', labels: [] });
  expect(sent(key).slice(before)).toEqual([jiraFields[0]]);
});

it('sends what either of two adapters on one project has on, and less when one is gone', async () => {
  const other = await connectJira(harness);
  await saveSync(harness, connected.adapter.id, { labels: { direction: 'from-jira' } });
  await saveSync(harness, other.adapter.id, { priority: { direction: 'both' } });
  await fieldsBecome([...always, 'labels', 'priority']);
  bodyOf(await harness.robin('POST', `/api/adapters/${other.adapter.id}/disconnect`));
  await fieldsBecome([...always, 'labels']);
  const third = await connectJira(harness, { project: 'MOB' });
  await saveSync(harness, third.adapter.id, { summary: { direction: 'from-jira' } });
  await fieldsBecome([...always, 'labels', 'summary']);
  bodyOf(await harness.robin('POST', `/api/adapters/${third.adapter.id}/disconnect`));
  await fieldsBecome([...always, 'labels']);
});

it('keeps its webhook where Jira gives the lists back in another order, with names twice', async () => {
  const [{ id } = { id: 0 }] = inJira();
  await harness.jira('POST', '/sandbox/api/settings', { webhookListForm: 'reordered' });
  await look();
  await look();
  expect(inJira().map((one) => one.id)).toEqual([id]);
});

it('replaces a webhook of before, which sends every edit', async () => {
  const [old] = inJira();
  if (!old) throw new Error('no webhook');
  delete old.fieldIdsFilter;
  delete old.issuePropertyKeysFilter;
  await look();
  expect(inJira()).toHaveLength(1);
  expect(inJira()[0]).toMatchObject({ fieldIdsFilter: expect.arrayContaining(always) });
  expect(inJira()[0]?.id).not.toBe(old.id);
});

it('does not count as registered while it lacks a field that is on', async () => {
  const covers = async () =>
    bodyOf(
      await harness.robin<{ covers: boolean }>(
        'GET',
        `/api/adapters/${connected.adapter.id}/registered-webhook`,
      ),
    ).covers;
  expect(await covers()).toBe(true);
  for (const one of inJira()) one.fieldIdsFilter = ['summary'];
  expect(await covers()).toBe(false);
});
