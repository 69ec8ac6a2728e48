import type { LinkPreview } from '@userhero/shared/contracts/link.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './support/call.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { walkOf } from './support/moving-steps.ts';
import { addItem, bodyOf, issueInJira, type JiraIssue, pushedItem, readItem } from './support/steps.ts';
import { calm, connectSynced } from './support/sync-steps.ts';

let harness: Harness;
let connected: Awaited<ReturnType<typeof connectSynced>>;

beforeAll(async () => {
  harness = await startHarness();
  connected = await connectSynced(harness, { status: { direction: 'both' } });
  const statuses = ['New:new', 'Triage:indeterminate', 'Fixing:indeterminate', 'Fixed:done', 'Verified:done'];
  const wish = { project: 'SHOP', issueTypes: ['Bug'], statuses, transitions: 'steps' };
  bodyOf(await harness.jira('POST', '/sandbox/api/workflows', wish));
  const transitions = 'global';
  const story = { project: 'SHOP', issueTypes: ['Story'], statuses: ['Idea:new', 'Told:done'], transitions };
  bodyOf(await harness.jira('POST', '/sandbox/api/workflows', story));
});
afterAll(() => harness.stop());

async function linked(type: string, winner: 'userhero' | 'jira', status = 'open') {
  const wanted = { site: 'acme', project: 'SHOP', issueType: type, summary: `A ${type}` };
  const issue = bodyOf(await harness.jira<JiraIssue>('POST', '/sandbox/api/issues', wanted), 201);
  const item = await addItem(harness.robin, connected.workflow, { status });
  const path = `/api/items/${item.id}/references/jira`;
  const about = { issue: issue.key };
  const preview = bodyOf(await harness.robin<LinkPreview>('PUT', path, { ...about, dryRun: true }));
  bodyOf(await harness.robin('PUT', path, { ...about, winner }));
  await calm(harness);
  return { item, key: issue.key, preview };
}

const edit = async (id: string, status: string) => {
  bodyOf(await harness.robin('PATCH', `/api/items/${id}`, { status }));
  await calm(harness);
};

describe('an issue of another type than the adapter’s', () => {
  it('is moved to a status of its own workflow', async () => {
    const { item, key, preview } = await linked('Story', 'userhero', 'resolved');
    expect(preview.jiraStatusIfUserHeroWins).toBe('Told');
    expect(await walkOf(harness, key)).toEqual(['Told']);
    await edit(item.id, 'open');
    expect(await walkOf(harness, key)).toEqual(['Told', 'Idea']);
  });

  it('does not run past its right status', async () => {
    const { item, key } = await linked('Bug', 'jira');
    // The way through its workflow is not known yet: it leads forward, and no way back was seen.
    await edit(item.id, 'resolved');
    expect(await walkOf(harness, key)).toEqual([]);
  });

  it('goes by the workflow that it has since its type was changed', async () => {
    const { item, key } = await pushedItem(harness, connected.workflow);
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/type`, { type: 'Story', status: 'Idea' }));
    await until('the change of the type being known', async () => {
      const { externalReferences } = await readItem(harness.robin, item.id);
      return externalReferences[0]?.jiraStatus === 'Idea';
    });
    await calm(harness);
    await edit(item.id, 'resolved');
    expect((await issueInJira(harness, key)).status.name).toBe('Told');
  });

  it('is moved as a sub-task, too', async () => {
    const parent = await pushedItem(harness, connected.workflow);
    const { item, key } = await pushedItem(harness, connected.workflow);
    const type = { type: 'Sub-task', parent: parent.key };
    bodyOf(await harness.jira('POST', `/sandbox/api/issues/${key}/type`, type));
    await calm(harness);
    await edit(item.id, 'resolved');
    expect((await issueInJira(harness, key)).status.category).toBe('done');
  });
});
