/**
 * What a process under test waits for Jira: three seconds where production waits a quarter of a minute. A busy machine
 * needs them for an answer that is not late at all.
 *
 * A create in doubt may be repeated once two searches found nothing, each this long after the one before, the first after
 * the answer was given up. The slowest create of these tests (4.5 s) is carried out well before that.
 */
export const shortWaits = {
  pushWaits: { leaseMs: 9_000, searchLagMs: 3_000 },
  // A late edit of these tests arrives after 6 s, and so within the doubt over it.
  visitWaits: { leaseMs: 5_000, doubtMs: 6_000 },
  jiraTimeoutMs: 3_000,
  takeOverSeconds: 3,
  signsOfLife: { heartbeatSeconds: 10, superviseSeconds: 3 },
};
