import {
  type AdapterState,
  adapterStateSchema,
  type PauseReason,
  pauseReasonSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { planIncludesJira, planSchema } from '@userhero/shared/domain/plan.ts';
import { needsReauth } from '../grants/token-source.ts';
import type { Problem } from '../outcome.ts';

/** What an adapter's state depends on, as stored. */
export type StateRow = { state: string; pauseReason: string | null; project: { plan: string } };

/** The state that counts, with the reason of a pause. */
export type PresentState = { state: AdapterState; pauseReason: PauseReason | null };

/** The state of a workflow that has no adapter. */
export type NoState = { state: null; pauseReason: null };

/**
 * The state that counts. A plan without Jira sync pauses an adapter that is otherwise live, and an upgrade
 * resumes it, without anything being written: the plan itself is the fact.
 */
export function stateOf(row: StateRow): PresentState;
export function stateOf(row: StateRow | null): PresentState | NoState;
export function stateOf(row: StateRow | null): PresentState | NoState {
  if (!row) return { state: null, pauseReason: null };
  const state = adapterStateSchema.parse(row.state);
  const isLive = state === 'active' || state === 'paused';
  if (isLive && !planIncludesJira(planSchema.parse(row.project.plan)))
    return { state: 'paused', pauseReason: 'plan' };
  if (state !== 'paused') return { state, pauseReason: null };
  return { state, pauseReason: pauseReasonSchema.catch('manual').parse(row.pauseReason) };
}

/** Whether it was paused for maintenance: nobody's fault, so what is asked of it waits until it is resumed. */
export function waitsForResume({ state, pauseReason }: PresentState | NoState): boolean {
  return state === 'paused' && pauseReason === 'manual';
}

/** The problem of a plan without Jira sync. */
export const planRequired: Problem = {
  code: 'plan_required',
  detail: 'Jira sync needs the Growth, Pro or Pro Max plan.',
  remedy: 'Upgrade the project to Growth, Pro or Pro Max. Adapters that are set up resume by themselves.',
};

/** The problem of an adapter whose Jira project has not been selected, where one is needed. */
export const noProjectSelected = {
  code: 'adapter_wrong_state',
  detail: 'No Jira project has been selected for this workflow yet.',
  remedy: 'Select the Jira project in Settings → Sync Adapters.',
} as const satisfies Problem;

const setUp = 'Finish the set-up in Settings → Sync Adapters.';

/** The problem of a workflow without a Jira adapter. */
export const noAdapter: Problem = {
  code: 'adapter_not_active',
  detail: 'This workflow has no Jira adapter.',
  remedy: setUp,
};

/** Why nothing can be synced in a state; `null` when it can. */
export function whyNotActive({ state, pauseReason }: PresentState | NoState): Problem | null {
  const code = 'adapter_not_active';
  switch (state) {
    case 'active':
      return null;
    case 'needs_reauth':
      return needsReauth;
    case 'choosing':
      return { ...noProjectSelected, code };
    case 'paused':
      if (pauseReason === 'plan') return planRequired;
      return {
        code,
        detail: 'The Jira adapter of this workflow is paused.',
        remedy: 'Resume the adapter in Settings → Sync Adapters.',
      };
    case 'authorizing':
      return { code, detail: 'The Jira adapter of this workflow is not connected yet.', remedy: setUp };
    case 'disconnected':
      return { code, detail: 'The Jira adapter of this workflow is disconnected.', remedy: setUp };
    case null:
      return noAdapter;
  }
}
