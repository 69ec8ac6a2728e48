import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { sends } from '@userhero/shared/sync/rule.ts';
import {
  fieldsOn,
  groupsOf,
  readSettings,
  type SaveSync,
  type SyncSettings,
  sendsChanges,
  withSaved,
  withSendChanges,
} from '@userhero/shared/sync/settings.ts';
import { thingNames } from '@userhero/shared/sync/things.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { readAdapter } from '../adapters/adapters.ts';
import type { Principal } from '../identity/principal.ts';
import { notFound, type Outcome, success } from '../outcome.ts';
import { type Db, inTransaction } from '../store/db.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { findAdapter } from '../store/ownership.ts';
import type { AdapterRow } from '../store/views.ts';

export type SyncSettingsPorts = {
  db: PrismaClient;
  /** Queues a comparison with Jira, within the transaction. */
  queueReconcile(tx: Db, adapterId: string): Promise<void>;
  /** Queues the renewal of the registered webhook, within the transaction: it sends what is on. */
  queueWebhook(tx: Db, adapterId: string): Promise<void>;
};

/** How each thing of an adapter is synced. */
export function readSyncSettings(adapter: Pick<AdapterRow, 'sync' | 'sendChanges'>): SyncSettings {
  return readSettings(adapter.sync, adapter.sendChanges);
}

/** Saves how things are synced; what is not named stays as it is. */
export function saveSyncSettings(
  ports: SyncSettingsPorts,
  principal: Principal,
  adapter: { id: string },
  wanted: SaveSync,
): Promise<Outcome<SyncSettings>> {
  return change(ports, principal, adapter, (settings) => withSaved(settings, wanted));
}

/** The short way: whether later changes of what a push sends are sent. */
export async function changeSettings(
  ports: SyncSettingsPorts,
  principal: Principal,
  adapter: { id: string },
  { sendChanges }: { sendChanges: boolean },
): Promise<Outcome<Adapter>> {
  const changed = await change(
    ports,
    principal,
    adapter,
    (settings) => withSendChanges(settings, sendChanges),
    () => ({ code: 'send_changes_set', values: { on: sendChanges } }),
  );
  return changed.ok ? readAdapter(ports.db, adapter) : changed;
}

async function change(
  ports: SyncSettingsPorts,
  { organizationId, userName }: Principal,
  { id: adapterId }: { id: string },
  make: (settings: SyncSettings) => SyncSettings,
  factOf: (before: SyncSettings, after: SyncSettings) => ActivityFact = whatChanged,
): Promise<Outcome<SyncSettings>> {
  return inTransaction(ports.db, async (tx): Promise<Outcome<SyncSettings>> => {
    await tx.$queryRaw`SELECT 1 FROM adapter WHERE id = ${adapterId} FOR UPDATE`;
    const row = await findAdapter(tx, organizationId, adapterId);
    if (!row) return notFound('adapter');
    const before = readSettings(row.sync, row.sendChanges);
    const after = make(before);
    await tx.adapter.update({
      where: { id: adapterId },
      // The switch of before is written too: a replica of the release before knows nothing else.
      data: { sync: after, sendChanges: sendsChanges(after), groups: groupsOf(after) },
    });
    if (!sends(before.status) && sends(after.status)) await agreeOnStatuses(tx, adapterId);
    // Before the comparison: what is edited from here on is sent, what was edited until here is compared.
    if (namesOn(before) !== namesOn(after)) await ports.queueWebhook(tx, adapterId);
    if (row.state === 'active' && switchedOn(before, after)) await ports.queueReconcile(tx, adapterId);
    await recordActivity(tx, {
      organizationId,
      adapterId,
      ...factOf(before, after),
      actor: userName,
    });
    return success(after);
  });
}

function switchedOn(before: SyncSettings, after: SyncSettings): boolean {
  return thingNames.some(
    (name) => name !== 'status' && before[name].direction === 'off' && after[name].direction !== 'off',
  );
}

function namesOn(settings: SyncSettings): string {
  return fieldsOn(settings)
    .map(({ name }) => name)
    .join();
}

/** Switching the sending on moves no issue by itself: what was edited until now counts as agreed. */
async function agreeOnStatuses(tx: Db, adapterId: string): Promise<void> {
  await tx.externalReference.updateMany({
    where: { adapterId, agreedStatus: { not: null } },
    data: { agreedStatus: null },
  });
}

function whatChanged(before: SyncSettings, after: SyncSettings): ActivityFact {
  const changed = thingNames.filter(
    (name) =>
      before[name].direction !== after[name].direction || before[name].onConflict !== after[name].onConflict,
  );
  const rules = changed.map((thing) => ({
    thing,
    direction: after[thing].direction,
    onConflict: after[thing].onConflict,
  }));
  return { code: 'sync_settings_changed', values: { rules } };
}
