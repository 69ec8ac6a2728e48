import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ada } from '../../jira-sandbox/src/seed/accounts.ts';
import { openBrowser, patienceMs } from './support/browser.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { robin } from './support/seeded.ts';
import { signInOnPage } from './support/sign-in.ts';
import { bodyOf, connectJira } from './support/steps.ts';

let harness: Harness;
let browser: Browser;
let page: Page;
let adapter: Adapter;
const created: Record<string, string> = {};

const control = async (path: string, body: unknown) =>
  bodyOf(await harness.jira<{ id: string }>('POST', `/sandbox/api${path}`, body));

beforeAll(async () => {
  harness = await startHarness();
  ({ adapter } = await connectJira(harness, { project: 'OPS' }));
  const options: Record<string, string> = { cascading: 'Europe > Berlin, Asia' };
  for (const kind of ['date', 'datetime', 'cascading', 'labels', 'user']) {
    const field = await control('/fields', { name: `Its ${kind}`, kind, options: options[kind] ?? '' });
    created[kind] = field.id;
  }
  const required = Object.values(created);
  await control('/screens', { project: 'OPS', create: ['summary', ...required], required });
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(patienceMs);
  await signInOnPage(page, harness.origin, robin);
});
afterAll(async () => {
  await browser?.close();
  await harness.stop();
});

it('fields that became required are filled on the adapter’s page, by keyboard alone', async () => {
  await page.goto(`${harness.origin}/projects/${adapter.projectId}/settings/sync-adapters/${adapter.id}`);
  const section = page.getByRole('region', { name: 'New issues' });
  const save = section.getByRole('button', { name: 'Save new issues' });
  await save.press('Enter');
  await section.getByText('Give “Its date” a value.').waitFor();
  await lookAt(page, 'new-issues-missing', section);

  await section.getByLabel('Its date', { exact: true }).fill('2026-12-31');
  await section.getByLabel('Its datetime').fill('2026-12-31T17:00');
  await section.getByLabel('Its cascading', { exact: true }).selectOption({ label: 'Europe' });
  await section.getByLabel('Its cascading, second choice').selectOption({ label: 'Berlin' });
  await section.getByRole('combobox', { name: 'Its labels' }).fill('vip');
  await page.keyboard.press('Enter');
  await section.getByRole('combobox', { name: 'Its user' }).fill('ad');
  await page.getByRole('option', { name: 'Ada Admin' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await save.press('Enter');
  await section.getByText('Saved').waitFor();
  const { fixedFields } = bodyOf(await harness.robin<Adapter>('GET', `/api/adapters/${adapter.id}`));
  expect(fixedFields).toMatchObject({
    [created.date ?? '']: '2026-12-31',
    [created.cascading ?? '']: { child: expect.anything() },
    [created.labels ?? '']: ['vip'],
    [created.user ?? '']: { accountId: ada.accountId },
  });

  await page.reload();
  await section.getByText('vip').waitFor();
  expect(await section.getByLabel('Its datetime').inputValue()).toBe('2026-12-31T17:00');
  expect(await section.getByRole('combobox', { name: 'Its user' }).inputValue()).toBe('Ada Admin');
  await lookAt(page, 'new-issues', section);
});
