import type { ForgeCurrent, ForgePage } from '@userhero/shared/contracts/forge.ts';
import { defaultStatuses } from '@userhero/shared/domain/workflow.ts';
import { defaultMapping } from '@userhero/shared/mapping/default-mapping.ts';
import { standardSettings } from '@userhero/shared/sync/settings.ts';

const workflow = { kind: 'issues' as const, statuses: [...defaultStatuses.issues] };
const moment = '2026-11-24T10:00:00.000Z';

export const mapping = defaultMapping(workflow);

/** A connection in good health. */
export const current: ForgeCurrent = {
  adapterId: 'adapter-1',
  projectName: 'Brightside App',
  workflowName: 'Issues',
  state: 'active',
  pauseReason: null,
  workflow,
  referenceCount: 3,
  waiting: null,
  health: {
    state: 'active',
    healthy: true,
    level: 'healthy',
    reasons: [],
    summary: 'All changes synced.',
    lastEventAt: moment,
    lastChangeAt: null,
    lastPushAt: moment,
    lastReconciledAt: null,
    pendingEvents: 0,
    failedEvents: 0,
    failedPushes: 0,
    unmappedStatuses: [],
    grantExpiresAt: null,
  },
  document: { mapping, version: 1, isDefault: true, updatedAt: moment, updatedBy: 'Robin Bright' },
  sync: standardSettings,
  jira: {
    statuses: [
      { id: '1', name: 'Backlog', category: 'new' },
      { id: '3', name: 'In Progress', category: 'indeterminate' },
      { id: '5', name: 'Done', category: 'done' },
      { id: '6', name: 'Lost Sheep', category: null },
    ],
    priorities: [
      { id: '1', name: 'Highest' },
      { id: '2', name: 'High' },
      { id: '3', name: 'Medium' },
      { id: '4', name: 'Low' },
    ],
    resolutions: [
      { id: '10000', name: 'Done' },
      { id: '10001', name: "Won't Do" },
    ],
  },
  settingsUrl: 'https://userhero.co/projects/p/settings/sync-adapters/adapter-1',
};

/** What `getPage` answers. */
export function pageAnswer(change: Partial<ForgeCurrent> = {}, mayEdit = true) {
  const shown = { ...current, ...change };
  const { adapterId, projectName, workflowName, state, pauseReason } = shown;
  const page: ForgePage = {
    connections: [{ adapterId, projectName, workflowName, state, pauseReason }],
    current: shown,
    userheroUrl: 'https://userhero.co',
  };
  return { ok: true, value: { page, mayEdit } };
}
