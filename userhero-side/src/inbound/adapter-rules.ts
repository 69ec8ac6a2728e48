import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { type Mapping, mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import type { Rule } from '@userhero/shared/sync/rule.ts';
import { groupsOf, readSettings } from '@userhero/shared/sync/settings.ts';
import { stateOf } from '../adapters/adapter-state.ts';
import { toWorkflowShape } from '../store/views.ts';
import type { AdapterRow } from './delivery-store.ts';

/** What becomes of an adapter's deliveries: they are left alone, or decided by its mapping for the site it is on. */
export type Rules =
  | { state: 'held' | 'skipped'; rule: string }
  | {
      state: 'decided';
      cloudId: string | null;
      mapping: Mapping;
      workflow: WorkflowShape;
      /** Which way statuses travel, and whose counts. */
      status: Rule;
      /** The groups of things that are on besides, as bits. */
      groups: number;
    };

/** Reads an adapter's rules; throws when what is stored cannot be read. */
export function readRules(row: AdapterRow): Rules {
  const { state } = stateOf({ ...row, project: row });
  if (state === 'paused') return { state: 'held', rule: 'adapter_paused' };
  if (state !== 'active' && state !== 'needs_reauth')
    return { state: 'skipped', rule: 'adapter_not_connected' };
  const settings = readSettings(row.sync, row.sendChanges);
  return {
    state: 'decided',
    cloudId: row.cloudId,
    mapping: mappingSchema.parse(row.mapping),
    workflow: toWorkflowShape({ kind: row.workflowKind, statuses: row.workflowStatuses }),
    status: settings.status,
    groups: groupsOf(settings),
  };
}
