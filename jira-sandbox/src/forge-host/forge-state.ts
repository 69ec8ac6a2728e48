import { defaultForgeSettings, type ForgeSettings } from './forge-settings.ts';

/** What the host keeps in the world file. */
export type ForgeState = {
  /** The signing keys, newest last; all but retired ones stand in the key set. */
  keys: SigningKey[];
  installations: Installation[];
  /** Sites that got the app at their first start; one that uninstalled it does not get it again. */
  offeredSites: string[];
  /** Product events that wait for their (next) delivery. */
  events: PendingEvent[];
  /** Who let the app act for them, by site. */
  consents: Consent[];
  settings: ForgeSettings;
};

export type Consent = { siteSlug: string; accountId: string; at: number };

export type SigningKey = { kid: string; privatePem: string; publicPem: string };

export type Installation = {
  siteSlug: string;
  /** `ari:cloud:ecosystem::installation/{uuid}` */
  id: string;
  environmentId: string;
  installedAt: number;
  installedBy: string;
};

export type PendingEvent = {
  id: string;
  siteSlug: string;
  triggerKey: string;
  event: Record<string, unknown>;
  retryCount: number;
  dueAt: number;
  /** It was due while events were held. */
  held?: boolean;
};

/** The state of a world that never ran an app. */
export function emptyForgeState(): ForgeState {
  return {
    keys: [],
    installations: [],
    offeredSites: [],
    events: [],
    consents: [],
    settings: { ...defaultForgeSettings },
  };
}

/** A saved state, with what a host of another day did not keep. */
export function completeForgeState(saved: Partial<ForgeState> | undefined): ForgeState {
  const empty = emptyForgeState();
  return { ...empty, ...saved, settings: { ...empty.settings, ...saved?.settings } };
}
