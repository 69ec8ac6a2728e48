import { invoke } from '@forge/bridge';
import type { ForgeAnswer, ForgePageAnswer, ForgePanel } from '@userhero/shared/contracts/forge.ts';
import type { MappingDocument, MappingPreview } from '@userhero/shared/contracts/mapping-api.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { unreachable } from '../unreachable.ts';

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
    return { ok: false, problem: unreachable };
  }
}
