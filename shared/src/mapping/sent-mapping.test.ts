import { describe, expect, it } from 'vitest';
import { defaultStatuses, type WorkflowShape } from '../domain/workflow.ts';
import { defaultMapping } from './default-mapping.ts';
import { withCategory } from './edit-mapping.ts';
import type { Mapping } from './mapping.ts';
import { faultsOfSent, sentMappingSchema, withSavedRows } from './sent-mapping.ts';
import { validateMapping } from './validate-mapping.ts';

const workflow: WorkflowShape = { kind: 'issues', statuses: defaultStatuses.issues };
const plain = defaultMapping(workflow);
const saved: Mapping = {
  ...plain,
  resolutions: { closed: '10001', resolved: '10000' },
  resolutionOverrides: [{ resolutionId: '10001', status: 'closed' }],
  inboundPriorities: [{ jiraPriorityId: '1', priority: 'high' }],
};

/** A mapping as a client sends it that knows no later rows. */
function fromOlderClient(mapping: Mapping) {
  const { resolutions, resolutionOverrides, inboundPriorities, ...known } = mapping;
  return sentMappingSchema.parse(JSON.parse(JSON.stringify(known)));
}

describe('rows that a client leaves out', () => {
  it('stay as they are saved', () => {
    expect(withSavedRows(fromOlderClient(plain), saved)).toEqual(saved);
    const overrides = [{ jiraStatusId: '5', status: 'closed' }];
    expect(withSavedRows(fromOlderClient({ ...plain, overrides }), saved)).toEqual({ ...saved, overrides });
  });

  it('are emptied by empty ones, each for itself', () => {
    expect(withSavedRows(sentMappingSchema.parse(plain), saved)).toEqual(plain);
    const sent = sentMappingSchema.parse({ ...fromOlderClient(plain), resolutionOverrides: [] });
    expect(withSavedRows(sent, saved)).toEqual({ ...saved, resolutionOverrides: [] });
  });

  it('lose the resolution of a status that no longer goes to Done', () => {
    const moved = withCategory(plain, workflow, 'closed', 'new');
    const meant = withSavedRows(fromOlderClient(moved), saved);
    expect(meant.resolutions).toEqual({ resolved: '10000' });
    expect(validateMapping(meant, workflow, null)).toEqual([]);
  });

  it('are not held against a client that cannot mend them', () => {
    const known = [{ id: '10000', name: 'Done' }];
    const faultsOf = (mapping: Mapping, sent = sentMappingSchema.parse(mapping)) =>
      faultsOfSent(sent, validateMapping(withSavedRows(sent, saved), workflow, null, known, [])).map(
        ({ field }) => field,
      );
    const gone = ['resolutions.closed', 'resolutionOverrides.0.resolutionId', 'inboundPriorities.0'];
    expect(faultsOf(saved)).toEqual(gone);
    expect(faultsOf(plain, fromOlderClient(plain))).toEqual([]);
    const landing = { ...plain.inbound, done: { status: 'open', byName: false } };
    const wrong = fromOlderClient({ ...plain, inbound: landing });
    expect(faultsOf(plain, wrong)).toEqual(['inbound.done.status']);
  });
});
