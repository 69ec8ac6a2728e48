/** The part of an hour's usable points that searches for missed changes may take. */
export const searchShare = 0.15;

/**
 * How many hours apart an adapter's searches are: one, or more where the searches of all adapters would take more than
 * their share.
 *
 * @param wanted points that all searches together take when each adapter has one
 * @param usable points that may be used in an hour
 */
export function hoursBetweenSearches(wanted: number, usable: number): number {
  return Math.max(1, wanted / (usable * searchShare));
}
