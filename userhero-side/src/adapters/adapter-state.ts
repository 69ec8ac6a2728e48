import {
  type AdapterState,
  adapterStateSchema,
  type PauseReason,
  pauseReasonSchema,
} from '@userhero/shared/contracts/adapter.ts';
import { type Plan, planIncludesJira } from '@userhero/shared/domain/plan.ts';
import { needsReauth } from '../grants/token-source.ts';
import type { Problem } from '../outcome.ts';

/**
 * The state that counts. A plan without Jira sync pauses an adapter that is otherwise live, and an upgrade
 * resumes it, without anything being written: the plan itself is the fact.
 */
export function effectiveState(
  stored: string,
  storedReason: string | null,
  plan: Plan,
): { state: AdapterState; pauseReason: PauseReason | null } {
  const state = adapterStateSchema.parse(stored);
  const isLive = state === 'active' || state === 'paused';
  if (isLive && !planIncludesJira(plan)) return { state: 'paused', pauseReason: 'plan' };
  if (state !== 'paused') return { state, pauseReason: null };
  return { state, pauseReason: pauseReasonSchema.catch('manual').parse(storedReason) };
}

/** The problem of a plan without Jira sync. */
export const planRequired: Problem = {
  code: 'plan_required',
  detail: 'Jira sync needs the Growth, Pro or Pro Max plan.',
  remedy: 'Upgrade the project to Growth, Pro or Pro Max. Adapters that are set up resume by themselves.',
};

/** Why nothing can be pushed in a state; `null` when it can. */
export function whyNotActive(state: AdapterState | null, pauseReason: PauseReason | null): Problem | null {
  if (state === 'active') return null;
  if (state === 'paused' && pauseReason === 'plan') return planRequired;
  if (state === 'needs_reauth') return needsReauth;
  const detail: Record<Exclude<AdapterState, 'active' | 'needs_reauth'>, string> = {
    authorizing: 'The Jira adapter of this workflow is not connected yet.',
    choosing: 'No Jira project has been selected for this workflow yet.',
    paused: 'The Jira adapter of this workflow is paused.',
    disconnected: 'The Jira adapter of this workflow is disconnected.',
  };
  return {
    code: 'adapter_not_active',
    detail: state === null ? 'This workflow has no Jira adapter.' : detail[state],
    remedy:
      state === 'paused'
        ? 'Resume the adapter in Settings → Sync Adapters.'
        : 'Finish the set-up in Settings → Sync Adapters.',
  };
}
