import { invoke } from '@forge/bridge';
import type {
  ForgeAnswer,
  ForgePageAnswer,
  ForgePanel,
  ForgeProblem,
} from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { unreachable } from '../unreachable.ts';

/** The words of `@forge/api` when `asUser()` has no consent (`out/api/fetch.js`); the bridge hands on nothing else. */
function isConsentRefused(error: unknown): boolean {
  return String(error).includes('Authentication Required');
}

/** Forge has asked the person by itself; this is what is left to say when they did not allow it. */
const consentRefused: ForgeProblem = {
  code: 'oauth_denied',
  detail: 'UserHero needs your permission to ask Jira what you may do in this project.',
  remedy: 'Try again and choose “Allow access”.',
};

/** What the page asks of its functions, with what each answers. */
type Calls = {
  getPage: { payload: { adapterId: string | null }; answer: ForgePageAnswer };
  saveMapping: {
    payload: { adapterId: string; version: number; mapping: Mapping };
    answer: MappingDocument;
  };
  previewMapping: { payload: { adapterId: string; mapping: Mapping }; answer: MappingPreview };
  getPanel: { payload: Record<string, never>; answer: ForgePanel };
};

/** Calls a function of this app. A function that failed or timed out is a problem like any other. */
export async function callResolver<Name extends keyof Calls>(
  name: Name,
  payload: Calls[Name]['payload'],
): Promise<ForgeAnswer<Calls[Name]['answer']>> {
  try {
    // Without asking for metadata, Forge hands on the function's answer as it is.
    return (await invoke(name, payload)) as ForgeAnswer<Calls[Name]['answer']>;
  } catch (error) {
    // Forge's own words are for developers; the person is told what they can do.
    console.error(`${name} failed`, error);
    return { ok: false, problem: isConsentRefused(error) ? consentRefused : unreachable };
  }
}
