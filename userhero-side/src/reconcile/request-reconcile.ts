import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { whyNotActive } from '../adapters/adapter-state.ts';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import { toAdapter } from '../adapters/present-adapter.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { AdapterRow } from '../store/views.ts';

/** Check now: queues a comparison with Jira. Errors: `adapter_not_active`, `plan_required`, `needs_reauth`. */
export async function requestReconcile(
  ports: Pick<ConnectPorts, 'db' | 'queueReconcile'>,
  row: AdapterRow,
): Promise<Outcome<Adapter>> {
  const adapter = toAdapter(row);
  const obstacle = whyNotActive(adapter);
  if (obstacle) return failure(obstacle);
  await ports.queueReconcile(ports.db, row.id);
  return success(adapter);
}
