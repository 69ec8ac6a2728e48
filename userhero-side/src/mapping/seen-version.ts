import { failure, type Outcome, success } from '../outcome.ts';

/**
 * Where a save says which version of the mapping its editor saw. `ifMatch` is the quoted version of the header;
 * `inBody` the same as a number, for ways on which the header may be lost: whether Forge's `invokeRemote` hands
 * `If-Match` on is not documented.
 */
export type VersionSeen = { ifMatch: string | undefined; inBody: number | undefined };

/** Errors: `precondition_required` when neither says it, `validation_failed` when they contradict each other. */
export function readVersionSeen({ ifMatch, inBody }: VersionSeen): Outcome<number> {
  const inHeader = readEtag(ifMatch);
  if (inHeader !== null && inBody !== undefined && inHeader !== inBody) {
    return failure({
      code: 'validation_failed',
      detail: `If-Match names version ${inHeader}, the body version ${inBody}.`,
      remedy: 'Send the version that you saw in one of them, or the same in both.',
      errors: [{ field: 'version', message: 'Not the version in If-Match.' }],
    });
  }
  const version = ifMatch === undefined ? inBody : inHeader;
  if (version !== undefined && version !== null) return success(version);
  return failure({
    code: 'precondition_required',
    detail: 'Saving a mapping needs the version that you saw.',
    remedy: 'Send If-Match with the ETag of GET …/mapping, or that version in the body.',
  });
}

function readEtag(ifMatch: string | undefined): number | null {
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(ifMatch?.trim() ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
