import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, patienceMs } from './support/browser.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { robin } from './support/seeded.ts';
import { signInOnPage } from './support/sign-in.ts';
import { bodyOf, connectJira } from './support/steps.ts';
import { saveSync } from './support/sync-steps.ts';

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

const openMapping = async () => {
  const { workflow, adapter } = here;
  await page.goto(`${harness.origin}/projects/${workflow.projectId}/settings/sync-adapters/${adapter.id}`);
  await page.getByRole('group', { name: 'Resolutions in Jira' }).waitFor();
};
/** Chooses an option by its first letters, as a keyboard does. */
const choose = async (label: string, letters: string) => {
  await page.getByLabel(label, { exact: true }).focus();
  await page.keyboard.type(letters);
};

it('resolutions and Jira’s priorities are chosen and saved by keyboard, and read by axe on a phone too', async () => {
  await openMapping();
  expect(await page.getByRole('group', { name: 'Priorities from Jira' }).count()).toBe(0);
  await saveSync(harness, here.adapter.id, { priority: { direction: 'from-jira' } });
  await openMapping();
  await page.getByRole('group', { name: 'Priorities from Jira' }).waitFor();
  expect(await page.getByLabel('Resolution for Open').count()).toBe(0);

  await choose('Resolution for Closed', 'Won');
  await page.getByRole('button', { name: 'Add override by resolution' }).focus();
  await page.keyboard.press('Enter');
  await choose('Resolution of override 1', 'Dup');
  await choose('UserHero status of resolution override 1', 'Clo');
  await choose('UserHero priority for Jira’s Lowest', 'Low');
  await lookAt(page, 'mapping-resolutions', page.getByRole('group', { name: 'Resolutions in Jira' }));
  await page.getByRole('button', { name: 'Save mapping' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();

  const path = `/api/adapters/${here.adapter.id}/mapping`;
  const { mapping } = bodyOf(await harness.robin<MappingDocument>('GET', path));
  expect(mapping).toMatchObject({
    resolutions: { closed: expect.any(String) },
    resolutionOverrides: [{ status: 'closed' }],
    inboundPriorities: [{ priority: 'low' }],
  });
  await choose('and Jira says', 'Don');
  await choose('with the resolution', 'Dup');
  await page
    .getByRole('group', { name: 'Try it' })
    .getByText('Closed: an override of the resolution')
    .waitFor();
  expect(mapping.resolutionOverrides[0]?.resolutionId).not.toBe(mapping.resolutions.closed);
});
