import type { Site } from '../world.ts';
import { type ForgeHost, forgeState } from './forge-host.ts';

/** Whether `asUser()` may act for the person on the site without asking first. */
export function hasConsent(host: ForgeHost, site: Site, accountId: string): boolean {
  const { settings, consents } = forgeState(host);
  if (!settings.consentNeeded) return true;
  return consents.some((one) => one.siteSlug === site.slug && one.accountId === accountId);
}

/** The person lets the app act for them, on this site. */
export function giveConsent(host: ForgeHost, site: Site, accountId: string): void {
  withdrawConsent(host, site, accountId);
  forgeState(host).consents.push({ siteSlug: site.slug, accountId, at: host.sandbox.now() });
  host.sandbox.save();
}

/** The person takes it back; answers whether there was one. */
export function withdrawConsent(host: ForgeHost, site: Site, accountId: string): boolean {
  const state = forgeState(host);
  const kept = state.consents.filter((one) => one.siteSlug !== site.slug || one.accountId !== accountId);
  const withdrawn = kept.length < state.consents.length;
  state.consents = kept;
  host.sandbox.save();
  return withdrawn;
}
