import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, patienceMs } from './support/browser.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { lookAt } from './support/look.ts';
import { robin } from './support/seeded.ts';
import { signInOnPage } from './support/sign-in.ts';
import {
  bodyOf,
  connectJira,
  itemBecomes,
  moveInJira,
  pushedItem,
  readItem,
  withFault,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;
let browser: Browser;
let page: Page;
let here: Awaited<ReturnType<typeof connectJira>>;

beforeAll(async () => {
  harness = await startHarness();
  here = await connectJira(harness);
  await withoutRegisteredWebhooks(harness);
  browser = await openBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  page.setDefaultTimeout(patienceMs);
  await signInOnPage(page, harness.origin, robin);
});
afterAll(async () => {
  await browser?.close();
  await harness.stop();
});

const settings = () => `${harness.origin}/projects/${here.workflow.projectId}/settings/sync-adapters`;

it('an adapter that waits for its first event, and one that Jira refuses, say so on every page', async () => {
  await page.goto(settings());
  await page.getByText('Waiting for Jira').waitFor();
  await lookAt(page, 'adapters-waiting');
  await page.goto(`${settings()}/${here.adapter.id}`);
  await page.getByText('No event has arrived from Jira yet.').waitFor();
  await lookAt(page, 'adapter-waiting');
  const blocked = {
    kind: 'status',
    status: 403,
    match: { pathIncludes: '/ex/jira' },
    body: { errorMessages: ['The app is blocked by your administrator.'], errors: {} },
  } as const;
  await withFault(harness, blocked, async () => {
    await page.getByRole('button', { name: 'Sync now' }).click();
    await page
      .getByText('Jira refuses the connection: The app is blocked by your administrator.')
      .first()
      .waitFor();
    await page.getByText('Needs attention').first().waitFor();
    await lookAt(page, 'adapter-refused');
  });
  await page.getByRole('button', { name: 'Sync now' }).click();
  await page.getByText('Jira answers again').first().waitFor();
});

it('a mapping that was mended is applied to the linked items from the page, after its preview', async () => {
  const { item, key } = await pushedItem(harness, here.workflow);
  await moveInJira(harness, key, 'In Review');
  bodyOf(await harness.robin('POST', `/api/adapters/${here.adapter.id}/reconcile`), 202);
  await itemBecomes(harness.robin, item.id, 'in-progress');

  await page.goto(`${settings()}/${here.adapter.id}`);
  await page.getByRole('button', { name: 'Add override', exact: true }).click();
  await page.getByLabel('Jira status of override 1').selectOption({ label: 'In Review (In Progress)' });
  await page.getByLabel('UserHero status of override 1').selectOption({ label: 'Resolved' });
  await page.getByRole('button', { name: 'Preview changes' }).click();
  await page.getByText('Save the mapping to apply it to them.').waitFor();
  await page.getByRole('button', { name: 'Save mapping' }).click();
  const apply = page.getByRole('button', { name: 'Apply to 1 linked item' });
  await apply.waitFor();
  expect((await readItem(harness.robin, item.id)).status).toBe('in-progress');
  await lookAt(page, 'mapping-apply', apply);
  await apply.focus();
  await page.keyboard.press('Enter');
  await itemBecomes(harness.robin, item.id, 'resolved');
  await page.getByText('The linked item would not change.').waitFor();
  const path = `/api/adapters/${here.adapter.id}/mapping`;
  const { mapping } = await until('the saved mapping', async () =>
    bodyOf(await harness.robin<MappingDocument>('GET', path)),
  );
  expect(mapping.overrides).toMatchObject([{ status: 'resolved' }]);
});

it('an adapter that is set up says what its account may no longer do, and that an older consent lacks a scope', async () => {
  const permit = (transition: boolean | null) =>
    harness.jira('POST', '/sandbox/api/permissions', { project: 'SHOP', account: 'ada', transition });
  const { prisma } = harness.database;
  const scopes = 'read:jira-work write:jira-work read:jira-user manage:jira-webhook offline_access';
  await page.goto(`${settings()}/${here.adapter.id}`);
  await page.getByRole('heading', { name: 'Health' }).waitFor();
  expect(await page.getByText('Check these in Jira').count()).toBe(0);
  bodyOf(await permit(false));
  await prisma.grant.updateMany({ data: { scopes } });
  await page.reload();
  const note = page.getByRole('listitem');
  await note.filter({ hasText: 'Ada Admin may not move issues in this Jira project' }).waitFor();
  await note.filter({ hasText: 'This connection is older than the permission to report' }).waitFor();
  await lookAt(page, 'adapter-checks');
  bodyOf(await permit(null));
});
