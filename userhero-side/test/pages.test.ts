import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Local, type LocalFacts, runLocally } from '../../local/run-locally.ts';
import { openBrowser, patienceMs } from './support/browser.ts';
import { lookAt } from './support/look.ts';

let folder: string;
let local: Local | null;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'userhero-pages-'));
  local = await runLocally({ dataDir: folder, port: 0, sandboxPort: 0, environment: process.env });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
});

afterAll(async () => {
  await browser?.close();
  await local?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
});

const look = (name: string): Promise<void> => lookAt(page, name);

it('takes a person from sign-in to a status that comes back from Jira, on every page accessibly', async () => {
  if (!local) throw new Error('the parts did not start');
  await signIn(local.facts);
  await connect();
  await pushAndFollow();
  await insideJira();
  await readApiPage();
  await disconnectAndSee();
});

async function signIn({ userhero, email, password }: LocalFacts): Promise<void> {
  await page.goto(userhero);
  await page.getByLabel('Email').waitFor();
  await look('sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('link', { name: /Brightside App/ })
    .first()
    .waitFor();
  await look('projects');
}

async function connect(): Promise<void> {
  await page
    .getByRole('link', { name: /Brightside App/ })
    .first()
    .click();
  await page
    .getByRole('link', { name: /Sync Adapters|Settings/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Add Adapter' }).first().waitFor();
  await look('sync-adapters');
  await page.getByRole('button', { name: 'Add Adapter' }).first().click();
  await page.getByRole('menuitem', { name: 'Jira' }).click();
  await page.getByLabel('Workflow').selectOption({ label: 'Issues' });
  await page.getByRole('button', { name: 'Connect Jira' }).click();
  await page.getByRole('button', { name: 'Accept' }).waitFor();
  await look('consent');
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('combobox', { name: 'Jira site' }).waitFor();
  await look('choose-site');
  const acme = page.getByLabel('Jira site').getByRole('option', { name: /Acme/ });
  await page
    .getByLabel('Jira site')
    .selectOption(await acme.evaluate((option: HTMLOptionElement) => option.value));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('combobox', { name: 'Jira project' }).click();
  await page.getByRole('combobox', { name: 'Jira project' }).fill('shop');
  await page.getByRole('option', { name: /Web Shop \(SHOP\)/ }).click();
  await look('select-project');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('button', { name: 'Save mapping' }).waitFor();
  await look('status-mapping');
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await page.getByRole('button', { name: 'Disconnect' }).waitFor();
  await page.getByText('No event has arrived from Jira yet.').waitFor();
  await page.getByText('Webhook registered. No event has arrived yet.').waitFor();
  await look('adapter');
  await readWaysToSend();
}

/** By keyboard alone; the secret is dots until somebody asks for it. */
async function readWaysToSend(): Promise<void> {
  const section = page.getByRole('region', { name: 'Inbound Sync (Webhooks)' });
  const ways: [string, string][] = [
    ['A WebHook', 'Create a WebHook'],
    ['An Automation rule', 'Issue data (Jira format)'],
    ['A workflow’s post function', 'Trigger a Webhook'],
  ];
  for (const [way, step] of ways) {
    await section.getByRole('button', { name: way }).focus();
    await page.keyboard.press('Enter');
    await section.getByText(step, { exact: true }).waitFor();
  }
  await section.getByRole('button', { name: 'An Automation rule' }).press('Enter');
  await section.getByText('Turn on rule').waitFor();
  await lookAt(page, 'webhook-setup', section);
  expect(await section.textContent()).not.toMatch(/Bearer [^•]/);
  await section.getByRole('button', { name: 'Show the secret' }).press('Enter');
  expect(await section.textContent()).toMatch(/Bearer [\w-]{20,}/);
  await section.getByRole('button', { name: 'Hide the secret' }).press('Enter');
}

async function pushAndFollow(): Promise<void> {
  await page.goto(local?.facts.userhero ?? '');
  await page
    .getByRole('link', { name: /Brightside App/ })
    .first()
    .click();
  await page
    .getByRole('link', { name: /Issues/ })
    .first()
    .click();
  await page.getByRole('link', { name: /Search ignores umlauts/ }).waitFor();
  await look('items');
  await page.getByRole('link', { name: /Search ignores umlauts/ }).click();
  await page.getByRole('button', { name: 'Push to Jira' }).click();
  const reference = page.getByRole('link', { name: /SHOP-\d+ in Jira/ });
  await reference.waitFor();
  const issueUrl = (await reference.getAttribute('href')) ?? '';
  const board = await page.context().newPage();
  await board.goto(issueUrl);
  expect(await board.getByRole('heading', { level: 1 }).textContent()).toContain('Search ignores umlauts');
  await board.getByRole('button', { name: 'Move to Done' }).click();
  await board.close();
  await page
    .getByText(/Jira moved the issue to "Done"/)
    .first()
    .waitFor();
  await look('item');
}

async function insideJira(): Promise<void> {
  const item = page.url();
  const issueUrl = await page.getByRole('link', { name: /SHOP-\d+ in Jira/ }).getAttribute('href');
  await page.goto(issueUrl ?? '');
  await page.getByText('Search ignores umlauts').nth(1).waitFor();
  await look('jira-issue-panel');
  await page.goto(`${local?.facts.jira}/s/acme/projects/SHOP/apps/userhero-sync`);
  await page.getByRole('button', { name: 'Save' }).first().waitFor();
  await look('jira-project-page');
  expect(await page.locator('.forge-root').getAttribute('data-unknown')).toBe('0');
  await page.goto(item);
}

async function readApiPage(): Promise<void> {
  const item = page.url();
  await page.goto(`${local?.facts.userhero}/api/docs`);
  await page.getByText('/api/items/{id}/push/jira').first().click();
  await look('api-docs');
  await page.goto(item);
}

async function disconnectAndSee(): Promise<void> {
  const item = page.url();
  await page.goto(local?.facts.userhero ?? '');
  await page
    .getByRole('link', { name: /Brightside App/ })
    .first()
    .click();
  await page
    .getByRole('link', { name: /Sync Adapters|Settings/ })
    .first()
    .click();
  await page
    .getByRole('main')
    .getByRole('link', { name: /Issues/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('button', { name: 'Reconnect' }).waitFor();
  await look('disconnected');
  await page.goto(item);
  await page.getByRole('link', { name: /SHOP-\d+ in Jira/ }).waitFor();
}
