import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, notFound, type Outcome } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import { findAdapter } from '../store/ownership.ts';
import type { AdapterRow } from '../store/views.ts';
import { readAdapter } from './adapters.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { leaveWebhook } from './leave-webhook.ts';

/** Disconnect: forgets the grant. External references are preserved; their links still work. */
export async function disconnectAdapter(
  ports: ConnectPorts,
  principal: Principal,
  adapter: { id: string },
): Promise<Outcome<Adapter>> {
  await leaveWebhook(ports, adapter.id);
  return changeState(ports, principal, adapter, {
    from: ['authorizing', 'choosing', 'active', 'paused', 'needs_reauth'],
    code: 'disconnected',
    apply: async (tx, row) => {
      await tx.adapter.update({
        where: { id: row.id },
        data: { state: 'disconnected', grantId: null, pauseReason: null },
      });
      if (row.grantId) await tx.grant.deleteMany({ where: { id: row.grantId } });
      await tx.oauthState.deleteMany({ where: { adapterId: row.id } });
    },
  });
}

/** Pause: deliveries are kept and applied in order on resume; pushes wait. */
export function pauseAdapter(
  ports: ConnectPorts,
  principal: Principal,
  adapter: { id: string },
): Promise<Outcome<Adapter>> {
  return changeState(ports, principal, adapter, {
    from: ['active'],
    code: 'paused',
    apply: async (tx, row) => {
      await tx.adapter.update({ where: { id: row.id }, data: { state: 'paused', pauseReason: 'manual' } });
    },
  });
}

/** Resume: applies what was kept, and looks for what was missed. */
export function resumeAdapter(
  ports: ConnectPorts,
  principal: Principal,
  adapter: { id: string },
): Promise<Outcome<Adapter>> {
  return changeState(ports, principal, adapter, {
    from: ['paused'],
    code: 'resumed',
    apply: async (tx, row) => {
      await tx.adapter.update({ where: { id: row.id }, data: { state: 'active', pauseReason: null } });
      await ports.releaseHeld(tx, row.id);
      await ports.resumePushes(tx, row.id);
      await ports.resumeBulkPushes(tx, row.workflowId);
      await ports.queueReconcile(tx, row.id);
    },
  });
}

async function changeState(
  ports: Pick<ConnectPorts, 'db' | 'wakeWaiting'>,
  principal: Principal,
  { id }: { id: string },
  step: {
    from: readonly string[];
    code: 'disconnected' | 'paused' | 'resumed';
    apply: (tx: Db, row: AdapterRow) => Promise<void>;
  },
): Promise<Outcome<Adapter>> {
  return inTransaction(ports.db, async (tx): Promise<Outcome<Adapter>> => {
    await tx.$queryRaw`SELECT 1 FROM "adapter" WHERE "id" = ${id} FOR UPDATE`;
    const row = await findAdapter(tx, principal.organizationId, id);
    if (!row) return notFound('adapter');
    if (!step.from.includes(row.state)) {
      return failure({
        code: 'adapter_wrong_state',
        detail: `The adapter is ${row.state.replace('_', ' ')}; this needs one that is ${step.from.join(', ').replaceAll('_', ' ')}.`,
        remedy: 'Look at the adapter in Settings → Sync Adapters.',
      });
    }
    await step.apply(tx, row);
    await ports.wakeWaiting(tx, [id]);
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId: id,
      code: step.code,
      values: {},
      actor: principal.userName,
    });
    return readAdapter(tx, row);
  });
}
