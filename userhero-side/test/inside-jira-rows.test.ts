import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { button, cellsOf, chosen, tabTo } from './support/atlaskit.ts';
import { openBrowser, patienceMs } from './support/browser.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { bodyOf, itemBecomes, moveInJira, pushedItem } from './support/steps.ts';
import { calm, connectSynced, editInJira } from './support/sync-steps.ts';

let harness: Harness;
let browser: Browser;
let page: Page;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  connected = await connectSynced(harness, { priority: { direction: 'from-jira' } });
  const done = await pushedItem(harness, connected.workflow, { title: 'Typo on the pricing page' });
  await moveInJira(harness, done.key, 'Done');
  await itemBecomes(harness.robin, done.item.id, 'resolved');
  await editInJira(harness, done.key, { resolution: "Won't Do" });
  await calm(harness);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(patienceMs);
});
afterAll(async () => {
  await browser?.close();
  await harness?.stop();
});

/** Chooses an option by keyboard, from the top of the page. */
async function choose(label: string, option: string): Promise<void> {
  await page.locator('h1').click();
  await tabTo(page, label);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: option, exact: true }).waitFor();
  await page.keyboard.type(option);
  await page.keyboard.press('Enter');
  await expect.poll(() => chosen(page, label), { timeout: patienceMs }).toBe(option);
}

it('resolutions and Jira’s priorities are chosen by keyboard, previewed, saved, and read by axe on a phone too', async () => {
  await page.goto(`${harness.sandbox.url}/s/acme/projects/SHOP/apps/userhero-sync`);
  await button(page, 'Save mapping').waitFor();
  await choose('Resolution for Closed', 'Duplicate');
  await tabTo(page, 'Add override by resolution');
  await page.keyboard.press('Enter');
  await choose('Resolution of override 1', "Won't Do");
  await choose('UserHero status of resolution override 1', 'Closed');
  await choose('UserHero priority for Jira’s Lowest', 'Low');

  const results = await cellsOf(page, 'Result for each Jira status');
  expect(results.filter(([status]) => status?.startsWith('Done'))).toEqual([
    ['Done', 'Done', 'Resolved', 'the category decides'],
    ["Done, resolution “Won't Do”", 'Done', 'Closed', 'an override of the resolution says so'],
  ]);
  await tabTo(page, 'Preview changes');
  await page.keyboard.press('Enter');
  await page.getByText('1 of 1 linked item would change.').waitFor();
  const [preview] = await cellsOf(page, 'Preview');
  expect(preview?.slice(2)).toEqual(['Resolved', 'Closed']);
  await lookAt(page, 'jira-resolutions', button(page, 'Add override by resolution'));

  await tabTo(page, 'Save mapping');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();
  const path = `/api/adapters/${connected.adapter.id}/mapping`;
  const { mapping } = bodyOf(await harness.robin<MappingDocument>('GET', path));
  expect(mapping).toMatchObject({
    resolutions: { closed: expect.any(String) },
    resolutionOverrides: [{ status: 'closed' }],
    inboundPriorities: [{ priority: 'low' }],
  });

  await page.locator('h1').click();
  await tabTo(page, 'Remove resolution override 1');
  await page.keyboard.press('Enter');
  await page.getByText('Not saved yet.').waitFor();
  expect(await page.getByText("resolution “Won't Do”").count()).toBe(0);
});
