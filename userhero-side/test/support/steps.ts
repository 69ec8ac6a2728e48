import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { Adapter, AdapterStarted, JiraProject, Site } from '@userhero/shared/contracts/adapter.ts';
import type { CreateItem, Item, Push } from '@userhero/shared/contracts/item.ts';
import type { Project, Workflow } from '@userhero/shared/contracts/project.ts';
import type { WorkflowKind } from '@userhero/shared/domain/workflow.ts';
import { expect } from 'vitest';
import { type Answer, type Call, until } from './call.ts';
import type { Harness } from './harness.ts';

export type List<T> = { items: T[]; nextCursor: string | null };

/** An issue as the local Jira's controls tell it. */
export type JiraIssue = {
  id: string;
  key: string;
  url: string;
  cloudId: string;
  project: { id: string; key: string };
  issueType: string;
  summary: string;
  description: unknown;
  status: { id: string; name: string; category: string };
  priority: string | null;
  labels: string[];
  properties: Record<string, unknown>;
  remoteLinks: { object: { url: string; title: string } }[];
  custom: Record<string, unknown>;
  changes: { id: string; at: number; items: { field: string; toString: string | null }[] }[];
};

/** The body of an answer that must have this status; a problem fails the test with what it says. */
export function bodyOf<T>(answer: Answer<T>, status = 200): T {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return answer.body;
}

/** The customer's project of that plan. */
export async function projectOn(call: Call, plan: Project['plan']): Promise<Project> {
  const { items } = bodyOf(await call<List<Project>>('GET', '/api/projects'));
  const project = items.find((candidate) => candidate.plan === plan);
  if (!project) throw new Error(`no project on ${plan}`);
  return project;
}

/** A fresh workflow in the customer's project on a plan with Jira sync. */
export async function newWorkflow(
  call: Call,
  kind: WorkflowKind = 'issues',
  plan: Project['plan'] = 'growth',
): Promise<Workflow> {
  const project = await projectOn(call, plan);
  const wanted = { name: `Workflow ${Math.random().toString(36).slice(2, 8)}`, kind };
  return bodyOf(await call<Workflow>('POST', `/api/projects/${project.id}/workflows`, wanted), 201);
}

/** Add Adapter → Jira. */
export async function addAdapter(call: Call, workflow: Workflow): Promise<AdapterStarted> {
  const path = `/api/projects/${workflow.projectId}/adapters`;
  return bodyOf(await call<AdapterStarted>('POST', path, { kind: 'jira', workflowId: workflow.id }), 201);
}

/** What somebody's consent on Atlassian's page leads back to. */
export async function consentUrl(
  harness: Harness,
  authorizeUrl: string,
  wanted: { account?: string; sites?: string[] } = {},
): Promise<URL> {
  const query = new URL(authorizeUrl).search;
  const answer = await harness.jira<{ redirectUrl: string }>('POST', '/sandbox/api/consent', {
    query,
    ...wanted,
  });
  const url = new URL(bodyOf(answer).redirectUrl);
  for (const name of ['code', 'state']) harness.keepSecret(url.searchParams.get(name) ?? '');
  return url;
}

/** Consents as Ada and follows the redirect as `call`; answers where the browser ends. */
export async function consent(
  harness: Harness,
  authorizeUrl: string,
  wanted: { account?: string; sites?: string[]; call?: Call } = {},
): Promise<string> {
  const { call = harness.robin, ...who } = wanted;
  const back = await consentUrl(harness, authorizeUrl, who);
  const answer = await call('GET', `${back.pathname}${back.search}`);
  bodyOf(answer, 303);
  return answer.headers.get('location') ?? '';
}

export type Choice = {
  site?: 'acme' | 'nordwind';
  project?: string;
  fixedFields?: Record<string, unknown>;
  account?: string;
};

/** Chooses site and project of an adapter that has its consent. */
export async function choose(call: Call, adapterId: string, choice: Choice = {}): Promise<Adapter> {
  const { site: slug = 'acme', project: key = 'SHOP', fixedFields } = choice;
  const sites = bodyOf(await call<List<Site>>('GET', `/api/adapters/${adapterId}/sites`));
  const site = sites.items.find((candidate) => candidate.url.endsWith(`/${slug}`));
  bodyOf(await call('PUT', `/api/adapters/${adapterId}/site`, { cloudId: site?.cloudId }));
  const found = bodyOf(
    await call<List<JiraProject>>('GET', `/api/adapters/${adapterId}/jira-projects?query=${key}`),
  );
  const project = found.items.find((candidate) => candidate.key === key);
  const path = `/api/adapters/${adapterId}/jira-project`;
  return bodyOf(await call<Adapter>('PUT', path, { projectId: project?.id, fixedFields }));
}

/** A fresh workflow, connected through consent and active. */
export async function connectJira(
  harness: Harness,
  wanted: Choice & { kind?: WorkflowKind; call?: Call; plan?: Project['plan'] } = {},
): Promise<{ workflow: Workflow; adapter: Adapter }> {
  const { call = harness.robin, kind, plan, account, ...choice } = wanted;
  const workflow = await newWorkflow(call, kind, plan);
  const started = await addAdapter(call, workflow);
  const back = await consent(harness, started.authorizeUrl, { call, ...(account ? { account } : {}) });
  expect(back, harness.log().split('\n').slice(-20).join('\n')).not.toMatch(/problem|error/);
  return { workflow, adapter: await choose(call, started.id, choice) };
}

/** Creates an item. */
export async function addItem(
  call: Call,
  workflow: { id: string },
  wanted: Partial<CreateItem> = {},
): Promise<Item> {
  const item = { title: 'Cart total is wrong', ...wanted };
  return bodyOf(await call<Item>('POST', `/api/workflows/${workflow.id}/items`, item), 201);
}

/** Push to Jira. */
export function push(
  call: Call,
  item: { id: string },
  headers: Record<string, string> = {},
): Promise<Answer<Push>> {
  return call<Push>('POST', `/api/items/${item.id}/push/jira`, undefined, headers);
}

/** Creates an item and pushes it; answers it with its issue's key, once the follow-up is done too. */
export async function pushedItem(
  harness: Harness,
  workflow: Workflow,
  wanted: Partial<CreateItem> = {},
  site = 'acme',
): Promise<{ item: Item; key: string; issue: JiraIssue }> {
  const item = await addItem(harness.robin, workflow, wanted);
  const { reference } = bodyOf(await push(harness.robin, item), 201);
  const key = reference?.key ?? '';
  const issue = await until('the link back to the item', async () => {
    const seen = await issueInJira(harness, key, site);
    return seen.remoteLinks.length > 0 && seen;
  });
  return { item, key, issue };
}

export async function readItem(call: Call, id: string): Promise<Item> {
  return bodyOf(await call<Item>('GET', `/api/items/${id}`));
}

export async function readAdapter(call: Call, id: string): Promise<Adapter> {
  return bodyOf(await call<Adapter>('GET', `/api/adapters/${id}`));
}

/** Waits until an item has a status. */
export function itemBecomes(call: Call, id: string, status: string): Promise<Item> {
  return until(`the item becoming ${status}`, async () => {
    const item = await readItem(call, id);
    return item.status === status && item;
  });
}

/** What happened to an item, newest first. */
export async function activityOf(
  call: Call,
  id: string,
  about: 'items' | 'adapters' = 'items',
): Promise<Activity[]> {
  return bodyOf(await call<List<Activity>>('GET', `/api/${about}/${id}/activity`)).items;
}

/** An issue as Jira has it. */
export async function issueInJira(harness: Harness, key: string, site = 'acme'): Promise<JiraIssue> {
  return bodyOf(await harness.jira<JiraIssue>('GET', `/sandbox/api/issues/${key}?site=${site}`));
}

/** The issues that were created for an item. */
export async function issuesOf(harness: Harness, item: { id: string }, site = 'acme'): Promise<JiraIssue[]> {
  const answer = await harness.jira<{ issues: JiraIssue[] }>('GET', `/sandbox/api/issues?site=${site}`);
  return bodyOf(answer).issues.filter((issue) => JSON.stringify(issue.properties).includes(item.id));
}

/** Moves an issue as a person would in Jira. */
export async function moveInJira(
  harness: Harness,
  key: string,
  status: string,
  site = 'acme',
): Promise<void> {
  bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/move`, { site, status }));
}

export type Fault = {
  kind: 'status' | 'slow' | 'drop_before' | 'drop_after_commit';
  match?: { method?: string; pathIncludes?: string; pathEnds?: string };
  status?: number;
  remaining?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
};

/** Breaks requests to Jira from now on. */
export async function addFault(harness: Harness, fault: Fault): Promise<void> {
  bodyOf(await harness.jira('POST', '/sandbox/api/faults', fault), 201);
}

/** Breaks no request to Jira any more. */
export async function clearFaults(harness: Harness): Promise<void> {
  await harness.jira('DELETE', '/sandbox/api/faults');
}

/** How many requests the faults that are set have broken. */
export function faultHits(harness: Harness): number {
  return harness.sandbox.world.faults.reduce((sum, rule) => sum + rule.hits, 0);
}

/** Breaks requests to Jira while `act` runs. */
export async function withFault<T>(harness: Harness, fault: Fault, act: () => Promise<T>): Promise<T> {
  await addFault(harness, fault);
  try {
    return await act();
  } finally {
    await clearFaults(harness);
  }
}

/** Jira forgets the webhooks that UserHero registered, once they are there, so that only a test's own sender speaks. */
export async function withoutRegisteredWebhooks(harness: Harness): Promise<void> {
  await until('a registered webhook, and none being registered', async () => {
    const jobs = await harness.database.prisma.$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'register-webhook' AND state IN ('created', 'retry', 'active')`;
    return jobs.length === 0 && harness.sandbox.world.sites.some((site) => site.dynamicWebhooks.length > 0);
  });
  for (const site of harness.sandbox.world.sites) site.dynamicWebhooks = [];
}

/** The recorded events of a linked item, in the order of the changes. */
export async function deliveriesOf({ database: { prisma } }: Harness, itemId: string) {
  const { id: referenceId } = await prisma.externalReference.findUniqueOrThrow({ where: { itemId } });
  return prisma.delivery.findMany({
    where: { referenceId },
    orderBy: [{ changedAtMs: 'asc' }, { id: 'asc' }],
  });
}

/** The delivery of an item that could not be applied, once it has been tried. */
export function triedAndFailed(harness: Harness, itemId: string) {
  return until('the event being tried', async () =>
    (await deliveriesOf(harness, itemId)).find(({ error }) => error !== null),
  );
}
