import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeViolations, openBrowser, patienceMs } from '../../userhero-side/test/support/browser.ts';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { startForTest } from './connect.ts';
import { buildFixtureApp } from './fixtures/build-fixture-app.ts';

let root: string;
let sandbox: RunningSandbox;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  root = await buildFixtureApp();
  sandbox = await startForTest({ forge: { root, remoteUrl: 'http://127.0.0.1:9' } });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  rmSync(root, { recursive: true });
});

/** A fresh thread, a loaded machine: what comes may take a while. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: patienceMs });

async function openPage(query = '') {
  await page.goto(`${sandbox.url}/s/acme/projects/SHOP/apps/fixture-page${query}`);
  await page.locator('.forge-root h2').first().waitFor();
}

test('the app’s page is one of the project’s pages, in the person’s language, and nothing in it is unknown', async () => {
  await page.goto(`${sandbox.url}/s/acme/projects/SHOP/board`);
  await page.getByRole('link', { name: 'Fixture page' }).click();
  await page.getByRole('heading', { name: 'Hello, SHOP' }).waitFor();
  expect(await page.locator('.forge-root').getAttribute('data-unknown')).toBe('0');
  await openPage('?locale=de_DE');
  await page.getByRole('heading', { name: 'Guten Tag, SHOP' }).waitFor();
  expect(await page.title()).toMatch(/^Seite der Probe/);
});

test('axe finds nothing in the page, its tabs and its dialog', async () => {
  await openPage();
  for (const tab of ['Calls', 'Form', 'Mapping']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tab', { name: tab, selected: true }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Open dialog' }).click();
  await page.getByRole('dialog', { name: 'Are you sure?' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

test('axe finds nothing in the dark page', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openPage();
  expect(await axeViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
});

test('fields answer the app with what Atlaskit’s would', async () => {
  await openPage();
  await page.getByRole('combobox', { name: 'Category' }).click();
  await page.getByRole('option', { name: 'Done' }).click();
  await page.getByText('Chosen: done').waitFor();
  const toggle = page.getByRole('checkbox', { name: /Push later changes/ });
  await toggle.press(' ');
  await page.getByText('Push later changes on').waitFor();
  expect(await toggle.isChecked()).toBe(true);
});

test('a table sorts and turns its pages', async () => {
  await openPage();
  const firstCell = page
    .getByRole('table', { name: 'Statuses' })
    .locator('tbody tr')
    .first()
    .locator('td')
    .first();
  await page.getByRole('button', { name: /^Status/ }).click();
  await eventually(() => firstCell.textContent()).toBe('Closed');
  await page.getByRole('button', { name: 'Page 2' }).click();
  await eventually(() => firstCell.textContent()).toBe('Resolved');
});

test('a table’s label names it unseen, and an account is shown by its name', async () => {
  await openPage();
  const people = page.getByRole('table', { name: 'People' });
  await people.getByText('Ada Admin').waitFor();
  expect(await page.getByText('People', { exact: true }).count()).toBe(0);
});

test('a dialog holds the focus, closes on Escape and gives the focus back', async () => {
  await openPage();
  const opener = page.getByRole('button', { name: 'Open dialog' });
  await opener.click();
  await page.getByRole('dialog', { name: 'Are you sure?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await eventually(() => opener.evaluate((node) => node === document.activeElement)).toBe(true);
});

test('a form tells what is missing beside the field, and submits from the keyboard', async () => {
  await openPage();
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.getByRole('button', { name: 'Submit' }).click();
  await page.locator('[aria-live]').getByText('Give it a name.').waitFor();
  const name = page.getByRole('textbox', { name: /^Name/ });
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  await name.pressSequentially('Ada');
  await name.press('Enter');
  await page.getByText('Saved Ada').waitFor();
});

test('the bridge invokes, requests within the scopes, shows flags and spreads events', async () => {
  await openPage();
  await page.getByRole('tab', { name: 'Calls' }).click();
  const answer = page.locator('.forge-root code');
  const press = async (name: string) => page.getByRole('button', { name, exact: true }).click();
  await press('Invoke');
  await eventually(() => answer.textContent()).toContain('"payload":{"from":"page"}');
  await press('Request Jira');
  await eventually(() => answer.textContent()).toContain('scope does not match');
  await press('Read project');
  await eventually(() => answer.textContent()).toContain('"key":"SHOP"');
  await press('Show flag');
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await eventually(() => answer.textContent()).toBe('undone');
  await press('Emit');
  await page.getByText('Heard 1 events.').waitFor();
});

test('a panel shows on the issue it belongs to', async () => {
  await page.goto(`${sandbox.url}/s/acme/browse/SHOP-1`);
  await page.getByRole('region', { name: 'Fixture panel' }).getByText('Panel of SHOP-1').waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

const repository = resolve(import.meta.dirname, '../..');
const built = existsSync(resolve(repository, 'forge-app/dist/page/index.html'));

test.runIf(built)('the real bundles are drawn whole, even while UserHero does not answer', async () => {
  const real = await startForTest({ forge: { root: repository, remoteUrl: 'http://127.0.0.1:9' } });
  try {
    const shown = (await (await fetch(`${real.url}/sandbox/api/forge`)).json()) as {
      app: { modules: Record<string, { key: string }[]> };
    };
    const [module] = shown.app.modules['jira:projectPage'] ?? [];
    await page.goto(`${real.url}/s/acme/projects/SHOP/apps/${module?.key}`);
    await page.locator('.forge-root').getByText(/\w/).first().waitFor();
    await eventually(() => page.locator('.forge-root').getAttribute('data-unknown')).toBe('0');
    expect(await axeViolations(page)).toEqual([]);
  } finally {
    await real.close();
  }
});
