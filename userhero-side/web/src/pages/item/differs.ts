import type { ExternalReference, PushWarning } from '@userhero/shared/contracts/item.ts';

/** Whether item and issue are known to differ: a value is held, or the issue still is where the push left it behind. */
export function differs(
  warnings: readonly PushWarning[],
  { state, holds, jiraStatus }: Pick<ExternalReference, 'state' | 'holds' | 'jiraStatus'>,
): boolean {
  const leftBehind = warnings.some(
    ({ code, values }) => code === 'status_unreachable' && values?.at === jiraStatus,
  );
  return state === 'active' && (holds.length > 0 || leftBehind);
}
