import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { whyNotActive } from '../adapters/adapter-state.ts';
import { readAdapter } from '../adapters/adapters.ts';
import type { ConnectPorts } from '../adapters/connect-ports.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, type Outcome } from '../outcome.ts';

/** Sync now: queues a reconciliation. Errors: `not_found`, `adapter_not_active`, `plan_required`, `needs_reauth`. */
export async function requestReconcile(
  ports: ConnectPorts,
  principal: Principal,
  adapterId: string,
): Promise<Outcome<Adapter>> {
  const adapter = await readAdapter(ports.db, principal.organizationId, adapterId);
  if (!adapter.ok) return adapter;
  const obstacle = whyNotActive(adapter.value);
  if (obstacle) return failure(obstacle);
  await ports.queueReconcile(ports.db, adapterId);
  return adapter;
}
