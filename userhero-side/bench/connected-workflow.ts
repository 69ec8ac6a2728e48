import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter, AdapterStarted, JiraProject, Site } from '@userhero/shared/contracts/adapter.ts';
import type { Project, Workflow } from '@userhero/shared/contracts/project.ts';
import { type Call, caller } from '../../local/call.ts';
import { freePort } from '../../local/free-port.ts';
import { type Local, runLocally } from '../../local/run-locally.ts';
import { type JiraMeter, startJiraMeter } from './jira-meter.ts';

type List<T> = { items: T[] };

const many = 1_000_000_000;
/** As good as no limits of the local Jira. */
export const noLimits = {
  points: many,
  getsAndPosts: many,
  putsAndDeletes: many,
  issueWritesShort: many,
  issueWritesLong: many,
};

/** A service with a local Jira beside it, and a workflow that is connected. */
export type Connected = { api: Call; jira: Call; meter: JiraMeter; origin: string; workflow: Workflow };

/**
 * Starts the service and a local Jira for a measurement, and takes everything away after it.
 *
 * @param serviceFolder the checkout whose service is measured; this one by default
 */
export async function withConnectedWorkflow<T>(
  measure: (connected: Connected) => Promise<T>,
  serviceFolder?: string,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'userhero-bench-push-'));
  const sandboxPort = await freePort();
  const meter = await startJiraMeter(`http://127.0.0.1:${sandboxPort}`);
  let local: Local | null = null;
  try {
    local = await runLocally({
      dataDir: folder,
      port: 0,
      sandboxPort,
      environment: { LOG_LEVEL: 'error', ...process.env },
      serviceFolder,
      apiUrl: meter.url,
    });
    if (!local) throw new Error('the parts did not start');
    const api = caller(local.facts.userhero, { authorization: `Bearer ${local.facts['api-key']}` });
    const jira = caller(local.facts.jira, {});
    // What is measured is the service, not how much Jira lets through.
    await jira('POST', '/sandbox/api/limits', noLimits);
    const { workflow } = await connect(api, jira, local.facts['api-key']);
    return await measure({ api, jira, meter, origin: local.facts.userhero, workflow });
  } finally {
    await local?.stop();
    await meter.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Adds a workflow to a customer's project, and connects it with a Jira project.
 *
 * @param jiraProject the key of the Jira project
 */
export async function connect(
  api: Call,
  jira: Call,
  apiKey: string,
  jiraProject = 'SHOP',
): Promise<{ workflow: Workflow; adapterId: string }> {
  const { items: projects } = await api<List<Project>>('GET', '/api/projects');
  const project = projects.find((candidate) => candidate.jiraIncluded);
  const workflow = await api<Workflow>('POST', `/api/projects/${project?.id}/workflows`, {
    name: 'Bench',
    kind: 'issues',
  });
  const started = await api<AdapterStarted>('POST', `/api/projects/${project?.id}/adapters`, {
    kind: 'jira',
    workflowId: workflow.id,
  });
  const query = new URL(started.authorizeUrl).search;
  const { redirectUrl } = await jira<{ redirectUrl: string }>('POST', '/sandbox/api/consent', {
    query,
    account: 'Ada',
  });
  await fetch(redirectUrl, { redirect: 'manual', headers: { authorization: `Bearer ${apiKey}` } });
  const { items: sites } = await api<List<Site>>('GET', `/api/adapters/${started.id}/sites`);
  const site = sites.find((candidate) => candidate.url.endsWith('/acme'));
  await api('PUT', `/api/adapters/${started.id}/site`, { cloudId: site?.cloudId });
  const found = await api<List<JiraProject>>(
    'GET',
    `/api/adapters/${started.id}/jira-projects?query=${jiraProject}`,
  );
  await api<Adapter>('PUT', `/api/adapters/${started.id}/jira-project`, {
    projectId: found.items.find(({ key }) => key === jiraProject)?.id,
  });
  return { workflow, adapterId: started.id };
}
