import type { Adapter } from '@userhero/shared/contracts/adapter.ts';
import { recordActivity } from '../activity/record-activity.ts';
import type { Principal } from '../identity/principal.ts';
import { failure, type Outcome } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import type { AdapterRow } from '../store/views.ts';
import { listSites, readAdapter } from './adapters.ts';
import { isAnotherSite, placeOnSite } from './another-site.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { leaveWebhook } from './leave-webhook.ts';
import { followSite } from './site-address.ts';

/**
 * Selects the Jira site among those the grant covers. Another site than before means another project, so the
 * adapter goes back to choosing; the same one changes nothing.
 *
 * Errors: `needs_reauth`, `adapter_wrong_state`, `site_not_granted`.
 */
export async function chooseSite(
  ports: ConnectPorts,
  principal: Principal,
  adapter: AdapterRow,
  input: { cloudId: string },
): Promise<Outcome<Adapter>> {
  const sites = await listSites(ports, adapter);
  if (!sites.ok) return sites;
  const site = sites.value.items.find((candidate) => candidate.cloudId === input.cloudId);
  if (!site) {
    return failure({
      code: 'site_not_granted',
      detail: 'The consent does not cover this Jira site.',
      remedy: 'Choose one of the listed sites, or reconnect and select the site on Atlassian’s page.',
      errors: [{ field: 'cloudId', message: 'Choose one of the listed sites.' }],
    });
  }
  const isOther = isAnotherSite(adapter, site);
  if (isOther) await leaveWebhook(ports, adapter.id);
  await inTransaction(ports.db, async (tx) => {
    await tx.adapter.update({
      where: { id: adapter.id },
      data: { ...placeOnSite(adapter, site), ...(isOther ? { state: 'choosing', pauseReason: null } : {}) },
    });
    await followSite(tx, site);
    if (!isOther) return;
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId: adapter.id,
      code: 'site_chosen',
      values: { site: site.name },
      actor: principal.userName,
    });
  });
  return readAdapter(ports.db, adapter);
}
