/**
 * Whether Forge wants the person's consent before the app may act for them. Only an error that leaves the function
 * as it is has Forge show its prompt, so every catch on the way lets it through.
 *
 * Source: `@forge/api` 8.3, `out/api/errors.js`: the error's name says it; its class may be bundled twice.
 */
export function wantsConsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'NEEDS_AUTHENTICATION_ERR';
}
