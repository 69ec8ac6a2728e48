import type { ForgePage } from '@userhero/shared/contracts/forge.ts';
import type { MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import type { Workflow } from '@userhero/shared/contracts/project.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { validateMapping } from '@userhero/shared/mapping/validate-mapping.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildForgeApp } from '../../forge-app/build.ts';
import { mappingArb } from '../../shared/test/arbitraries.ts';
import { decideReference } from '../src/inbound/decide-deliveries.ts';
import { type Call, caller } from './support/call.ts';
import { deliveryRow, positionRow } from './support/delivery-rows.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { addItem, bodyOf, connectJira } from './support/steps.ts';

const wantedAnswers = 10_000;

let harness: Harness;
let workflow: Workflow;
let adapterId: string;
let place: { cloudId: string; siteUrl: string; jiraProjectId: string };
let jira: Call;
let statuses: JiraStatus[];

beforeAll(async () => {
  await buildForgeApp();
  harness = await startHarness({}, { forgeApp: true });
  // Leads go by name in two categories, so every rule has its turn.
  const connected = await connectJira(harness, { kind: 'leads' });
  ({ workflow } = connected);
  adapterId = connected.adapter.id;
  const { site, jiraProject } = connected.adapter;
  place = { cloudId: site?.cloudId ?? '', siteUrl: site?.url ?? '', jiraProjectId: jiraProject?.id ?? '' };
  const wish = { account: 'Ada', project: 'SHOP', moduleKey: 'userhero-sync', expiresInSeconds: 900 };
  const minted = await harness.jira<{ token: string }>('POST', '/sandbox/api/forge/token', wish);
  jira = caller(harness.origin, { authorization: `Bearer ${bodyOf(minted).token}` });
  const page = bodyOf(await jira<ForgePage>('GET', `/api/forge/projects/${place.jiraProjectId}`));
  statuses = page.current?.jira?.statuses ?? [];
  for (const { slug } of workflow.statuses) for (const status of statuses) await linkedItem(slug, status);
});
afterAll(() => harness.stop());

let issues = 0;

/** An item at a status, linked to an issue that Jira had in another when it was last heard of. */
async function linkedItem(slug: string, status: JiraStatus): Promise<void> {
  const { id } = await addItem(harness.robin, workflow, { title: `${slug} ${status.id}`, status: slug });
  const { prisma } = harness.database;
  const { organizationId } = (
    await prisma.adapter.findUniqueOrThrow({
      where: { id: adapterId },
      select: { project: { select: { organizationId: true } } },
    })
  ).project;
  issues += 1;
  const issue = { issueId: String(900_000 + issues), issueKey: `SHOP-${900_000 + issues}` };
  const known = { knownStatusId: status.id, knownStatusName: status.name };
  await prisma.externalReference.create({
    data: { id: `reference-${issues}`, organizationId, itemId: id, adapterId, ...place, ...issue, ...known },
  });
}

it('for 10,000 random mappings and events, the preview in Jira says what the service does', async () => {
  const isValid = (mapping: Mapping) => validateMapping(mapping, workflow, statuses).length === 0;
  let answers = 0;
  const says = fc.asyncProperty(mappingArb(workflow, statuses).filter(isValid), async (mapping) => {
    if (answers >= wantedAnswers) return;
    const path = `/api/forge/projects/${place.jiraProjectId}/mapping/preview?adapter=${adapterId}`;
    const { rows } = bodyOf(await jira<MappingPreview>('POST', path, { mapping }));
    expect(rows).toHaveLength(workflow.statuses.length * statuses.length);
    for (const { title, status, after, rule } of rows) {
      expect([title, after, rule]).toEqual([title, ...serviceAnswer(mapping, status, title.split(' ')[1])]);
    }
    answers += rows.length;
  });
  await fc.assert(says, { numRuns: wantedAnswers, endOnFailure: true });
  expect(answers).toBeGreaterThanOrEqual(wantedAnswers);
});

/** Status and rule after the event of that Jira status, as the worker decides them. */
function serviceAnswer(mapping: Mapping, itemStatus: string, statusId: string | undefined) {
  const status = statuses.find(({ id }) => id === statusId);
  const event = {
    statusId: status?.id ?? null,
    statusName: status?.name ?? null,
    statusCategory: status?.category ?? null,
  };
  const { status: rule } = standardSettings;
  const rules = {
    state: 'decided',
    cloudId: place.cloudId,
    mapping,
    workflow,
    status: rule,
    groups: 0,
  } as const;
  const computed = decideReference({ ...positionRow, ...place, itemStatus }, rules, [
    { ...deliveryRow, ...event, projectId: null },
  ]);
  return [computed.references[0]?.itemStatus ?? itemStatus, computed.deliveries[0]?.rule];
}
