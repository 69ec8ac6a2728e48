import type { Item } from '@userhero/shared/contracts/item.ts';
import type { HeldThing } from '@userhero/shared/contracts/sync.ts';
import { type SyncSettings, standardSettings } from '@userhero/shared/sync/settings.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, patienceMs } from './support/browser.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { robin } from './support/seeded.ts';
import { signInOnPage } from './support/sign-in.ts';
import { bodyOf, connectJira, pushedItem, readItem } from './support/steps.ts';

let harness: Harness;
let browser: Browser;
let page: Page;
let here: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  here = await connectJira(harness);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(patienceMs);
  await signInOnPage(page, harness.origin, robin);
});
afterAll(async () => {
  await browser?.close();
  await harness.stop();
});

it('an adapter’s page shows a row for every thing, and saves which way each travels', async () => {
  const { workflow, adapter } = here;
  const settings = async () =>
    bodyOf(await harness.robin<SyncSettings>('GET', `/api/adapters/${adapter.id}/sync`));
  await page.goto(`${harness.origin}/projects/${workflow.projectId}/settings/sync-adapters/${adapter.id}`);
  const section = page.getByRole('region', { name: 'What is synced' });
  await section.getByLabel('Status: direction').waitFor();
  expect(await section.getByLabel(/: direction$/).count()).toBe(Object.keys(standardSettings).length);
  expect(await section.getByLabel('Status: direction').inputValue()).toBe('from-jira');
  expect(await section.getByLabel('Title: when both sides changed').count()).toBe(0);

  await section.getByLabel('Title: direction').focus();
  await page.keyboard.press('End');
  await section.getByLabel('Title: when both sides changed').selectOption({ label: 'Ask on the item' });
  await lookAt(page, 'what-is-synced', section);
  await section.getByRole('button', { name: 'Save what is synced' }).focus();
  await page.keyboard.press('Enter');
  await section.getByText('Saved').waitFor();
  expect(await settings()).toEqual({
    ...standardSettings,
    summary: { direction: 'both', onConflict: 'ask' },
  });

  await section.getByLabel('Title: direction').selectOption({ label: 'Off' });
  await section.getByRole('button', { name: 'Undo changes' }).click();
  expect(await section.getByLabel('Title: direction').inputValue()).toBe('both');
});

it('an item’s page shows both values of a held thing, and sends which one is to count', async () => {
  const { item } = await pushedItem(harness, here.workflow, { title: 'Crash on start' });
  const hold: HeldThing = {
    thing: 'summary',
    why: 'ask',
    here: 'Crash on start',
    there: 'Crash when the app starts',
    refusal: null,
    chosen: null,
    at: new Date(0).toISOString(),
  };
  let holds = [hold];
  const answers: unknown[] = [];
  const withHolds = (shown: Item): Item => ({
    ...shown,
    externalReferences: shown.externalReferences.map((reference) => ({ ...reference, holds })),
  });
  await page.route(`**/api/items/${item.id}`, async (route) =>
    route.fulfill({ json: withHolds(await readItem(harness.robin, item.id)) }),
  );
  await page.route(`**/api/items/${item.id}/references/jira/resolve`, async (route) => {
    answers.push(route.request().postDataJSON());
    holds = [];
    await route.fulfill({ json: withHolds(await readItem(harness.robin, item.id)) });
  });

  await page.goto(`${harness.origin}/items/${item.id}`);
  await page.getByText('Title differs').waitFor();
  await page.getByText('Crash when the app starts').waitFor();
  const take = page.getByRole('button', { name: 'Title: Use Jira’s value' });
  await lookAt(page, 'item-held', take);
  await take.focus();
  await page.keyboard.press('Enter');
  await until('the answer', async () => answers.length === 1);
  expect(answers).toEqual([{ thing: 'summary', take: 'jira' }]);
  await page.getByText('Title differs').waitFor({ state: 'detached' });
  await page.unrouteAll({ behavior: 'wait' });
});

it('an item takes labels on its page, and the list is narrowed by one of them', async () => {
  const { item } = await pushedItem(harness, here.workflow, { title: 'Labelled' });
  await pushedItem(harness, here.workflow, { title: 'Without a label' });
  await page.goto(`${harness.origin}/items/${item.id}`);
  await page.getByRole('combobox', { name: 'Labels' }).fill('vip');
  await page.keyboard.press('Enter');
  await until('the label', async () => (await readItem(harness.robin, item.id)).labels[0] === 'vip');

  await page.goto(`${harness.origin}/projects/${here.workflow.projectId}/workflows/${here.workflow.id}`);
  const titles = (title: string) => page.getByRole('link', { name: title, exact: true }).count();
  await until('both in the list', async () => (await titles('Without a label')) > 0);
  await page.getByRole('search').getByLabel('Label').fill('vip');
  await until('the narrowed list', async () => (await titles('Without a label')) === 0);
  expect(await titles('Labelled')).toBeGreaterThan(0);
});

it('labels that are typed without a pause are all saved', async () => {
  const { item } = await pushedItem(harness, here.workflow, { title: 'Labelled in one go' });
  // The first save is slow: neither it nor what it carried may end up as the last.
  let [sent, sentMeanwhile, answered] = [0, 0, 0];
  await page.route(`**/api/items/${item.id}`, async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    sent += 1;
    if (sent === 1) {
      await page.getByText('third', { exact: true }).waitFor();
      sentMeanwhile = sent - 1;
    }
    const response = await route.fetch();
    answered += 1;
    await route.fulfill({ response });
  });
  await page.goto(`${harness.origin}/items/${item.id}`);
  await page.getByRole('combobox', { name: 'Labels' }).focus();
  for (const label of ['first', 'second', 'third']) {
    await page.keyboard.type(label);
    await page.keyboard.press('Enter');
    await page.getByText(label, { exact: true }).waitFor();
  }
  await until('three saves', async () => answered === 3);
  expect((await readItem(harness.robin, item.id)).labels).toEqual(['first', 'second', 'third']);
  expect(sentMeanwhile).toBe(0);
  await page.unrouteAll({ behavior: 'wait' });
});
