import type {
  Adapter,
  AdapterStarted,
  IssueType,
  JiraPerson,
  JiraProject,
  RegisteredWebhook,
  Site,
} from '@userhero/shared/contracts/adapter.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../src/store/ids.ts';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import {
  activityOf,
  addAdapter,
  addItem,
  bodyOf,
  choose,
  connectJira,
  consent,
  itemBecomes,
  type List,
  moveInJira,
  newWorkflow,
  projectOn,
  push,
  pushedItem,
  readAdapter,
  readItem,
  withoutRegisteredWebhooks,
} from './support/steps.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

describe('Settings → Sync Adapters', () => {
  it('adds an adapter, takes consent, lets choose one of two sites and a project, and is active', async () => {
    const workflow = await newWorkflow(harness.robin);
    const started = await addAdapter(harness.robin, workflow);
    expect(started.state).toBe('authorizing');
    const authorize = new URL(started.authorizeUrl);
    expect(authorize.origin).toBe(harness.sandbox.url);
    expect(Object.fromEntries(authorize.searchParams)).toMatchObject({
      audience: 'api.atlassian.com',
      response_type: 'code',
      prompt: 'consent',
      scope: expect.stringContaining('offline_access'),
      redirect_uri: `${harness.origin}/oauth/atlassian/callback`,
    });
    const page = await consent(harness, started.authorizeUrl);
    expect(page).toBe(`/projects/${workflow.projectId}/settings/sync-adapters/${started.id}`);
    expect((await readAdapter(harness.robin, started.id)).state).toBe('choosing');

    const sites = bodyOf(await harness.robin<List<Site>>('GET', `/api/adapters/${started.id}/sites`));
    expect(sites.items.map(({ name }) => name)).toEqual(['Acme Robotics', 'Nordwind GmbH']);
    const adapter = await choose(harness.robin, started.id, { project: 'SHOP' });
    expect(adapter).toMatchObject({
      state: 'active',
      account: { name: 'Ada Admin' },
      site: { name: 'Acme Robotics' },
      jiraProject: { key: 'SHOP', name: 'Web Shop' },
      issueType: { name: 'Task' },
      sendChanges: false,
    });
    const kinds = (await activityOf(harness.robin, started.id, 'adapters')).map(({ kind }) => kind);
    expect(kinds).toEqual(['project_chosen', 'site_chosen', 'connected', 'adapter_added']);
  });

  it('searches the projects that the connected account sees, and no others', async () => {
    const { adapter } = await connectJira(harness, { account: 'max' });
    const search = async (query: string) => {
      const path = `/api/adapters/${adapter.id}/jira-projects${query}`;
      return bodyOf(await harness.robin<List<JiraProject>>('GET', path));
    };
    const keys = (page: List<JiraProject>) => page.items.map(({ key }) => key).sort();
    expect(keys(await search(''))).toEqual(['COMP', 'FEED', 'MOB', 'OPS', 'SHOP']);
    expect(keys(await search('?query=mobile'))).toEqual(['MOB']);
    expect((await search('?query=MOB')).items[0]?.style).toBe('team-managed');
    expect(keys(await search('?query=People'))).toEqual([]);
    const first = await search('?limit=2');
    const second = await search(`?limit=2&cursor=${first.nextCursor}`);
    expect(new Set([...keys(first), ...keys(second)]).size).toBe(4);
    const hidden = await harness.robin('PUT', `/api/adapters/${adapter.id}/jira-project`, {
      projectId: '10005',
    });
    expect([hidden.status, hidden.body.code]).toEqual([400, 'project_not_found']);
    expect(hidden.body.remedy).toContain('project admin access in Jira');
  });

  it('says who an account id of its Jira is, and nothing to another customer', async () => {
    const { adapter } = await connectJira(harness);
    const accountId = adapter.account?.accountId ?? '';
    const path = `/api/adapters/${adapter.id}/jira-people`;
    const who = bodyOf(await harness.robin<JiraPerson>('GET', `${path}/${accountId}`));
    expect(who).toEqual({ accountId, name: 'Ada Admin' });
    const unknown = await harness.robin('GET', `${path}/5b10a2844c20165700ede21g`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    expect((await harness.casey('GET', `${path}/${accountId}`)).status).toBe(404);
  });

  it('knows whether Jira sends its updates by itself', async () => {
    const { adapter } = await connectJira(harness);
    const covers = async () =>
      bodyOf(await harness.robin<RegisteredWebhook>('GET', `/api/adapters/${adapter.id}/registered-webhook`))
        .covers;
    await until('the webhook being registered', covers);
    await withoutRegisteredWebhooks(harness);
    expect(await covers()).toBe(false);
  });

  it('says which required fields of an issue type need a fixed value, and takes it', async () => {
    const { adapter } = await connectJira(harness);
    const path = `/api/adapters/${adapter.id}`;
    const types = await harness.robin<List<IssueType>>('GET', `${path}/issue-types?projectId=10004`);
    const [task] = bodyOf(types).items;
    expect(task?.requiredFields).toMatchObject([
      {
        fieldId: 'customfield_10050',
        name: 'Region',
        kind: 'option',
        allowedValues: [{ name: 'EMEA' }, {}, {}],
      },
      { fieldId: 'customfield_10051', name: 'Reference', kind: 'text' },
    ]);
    const send = (fixedFields: unknown) =>
      harness.robin('PUT', `${path}/jira-project`, {
        projectId: '10004',
        issueTypeId: task?.id,
        fixedFields,
      });
    const missing = await send({ customfield_10050: '77777' });
    expect([missing.status, missing.body.code]).toEqual([400, 'required_fields_missing']);
    expect(missing.body.errors?.map(({ field }) => field)).toEqual([
      'fixedFields.customfield_10050',
      'fixedFields.customfield_10051',
    ]);
    bodyOf(await send({ customfield_10050: '10101', customfield_10051: 'A' }));
    const wrong = await harness.robin('PUT', `${path}/jira-project`, {
      projectId: '10000',
      issueTypeId: '1',
    });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'issue_type_not_found']);
  });

  it('is refused where the plan is too low, the workflow missing or connected already', async () => {
    const add = (projectId: string, workflowId: string) =>
      harness.robin('POST', `/api/projects/${projectId}/adapters`, { kind: 'jira', workflowId });
    const free = await projectOn(harness.robin, 'free');
    const low = await add(free.id, free.workflows[0]?.id ?? '');
    expect([low.status, low.body.code]).toEqual([403, 'plan_required']);
    expect(low.body.remedy).toContain('Growth, Pro or Pro Max');

    const { adapter, workflow } = await connectJira(harness);
    const again = await add(workflow.projectId, workflow.id);
    expect([again.status, again.body.code]).toEqual([409, 'adapter_exists']);
    const lost = await add(workflow.projectId, 'no-such-workflow');
    expect([lost.status, lost.body.errors?.[0]?.field]).toEqual([404, 'workflowId']);
    const site = await harness.robin('PUT', `/api/adapters/${adapter.id}/site`, { cloudId: 'elsewhere' });
    expect([site.status, site.body.code]).toEqual([400, 'site_not_granted']);

    const { prisma } = harness.database;
    const { organizationId } = await prisma.project.findUniqueOrThrow({ where: { id: free.id } });
    const id = newId();
    await prisma.project.create({ data: { id, organizationId, name: 'Empty', plan: 'pro-max' } });
    const empty = await add(id, 'any');
    expect([empty.status, empty.body.code]).toEqual([400, 'workflow_required']);
  });
});

describe('Disconnecting and reconnecting', () => {
  it('preserves external references, and the same project resumes syncing from them', async () => {
    const { adapter, workflow } = await connectJira(harness);
    const { item, key } = await pushedItem(harness, workflow);
    const gone = bodyOf(await harness.robin<Adapter>('POST', `/api/adapters/${adapter.id}/disconnect`));
    expect(gone).toMatchObject({ state: 'disconnected', account: null, referenceCount: 1 });
    const [kept] = (await readItem(harness.robin, item.id)).externalReferences;
    expect(kept).toMatchObject({ key, state: 'disconnected' });
    expect((await fetch(kept?.url ?? '')).status).toBe(200);
    const refusedPush = await push(harness.robin, await addItem(harness.robin, workflow));
    expect(refusedPush.body).toMatchObject({ code: 'adapter_not_active' });
    await moveInJira(harness, key, 'Done');

    const started = bodyOf(
      await harness.robin<AdapterStarted>('POST', `/api/adapters/${adapter.id}/reconnect`),
    );
    await consent(harness, started.authorizeUrl);
    const resumed = await choose(harness.robin, adapter.id, { project: 'SHOP' });
    expect(resumed).toMatchObject({ state: 'active', referenceCount: 1 });
    // What happened meanwhile is found by itself.
    await itemBecomes(harness.robin, item.id, 'resolved');
    expect((await readItem(harness.robin, item.id)).externalReferences[0]?.state).toBe('active');
    await until('the registered webhook', async () =>
      harness.sandbox.world.sites.some((site) => site.dynamicWebhooks.length > 0),
    );
    await moveInJira(harness, key, 'In Progress');
    await itemBecomes(harness.robin, item.id, 'in-progress');
    expect((await push(harness.robin, item)).body.reference?.key).toBe(key);
  });
});
