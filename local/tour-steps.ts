import type { Activity } from '@userhero/shared/contracts/activity.ts';
import type { Adapter, AdapterStarted, JiraProject, Site } from '@userhero/shared/contracts/adapter.ts';
import type { Item, Push } from '@userhero/shared/contracts/item.ts';
import type { MappingDocument } from '@userhero/shared/contracts/mapping-api.ts';
import type { Project, Workflow } from '@userhero/shared/contracts/project.ts';
import { makeRuleAlone, tellAndTakeAway } from './automation-step.ts';
import { type Call, caller } from './call.ts';
import { eventually } from './eventually.ts';
import type { LocalFacts } from './run-locally.ts';

export type Step = { ok: boolean; name: string; saw: string };

type List<T> = { items: T[] };
type Tour = { api: Call; jira: Call; facts: LocalFacts };
type IssueInJira = {
  key: string;
  summary: string;
  status: { name: string };
  priority: string | { name: string } | null;
};

/** Takes every step in turn and tells what was seen; stops at the first that fails. */
export async function takeTour(facts: LocalFacts, tell: (step: Step) => void): Promise<boolean> {
  const tour: Tour = {
    facts,
    api: caller(facts.userhero, { authorization: `Bearer ${facts['api-key']}` }),
    jira: caller(facts.jira, {}),
  };
  let name = 'start';
  const step = async <T>(title: string, act: () => Promise<T>, saw: (value: T) => string): Promise<T> => {
    name = title;
    const value = await act();
    tell({ ok: true, name, saw: saw(value) });
    return value;
  };
  try {
    const { workflow, item } = await step(
      'a workflow with an item',
      () => prepare(tour),
      (made) => `"${made.item.title}" in ${made.workflow.name}, ${made.item.status}, ${made.item.priority}`,
    );
    const started = await step(
      'Add Adapter → Jira',
      () => addAdapter(tour, workflow),
      (adapter) => `state ${adapter.state}, consent at ${new URL(adapter.authorizeUrl).origin}`,
    );
    await step(
      'consent at Atlassian',
      () => consent(tour, started.authorizeUrl),
      (page) => `back at ${page}`,
    );
    const site = await step(
      'choose one of the sites',
      () => chooseSite(tour, started.id),
      (chosen) => `${chosen.name} (${chosen.url})`,
    );
    const adapter = await step(
      'select the Jira project',
      () => chooseProject(tour, started.id),
      (chosen) =>
        `${chosen.jiraProject?.name} (${chosen.jiraProject?.key}), ${chosen.issueType?.name}, ${chosen.state}`,
    );
    await step(
      'configure the status mapping',
      () => saveMapping(tour, adapter),
      (saved) =>
        `version ${saved.version}: ${Object.entries(saved.mapping.outbound)
          .map(([slug, rule]) => `${slug}→${rule.category}`)
          .join(', ')}`,
    );
    await step(
      'configure from inside Jira',
      () => mapFromJira(tour, adapter),
      (saved) =>
        `version ${saved.version} saved by ${saved.updatedBy} on the Forge app's page; UserHero shows it`,
    );
    const pushed = await step(
      'Push to Jira',
      () => tour.api<Push>('POST', `/api/items/${item.id}/push/jira`),
      (push) => `${push.state}: ${push.reference?.key} at ${push.reference?.url}`,
    );
    const key = pushed.reference?.key ?? '';
    await step(
      'the issue in Jira',
      () => readIssue(tour, key, site),
      (issue) => `${issue.key} "${issue.summary}", ${issue.status.name}, priority ${priorityOf(issue)}`,
    );
    await step(
      'push again',
      () => tour.api<Push>('POST', `/api/items/${item.id}/push/jira`),
      (push) => same(push.reference?.key, key, 'the same issue'),
    );
    await step(
      'Jira sends updates by itself',
      () => waitForWebhook(tour),
      (count) => `${count} registered webhook, nothing to create by hand`,
    );
    await step(
      'move the issue on the Jira board',
      () => moveAndWait(tour, item, key, 'In Progress', 'in-progress'),
      describeChange,
    );
    await step(
      'Closed stays Closed',
      () => closedStays(tour, item, key),
      (seen) => seen,
    );
    await step(
      'the doc’s header, by an Automation rule alone',
      () => byAutomationRule(tour, item, key, adapter),
      ({ change, sent }) => `${describeChange(change)}; ${sent}`,
    );
    await step('by the Forge trigger alone', () => forgeTriggerAlone(tour, item, key), describeChange);
    await step(
      'Disconnect',
      () => disconnect(tour, adapter, item),
      (seen) => seen,
    );
    await step(
      'Reconnect the same project',
      () => reconnect(tour, adapter),
      (resumed) => `${resumed.state}, ${resumed.referenceCount} external reference resumed`,
    );
    await step(
      'move it once more',
      () => moveAndWait(tour, item, key, 'In Progress', 'in-progress'),
      describeChange,
    );
    return true;
  } catch (error) {
    tell({ ok: false, name, saw: error instanceof Error ? error.message : String(error) });
    return false;
  }
}

async function prepare({ api }: Tour): Promise<{ workflow: Workflow; item: Item }> {
  const projects = await api<List<Project>>('GET', '/api/projects');
  const project = projects.items.find((candidate) => candidate.jiraIncluded);
  if (!project) throw new Error('no project has a plan with Jira sync');
  const workflow = await api<Workflow>('POST', `/api/projects/${project.id}/workflows`, {
    name: `Tour ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`,
    kind: 'issues',
  });
  const item = await api<Item>('POST', `/api/workflows/${workflow.id}/items`, {
    title: 'Cart total is wrong after removing a voucher',
    description:
      'Seen by **three** customers.\n\n- Add a voucher\n- Remove it\n\n`total` keeps the discount.',
    priority: 'urgent',
  });
  return { workflow, item };
}

function addAdapter({ api }: Tour, workflow: Workflow): Promise<AdapterStarted> {
  return api('POST', `/api/projects/${workflow.projectId}/adapters`, {
    kind: 'jira',
    workflowId: workflow.id,
  });
}

/** Gives consent as Ada would on the page, and follows the redirect back as the one who started it. */
async function consent({ jira, facts }: Tour, authorizeUrl: string): Promise<string> {
  const query = new URL(authorizeUrl).search;
  const { redirectUrl } = await jira<{ redirectUrl: string }>('POST', '/sandbox/api/consent', {
    query,
    account: 'Ada',
  });
  const answer = await fetch(redirectUrl, {
    redirect: 'manual',
    headers: { authorization: `Bearer ${facts['api-key']}` },
  });
  const location = answer.headers.get('location') ?? '';
  if (answer.status !== 303 || location.includes('error='))
    throw new Error(`the callback answered ${answer.status} ${location}`);
  return location;
}

async function chooseSite({ api }: Tour, adapterId: string): Promise<Site> {
  const sites = await api<List<Site>>('GET', `/api/adapters/${adapterId}/sites`);
  const site = sites.items.find((candidate) => candidate.url.endsWith('/acme'));
  if (!site) {
    const found = sites.items.map(({ url }) => url).join(', ');
    throw new Error(`no site "acme" among ${found}; if it was renamed in the local Jira, name it so again`);
  }
  await api('PUT', `/api/adapters/${adapterId}/site`, { cloudId: site.cloudId });
  return site;
}

async function chooseProject({ api }: Tour, adapterId: string): Promise<Adapter> {
  const found = await api<List<JiraProject>>('GET', `/api/adapters/${adapterId}/jira-projects?query=shop`);
  const project = found.items.find((candidate) => candidate.key === 'SHOP');
  if (!project) throw new Error('the search does not find the project SHOP');
  const adapter = await api<Adapter>('PUT', `/api/adapters/${adapterId}/jira-project`, {
    projectId: project.id,
  });
  if (adapter.state !== 'active') throw new Error(`the adapter is ${adapter.state}`);
  return adapter;
}

async function saveMapping({ api }: Tour, adapter: Adapter): Promise<MappingDocument> {
  const { mapping, version } = await api<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`);
  return api('PUT', `/api/adapters/${adapter.id}/mapping`, { mapping }, { 'if-match': `"${version}"` });
}

type Invoked<T> = { ok: true; value: T } | { ok: false; problem: { code: string } };

/** Does what the app's page does when Ada, who administers the project, changes the mapping there. */
async function mapFromJira({ api, jira }: Tour, adapter: Adapter): Promise<MappingDocument> {
  const { mapping, version } = await api<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`);
  const invoked = await jira<Invoked<MappingDocument>>('POST', '/s/acme/forge/invoke', {
    moduleKey: 'userhero-sync',
    place: { project: 'SHOP' },
    functionKey: 'saveMapping',
    payload: {
      adapterId: adapter.id,
      version,
      mapping: { ...mapping, priorities: { ...mapping.priorities, low: 'Lowest' } },
    },
  });
  if (!invoked.ok) throw new Error(`the app answered ${invoked.problem.code}`);
  const seen = await api<MappingDocument>('GET', `/api/adapters/${adapter.id}/mapping`);
  same(seen.mapping.priorities.low, 'Lowest', 'the same');
  return seen;
}

/** With no webhook left, what Jira tells comes through the installed app. */
async function forgeTriggerAlone(tour: Tour, item: Item, key: string): Promise<Change> {
  await tour.jira('DELETE', '/sandbox/api/dynamic-webhooks');
  return moveAndWait(tour, item, key, 'To Do', 'open');
}

function readIssue({ jira }: Tour, key: string, site: Site): Promise<IssueInJira> {
  return jira('GET', `/sandbox/api/issues/${key}?site=${site.url.split('/').at(-1)}`);
}

async function waitForWebhook({ jira }: Tour): Promise<number> {
  return eventually('a registered webhook', async () => {
    const state = await jira<{ sites: { dynamicWebhooks: unknown[] }[] }>('GET', '/sandbox/api/state');
    return state.sites.flatMap((site) => site.dynamicWebhooks).length || null;
  });
}

type Change = { item: Item; why: Activity };

async function moveAndWait(
  { api, jira }: Tour,
  item: Item,
  key: string,
  to: string,
  expected: string,
): Promise<Change> {
  await jira('POST', `/sandbox/api/issues/${key}/move`, { site: 'acme', status: to });
  const changed = await eventually(`the item ${expected}`, async () => {
    const now = await api<Item>('GET', `/api/items/${item.id}`);
    return now.status === expected ? now : null;
  });
  const activity = await api<List<Activity>>('GET', `/api/items/${item.id}/activity`);
  const why = activity.items.find((entry) => entry.kind === 'inbound_applied');
  if (!why) throw new Error('the activity does not say why the item changed');
  return { item: changed, why };
}

const describeChange = ({ item, why }: Change): string =>
  `${item.status}, because: ${why.summary} (${why.reason})`;

async function closedStays({ api, jira }: Tour, item: Item, key: string): Promise<string> {
  await api('PATCH', `/api/items/${item.id}`, { status: 'closed' });
  await jira('POST', `/sandbox/api/issues/${key}/move`, { site: 'acme', status: 'Done' });
  await eventually('the event', async () => {
    const now = await api<Item>('GET', `/api/items/${item.id}`);
    return now.externalReferences[0]?.jiraStatus === 'Done' ? now : null;
  });
  const { status } = await api<Item>('GET', `/api/items/${item.id}`);
  return `Jira says Done, the item is ${same(status, 'closed', 'still closed')}`;
}

async function byAutomationRule(tour: Tour, item: Item, key: string, adapter: Adapter) {
  const rule = { ...tour, adapterId: adapter.id };
  await makeRuleAlone(rule);
  const change = await moveAndWait(tour, item, key, 'In Progress', 'in-progress');
  return { change, sent: await tellAndTakeAway(rule, key) };
}

async function disconnect({ api }: Tour, adapter: Adapter, item: Item): Promise<string> {
  const { state } = await api<Adapter>('POST', `/api/adapters/${adapter.id}/disconnect`);
  const [reference] = (await api<Item>('GET', `/api/items/${item.id}`)).externalReferences;
  if (state !== 'disconnected' || !reference)
    throw new Error(`the adapter is ${state}, the reference ${reference?.key}`);
  const page = await fetch(reference.url);
  return `${state}; ${reference.key} is preserved, its link answers ${same(String(page.status), '200', '200')}`;
}

async function reconnect(tour: Tour, adapter: Adapter): Promise<Adapter> {
  const { authorizeUrl } = await tour.api<AdapterStarted>('POST', `/api/adapters/${adapter.id}/reconnect`);
  await consent(tour, authorizeUrl);
  await chooseSite(tour, adapter.id);
  return chooseProject(tour, adapter.id);
}

function same(left: string | undefined, right: string, words: string): string {
  if (left !== right) throw new Error(`expected ${right}, saw ${left}`);
  return words;
}

function priorityOf({ priority }: IssueInJira): string {
  return typeof priority === 'string' ? priority : (priority?.name ?? 'none');
}
