import type { Item } from '@userhero/shared/contracts/item.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { button, cellsOf, choose, chosen, tabTo } from './support/atlaskit.ts';
import { axeViolations, openBrowser, patienceMs } from './support/browser.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { robin } from './support/seeded.ts';
import { signInOnPage } from './support/sign-in.ts';
import {
  addAdapter,
  bodyOf,
  choose as chooseProject,
  consent,
  itemBecomes,
  type List,
  moveInJira,
  projectOn,
  pushedItem,
  readItem,
} from './support/steps.ts';

let harness: Harness;
let browser: Browser;
let page: Page;
let adapterId: string;
let settingsUrl: string;
let pushed: { item: Item; key: string };

const projectPage = (query = '') => `${harness.sandbox.url}/s/acme/projects/SHOP/apps/userhero-sync${query}`;

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  const project = await projectOn(harness.robin, 'growth');
  const workflows = await harness.robin<List<Workflow>>('GET', `/api/projects/${project.id}/workflows`);
  const workflow = bodyOf(workflows).items.find((one) => one.kind === 'issues');
  if (!workflow) throw new Error('the demo has no workflow of that kind');
  const started = await addAdapter(harness.robin, workflow);
  await consent(harness, started.authorizeUrl);
  adapterId = (await chooseProject(harness.robin, started.id)).id;
  settingsUrl = `${harness.origin}/projects/${project.id}/settings/sync-adapters/${adapterId}`;
  pushed = await pushedItem(harness, workflow, { title: 'Search ignores umlauts' });
  await pushedItem(harness, workflow, { title: 'Checkout button does nothing' });
  const done = await pushedItem(harness, workflow, { title: 'Typo on the pricing page' });
  await moveInJira(harness, done.key, 'Done');
  await itemBecomes(harness.robin, done.item.id, 'resolved');
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
});
afterAll(async () => {
  await browser?.close();
  await harness?.stop();
});

beforeEach(() => page.context().clearCookies());

async function openProjectPage(): Promise<void> {
  await page.goto(projectPage());
  await button(page, 'Save mapping').waitFor();
}

async function readMapping(): Promise<MappingDocument> {
  return bodyOf(await harness.robin<MappingDocument>('GET', `/api/adapters/${adapterId}/mapping`));
}

/** Somebody saves in UserHero while the page in Jira is open. */
async function saveInUserHero(change: Partial<MappingDocument['mapping']>): Promise<MappingDocument> {
  const { mapping, version } = await readMapping();
  const wanted = { mapping: { ...mapping, ...change } };
  const path = `/api/adapters/${adapterId}/mapping`;
  return bodyOf(await harness.robin<MappingDocument>('PUT', path, wanted, { 'if-match': `"${version}"` }));
}

async function openUserHeroSettings(): Promise<Page> {
  const userhero = await page.context().newPage();
  await signInOnPage(userhero, harness.origin, robin);
  await userhero.goto(settingsUrl);
  await userhero.getByRole('button', { name: 'Save mapping' }).waitFor();
  return userhero;
}

it('an admin changes the mapping, sees which linked items would change, saves, and UserHero shows it at once', async () => {
  const userhero = await openUserHeroSettings();
  const { version } = await readMapping();
  await openProjectPage();
  expect(await page.getByText('3 linked issues').count()).toBe(1);
  await choose(page, 'Jira category for Open', 'In Progress');
  await choose(page, 'Jira category for In Progress', 'To Do');
  await choose(page, 'Jira status for Closed', 'Closed');
  await choose(page, 'Jira priority for Low', 'Lowest');
  await button(page, 'Preview changes').click();
  await page.getByText('2 of 3 linked items would change.').waitFor();
  const rows = await cellsOf(page, 'Preview');
  expect(rows.map(([title, issue, before, after]) => [title, issue?.split(', ')[1], before, after])).toEqual([
    ['Search ignores umlauts', 'To Do', 'Open', 'In Progress'],
    ['Checkout button does nothing', 'To Do', 'Open', 'In Progress'],
  ]);
  await lookAt(page, 'jira-preview', button(page, 'Preview changes'));
  expect((await readMapping()).version).toBe(version);

  await button(page, 'Save mapping').click();
  await page.getByText('Mapping saved').waitFor();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const saved = await readMapping();
  expect(saved).toMatchObject({ version: version + 1, updatedBy: expect.stringMatching(/^5b10/) });
  expect(saved.mapping.outbound).toMatchObject({
    open: { category: 'indeterminate', jiraStatusId: null },
    'in-progress': { category: 'new', jiraStatusId: null },
    closed: { category: 'done', jiraStatusId: expect.any(String) },
  });

  await userhero.reload();
  await userhero.getByRole('button', { name: 'Save mapping' }).waitFor();
  await userhero.getByText(`Version ${version + 1}, by Ada Admin in Jira`).waitFor();
  expect(await userhero.getByLabel('Jira category for Open').inputValue()).toBe('indeterminate');
  expect(await userhero.getByLabel('Jira status for Closed').inputValue()).toBe(
    saved.mapping.outbound.closed?.jiraStatusId,
  );
  expect((await readItem(harness.robin, pushed.item.id)).status).toBe('open');
  await userhero.close();
});

it('when somebody else saved meanwhile, both versions are shown, and mine can be put over theirs', async () => {
  await openProjectPage();
  await choose(page, 'Jira priority for Urgent', 'High');
  await choose(page, 'UserHero status for Done', 'Closed');
  const theirs = await saveInUserHero({
    priorities: { ...(await readMapping()).mapping.priorities, medium: 'Low' },
  });
  await button(page, 'Save mapping').click();
  await button(page, 'Keep mine').waitFor();
  const title = 'Robin Bright saved another mapping meanwhile';
  expect(await cellsOf(page, title)).toEqual([
    ['Done comes back as', 'Closed', 'Resolved'],
    ['Priority Medium', 'Medium', 'Low'],
    ['Priority Urgent', 'High', 'Highest'],
  ]);
  expect(await button(page, 'Save mapping').isDisabled()).toBe(true);
  expect(await readMapping()).toEqual(theirs);
  const flag = page.getByRole('region', { name: 'Messages' }).getByText(title);
  await flag.waitFor();
  expect(await axeViolations(page)).toEqual([]);
  // It goes on its own once the pointer is elsewhere, on a busy machine before anybody could dismiss it.
  await page.mouse.move(1, 1);
  await flag.waitFor({ state: 'detached' });
  await lookAt(page, 'jira-conflict', button(page, 'Keep mine'));

  await button(page, 'Keep mine').click();
  await button(page, 'Keep mine').waitFor({ state: 'detached' });
  expect(await readMapping()).toEqual(theirs);
  expect(await chosen(page, 'UserHero status for Done')).toBe('Closed');
  await button(page, 'Save mapping').click();
  await page.getByText('Saved.', { exact: true }).waitFor();
  const { mapping, version } = await readMapping();
  expect(version).toBe(theirs.version + 1);
  expect(mapping.inbound.done.status).toBe('closed');
  expect(mapping.priorities).toMatchObject({ urgent: 'High', medium: 'Medium' });
});

it('when somebody else saved meanwhile, theirs can be taken, and nothing is written', async () => {
  await openProjectPage();
  await choose(page, 'Jira priority for Urgent', 'Lowest');
  const theirs = await saveInUserHero({
    priorities: { ...(await readMapping()).mapping.priorities, medium: 'Low' },
  });
  await button(page, 'Save mapping').click();
  await button(page, 'Take the saved one').click();
  await button(page, 'Keep mine').waitFor({ state: 'detached' });
  expect(await chosen(page, 'Jira priority for Urgent')).toBe('High');
  expect(await chosen(page, 'Jira priority for Medium')).toBe('Low');
  expect(await page.getByText('Not saved yet.').count()).toBe(0);
  expect(await readMapping()).toEqual(theirs);
});

it('a member who may not administer the project looks, and cannot change', async () => {
  await page.goto(`${harness.sandbox.url}/s/acme`);
  await page.getByLabel('You are').selectOption({ label: 'Max Member' });
  await button(page, 'Switch').click();
  await page.goto(projectPage());
  await page.getByText('Read-only').waitFor();
  const { mapping } = await readMapping();
  expect((await cellsOf(page, 'Priority Mapping')).map((row) => row[1])).toEqual(
    Object.values(mapping.priorities),
  );
  for (const role of ['combobox', 'checkbox'] as const) {
    expect(await page.locator('.forge-root').getByRole(role).count()).toBe(0);
  }
  expect(await button(page, 'Save mapping').count()).toBe(0);
  await lookAt(page, 'jira-read-only');

  const before = await readMapping();
  const forged = await page.evaluate(
    async (payload) => {
      const place = { project: 'SHOP' };
      const call = { moduleKey: 'userhero-sync', place, functionKey: 'saveMapping', payload };
      const headers = { 'content-type': 'application/json' };
      return (
        await fetch('/s/acme/forge/invoke', { method: 'POST', headers, body: JSON.stringify(call) })
      ).json();
    },
    { adapterId, version: before.version, mapping: before.mapping },
  );
  expect(forged).toMatchObject({ ok: true, value: { ok: false, problem: { code: 'forbidden' } } });
  expect(await readMapping()).toEqual(before);
});

it('a person who has not allowed the app to act for them is asked by Forge, and then gets the page', async () => {
  const play = (settings: object) => harness.jira('POST', '/sandbox/api/forge/settings', settings);
  await play({ consentNeeded: true });
  await page.goto(projectPage());
  await button(page, 'Allow access').waitFor();
  expect(await page.getByText('Read-only').count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);
  await button(page, 'Not now').click();
  await page.getByText('UserHero needs your permission to ask Jira').waitFor();
  await button(page, 'Try again').click();
  await button(page, 'Allow access').click();
  await button(page, 'Save mapping').waitFor();
  await play({ consentNeeded: false });
});

it('an issue shows its UserHero item, its status, and a link to it', async () => {
  await page.goto(`${harness.sandbox.url}/s/acme/browse/${pushed.key}`);
  const panel = page.getByRole('region', { name: 'UserHero' });
  await panel.getByRole('heading', { name: 'Search ignores umlauts' }).waitFor();
  expect(await panel.getByText('Open', { exact: true }).count()).toBe(1);
  const link = panel.getByRole('link', { name: 'Open in UserHero' });
  expect(await link.getAttribute('href')).toBe(`${harness.origin}/items/${pushed.item.id}`);
  await page.goto(`${harness.sandbox.url}/s/acme/browse/SHOP-1`);
  await page.getByText('No UserHero item is linked to this issue.').waitFor();
});

it('a person whose Jira speaks German gets the page in German', async () => {
  await page.goto(projectPage('?locale=de_DE'));
  await button(page, 'Zuordnung speichern').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('UserHero-Abgleich');
  expect(await chosen(page, 'Jira-Kategorie für Resolved')).toBe('Fertig');
  const texts = await page.locator('.forge-root').innerText();
  expect(texts).not.toMatch(/\b(Save|Last|Preview|Where|Overrides|Lands|undefined)\b/);
});

it('the keyboard alone reaches every field and saves', async () => {
  const { version } = await readMapping();
  await openProjectPage();
  await page.locator('h1').click();
  await tabTo(page, 'Jira priority for Low');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Medium', exact: true }).waitFor();
  await page.keyboard.type('Medi');
  await page.keyboard.press('Enter');
  await page.getByText('Not saved yet.').waitFor();
  await tabTo(page, 'Preview changes');
  await page.keyboard.press('Enter');
  await page
    .getByText(/linked items would/)
    .last()
    .waitFor();
  await tabTo(page, 'Save mapping');
  await page.keyboard.press('Enter');
  await page.getByText('Saved.', { exact: true }).waitFor();
  expect(await readMapping()).toMatchObject({
    version: version + 1,
    mapping: { priorities: { low: 'Medium' } },
  });
});
