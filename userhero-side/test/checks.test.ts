import type { AdapterChecks } from '@userhero/shared/contracts/checks.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './support/harness.ts';
import { addAdapter, bodyOf, choose, connectJira, consent, newWorkflow } from './support/steps.ts';

let harness: Harness;
let adapterId: string;

beforeAll(async () => {
  harness = await startHarness();
  adapterId = (await connectJira(harness, { account: 'max' })).adapter.id;
});
afterAll(() => harness.stop());
afterEach(() => permit({ browse: null, create: null, edit: null, transition: null, link: null }));

const permit = async (wanted: Record<string, boolean | null>) =>
  bodyOf(
    await harness.jira('POST', '/sandbox/api/permissions', { project: 'SHOP', account: 'max', ...wanted }),
  );
const checks = async (query = '') =>
  bodyOf(await harness.robin<AdapterChecks>('GET', `/api/adapters/${adapterId}/checks${query}`)).checks;
const missing = async (query = '') => (await checks(query)).filter(({ ok }) => !ok).map(({ code }) => code);

it('finds everything there, and tells nothing to another customer', async () => {
  expect(await missing()).toEqual([]);
  expect((await harness.casey('GET', `/api/adapters/${adapterId}/checks`)).status).toBe(404);
});

it.each([
  ['create', 'create_issues'],
  ['edit', 'edit_issues'],
  ['transition', 'transition_issues'],
  ['link', 'link_issues'],
])('says that the permission to %s is missing', async (permission, code) => {
  await permit({ [permission]: false });
  expect(await missing()).toEqual([code]);
});

it('says that a project is not seen, chosen or not', async () => {
  await permit({ browse: false });
  expect(await missing()).toContain('browse_projects');
  expect(await missing('?projectId=10005')).toContain('browse_projects');
});

it('looks at a project before it is chosen', async () => {
  expect(await missing('?projectId=10003')).toEqual(['priority_field']);
  expect(await missing('?projectId=10004')).toEqual(['required_fields']);
});

it('says of a project without issue types why: nothing may be created there, it is not seen, or Jira is ill', async () => {
  const types = () => harness.robin('GET', `/api/adapters/${adapterId}/issue-types?projectId=10000`);
  await permit({ create: false });
  const mayNotCreate = await types();
  expect(mayNotCreate.body).toMatchObject({ code: 'jira_forbidden' });
  expect(mayNotCreate.body.remedy).toContain('"Create Issues"');
  await permit({ browse: false, create: null });
  expect((await types()).body).toMatchObject({ code: 'project_not_found' });
  await permit({ browse: null });
  const match = { method: 'GET', pathIncludes: '/createmeta/' };
  await harness.jira('POST', '/sandbox/api/faults', { match, kind: 'status', status: 503 });
  expect((await types()).body).toMatchObject({ code: 'jira_unavailable' });
  await harness.jira('DELETE', '/sandbox/api/faults');
});

it('does not confirm a project in which the account may create nothing, and names the field', async () => {
  await permit({ create: false });
  const started = await addAdapter(harness.robin, await newWorkflow(harness.robin));
  await consent(harness, started.authorizeUrl, { account: 'max' });
  const sites = harness.sandbox.world.sites.find(({ slug }) => slug === 'acme');
  const path = `/api/adapters/${started.id}`;
  bodyOf(await harness.robin('PUT', `${path}/site`, { cloudId: sites?.cloudId }));
  const refused = await harness.robin('PUT', `${path}/jira-project`, { projectId: '10000' });
  expect(refused.body).toMatchObject({ code: 'jira_forbidden', errors: [{ field: 'projectId' }] });
  expect(refused.body.remedy).toContain('"Create Issues"');
  await permit({ create: null, edit: false });
  expect((await choose(harness.robin, started.id)).state).toBe('active');
});
