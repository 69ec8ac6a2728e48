import type { AdapterHealth } from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ada } from '../../jira-sandbox/src/seed/accounts.ts';
import { until } from './support/call.ts';
import {
  comparisonOf,
  nothingDue,
  oldLinks,
  pointsWhile,
  searchHourly,
  searchIsDue,
  stepNow,
} from './support/comparison-steps.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  bodyOf,
  connectJira,
  itemBecomes,
  moveInJira,
  readItem,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';
import { calm, editInJira, saveSync } from './support/sync-steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

/** A connected project whose webhook is gone. */
async function silent(project: string) {
  const connected = await connectJira(harness, { project });
  await withoutRegisteredWebhooks(harness);
  await nothingDue(harness, connected.adapter.id);
  return connected;
}

it('finds a project that the account no longer sees, and everything of it once it does again', async () => {
  const connected = await silent('HR');
  const { id: adapterId } = connected.adapter;
  const links = await oldLinks(harness, connected, 110);
  const browse = async (value: boolean | null) =>
    bodyOf(
      await harness.jira('POST', '/sandbox/api/permissions', {
        account: ada.accountId,
        project: 'HR',
        browse: value,
      }),
    );
  const all = (state: string) =>
    until(`all being ${state}`, async () => {
      const items = await Promise.all(links.map(({ itemId }) => readItem(harness.robin, itemId)));
      return items.every(({ externalReferences }) => externalReferences[0]?.state === state);
    });
  await browse(false);
  const [points] = await pointsWhile(harness, () => searchHourly(harness, adapterId));
  await all('not_visible');
  // The search that is refused, the project, looked for among the deleted ones too, two pages, and the webhook.
  expect(points).toBeLessThanOrEqual(10);
  expect((await comparisonOf(harness, adapterId)).jiraProjectState).toBe('not_visible');
  // While it is hidden, it alone is asked for.
  const [again] = await pointsWhile(harness, () => searchHourly(harness, adapterId));
  expect(again).toBeLessThanOrEqual(3);

  const [first] = links;
  if (!first) throw new Error('no link');
  await browse(null);
  await moveInJira(harness, first.issue.key, 'Done');
  await searchHourly(harness, adapterId);
  await all('active');
  await itemBecomes(harness.robin, first.itemId, 'resolved');
});

it('visits only issues whose synced fields differ, however much else of them has changed', async () => {
  const connected = await silent('SHOP');
  const { id: adapterId } = connected.adapter;
  const links = await oldLinks(harness, connected, 6);
  await saveSync(harness, adapterId, { summary: { direction: 'both' } });
  // Switching it on compares everything, and keeps what both sides agree on.
  await calm(harness);
  await nothingDue(harness, adapterId);
  const [edited, ...others] = links;
  if (!edited) throw new Error('no link');
  await editInJira(harness, edited.issue.key, { summary: 'Cart total is right' });
  for (const { issue } of others)
    bodyOf(
      await harness.jira('POST', `/sandbox/api/issues/${issue.key}/edit`, {
        site: 'acme',
        labels: ['triaged'],
      }),
    );
  const [points] = await pointsWhile(harness, async () => {
    await searchHourly(harness, adapterId);
    await until('the title from Jira', async () => {
      const { title } = await readItem(harness.robin, edited.itemId);
      return title === 'Cart total is right';
    });
    await calm(harness);
  });
  // The search names six; one visit reads its issue.
  expect(points).toBe(1 + 6 + 2);
  const [again] = await pointsWhile(harness, async () => {
    await searchHourly(harness, adapterId);
    await calm(harness);
  });
  expect(again).toBe(1 + 6);
});

it('gives a search up that never comes to its last page, and reads the linked issues', async () => {
  const connected = await silent('SHOP');
  const [link] = await oldLinks(harness, connected, 1);
  if (!link) throw new Error('no link');
  await moveInJira(harness, link.issue.key, 'Done');
  const body = { issues: [], isLast: false, nextPageToken: 'again' };
  const endless = { kind: 'status', status: 200, body, match: { pathIncludes: '/search/jql' } } as const;
  await withFault(harness, endless, () => searchHourly(harness, connected.adapter.id));
  await itemBecomes(harness.robin, link.itemId, 'resolved');
});

it('says that Jira refuses, and goes on from where it stood once it answers', async () => {
  const connected = await silent('SHOP');
  const { id: adapterId } = connected.adapter;
  const [link] = await oldLinks(harness, connected, 1);
  if (!link) throw new Error('no link');
  await moveInJira(harness, link.issue.key, 'Done');
  const from = await searchIsDue(harness, adapterId);
  const refused = { kind: 'status', status: 403, match: { pathIncludes: '/ex/jira/' } } as const;
  await withFault(harness, refused, async () => {
    await stepNow(harness);
    await until('the refusal being told', async () => {
      const path = `/api/adapters/${adapterId}/health`;
      const { reasons } = bodyOf(await harness.robin<AdapterHealth>('GET', path));
      return reasons.some(({ code }) => code === 'jira_refuses');
    });
  });
  expect((await comparisonOf(harness, adapterId)).searchFrom).toEqual(from);
  await harness.database.prisma.adapter.update({ where: { id: adapterId }, data: { refusedSince: null } });
  await searchHourly(harness, adapterId);
  await itemBecomes(harness.robin, link.itemId, 'resolved');
});
