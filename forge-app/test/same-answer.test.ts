import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pick, validSceneArb } from '../../shared/test/arbitraries.ts';
import { computeReference } from '../../userhero-side/src/inbound/apply-deliveries.ts';
import { landingOf } from '../src/page/landing.ts';

const count = 10_000;

it('for 10,000 random mappings and events, the page in Jira and the service say the same', () => {
  const indexes = fc.tuple(fc.nat(1_000), fc.nat(1_000));
  fc.assert(
    fc.property(validSceneArb, indexes, ({ mapping, workflow, jiraStatuses }, [itemAt, jiraAt]) => {
      const item = pick(workflow.statuses, itemAt);
      const jiraStatus = pick(jiraStatuses, jiraAt);
      fc.pre(item !== undefined && jiraStatus !== undefined);
      const shown = landingOf(mapping, workflow, jiraStatus, item.slug);
      const position = {
        ...reference,
        itemStatus: item.slug,
        mapping,
        workflowKind: workflow.kind,
        workflowStatuses: workflow.statuses,
      };
      const delivery = {
        ...event,
        statusId: jiraStatus.id,
        statusName: jiraStatus.name,
        statusCategory: jiraStatus.category,
      };
      const computed = computeReference(position, [delivery]);
      expect(computed.references[0]?.itemStatus).toBe(shown.status);
      expect(computed.deliveries[0]?.rule).toBe(shown.rule);
    }),
    { numRuns: count },
  );
});

const reference = {
  referenceId: 'reference-1',
  organizationId: 'organization-1',
  siteUrl: 'https://acme.atlassian.net',
  jiraProjectId: '10000',
  issueKey: 'SHOP-1',
  referenceState: 'active',
  knownStatusId: null,
  knownStatusName: null,
  lastChangelogId: null,
  lastChangedAtMs: null,
  lastWithoutIdAtMs: null,
  isWalking: false,
  itemId: 'item-1',
  itemTitle: 'Cart total is wrong',
  adapterId: 'adapter-1',
  adapterState: 'active',
  pauseReason: null,
  plan: 'growth',
};

const event = {
  id: 1n,
  referenceId: 'reference-1',
  kind: 'updated',
  issueKey: 'SHOP-1',
  projectId: '10000',
  changelogId: '20001',
  changedAtMs: 1_764_000_000_000,
  actor: 'account-1',
  attempts: 0,
};
