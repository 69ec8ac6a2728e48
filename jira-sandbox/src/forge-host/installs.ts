import { randomUUID } from 'node:crypto';
import type { Site } from '../world.ts';
import { type ForgeHost, forgeState } from './forge-host.ts';
import type { Installation } from './forge-state.ts';
import { emitLifecycle } from './product-events.ts';

/** Installs the app on a site, or answers the installation that is there. */
export function installApp(host: ForgeHost, site: Site, accountId: string): Installation | null {
  const state = forgeState(host);
  const deployment = host.source.current();
  if (!deployment) return null;
  const present = state.installations.find((one) => one.siteSlug === site.slug);
  if (present) return present;
  const installation: Installation = {
    siteSlug: site.slug,
    id: `ari:cloud:ecosystem::installation/${randomUUID()}`,
    environmentId: environmentOf(host),
    installedAt: host.sandbox.now(),
    installedBy: accountId,
  };
  state.installations.push(installation);
  host.sandbox.save();
  emitLifecycle(host, { deployment, site, installation }, 'avi:forge:installed:app', accountId);
  return installation;
}

/** All installations of one environment share its id. */
function environmentOf(host: ForgeHost): string {
  return forgeState(host).installations[0]?.environmentId ?? randomUUID();
}

/** Takes the app off a site: its pages, triggers and tokens end at once. */
export function uninstallApp(host: ForgeHost, site: Site): boolean {
  const state = forgeState(host);
  const found = state.installations.find((one) => one.siteSlug === site.slug);
  if (!found) return false;
  state.installations = state.installations.filter((one) => one !== found);
  state.events = state.events.filter((one) => one.siteSlug !== site.slug);
  state.consents = state.consents.filter((one) => one.siteSlug !== site.slug);
  host.sandbox.save();
  return true;
}

/** Gives every site the app once, so that there is something to see; who uninstalls it is left in peace. */
export function installByDefault(host: ForgeHost): void {
  const state = forgeState(host);
  if (!host.source.current()) return;
  for (const site of host.sandbox.world.sites) {
    if (state.offeredSites.includes(site.slug)) continue;
    state.offeredSites.push(site.slug);
    const [admin] = host.sandbox.world.accounts;
    installApp(host, site, admin?.accountId ?? '');
  }
}
