import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, patienceMs } from '../../userhero-side/test/support/browser.ts';
import { lookAt } from '../../userhero-side/test/support/look.ts';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { startForTest } from './connect.ts';

let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  sandbox = await startForTest();
  browser = await openBrowser();
  page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(patienceMs);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
});

test('an administrator sets up each sender on Jira’s pages, which everybody can read and use', async () => {
  await page.goto(`${sandbox.url}/s/acme/settings/webhooks`);
  await page.getByLabel('Name').fill('UserHero');
  await page.getByLabel('URL').fill('http://127.0.0.1:9/hook');
  await page.getByLabel('Secret').fill('hush');
  await page.getByRole('button', { name: 'Create' }).press('Enter');
  await page.getByText('UserHero was created.').waitFor();
  await page.getByRole('link', { name: 'SHOP', exact: true }).click();
  await page.getByLabel('Transition', { exact: true }).selectOption('Every transition');
  await page.getByRole('button', { name: 'Add' }).press('Enter');
  await page.getByText('The workflow triggers UserHero.').waitFor();
  await lookAt(page, 'sandbox-workflow');
  await page.goto(`${sandbox.url}/s/acme/settings/webhooks`);
  await page.getByText(/Triggered by SHOP: .*Done/).waitFor();
  await lookAt(page, 'sandbox-webhooks');

  await page.goto(`${sandbox.url}/s/acme/automation`);
  await page.getByLabel('Name', { exact: true }).fill('Tell UserHero');
  await page.getByLabel('When').selectOption('Work item transitioned');
  await page.getByLabel('Web request URL').fill('http://127.0.0.1:9/hook');
  await page.getByLabel('Header 1 name').fill('Authorization');
  await page.getByLabel('Header 1 value').fill('Bearer hush');
  await page.getByLabel('Hide header 1').press('Space');
  await page.getByLabel('Web request body').selectOption('Issue data (Jira format)');
  await page.getByRole('button', { name: 'Turn on rule' }).press('Enter');
  await page.getByText('Authorization: ••••••').waitFor();
  await lookAt(page, 'sandbox-automation');

  await page.goto(`${sandbox.url}/controls`);
  await page.getByLabel('Webhooks go out').selectOption('15 min late (secondary)');
  await page.getByLabel('Hold what is sent').press('Space');
  await page.getByRole('region', { name: 'Sending' }).getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('Sending was changed.').waitFor();
  await lookAt(page, 'sandbox-controls');
  expect(sandbox.world.settings).toMatchObject({ webhookDelayMs: 900_000, holdDeliveries: true });
  expect(sandbox.world.sites[0]?.rules[0]).toMatchObject({ body: 'jira', headers: [{ hidden: true }] });
});
