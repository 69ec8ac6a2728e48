/**
 * What a process under test waits for Jira: three seconds where production waits a quarter of a minute. A busy machine
 * needs them for an answer that is not late at all.
 */
export const shortWaits = {
  pushWaits: { leaseMs: 9_000, searchLagMs: 2_500 },
  jiraTimeoutMs: 3_000,
  takeOverSeconds: 3,
  signsOfLife: { heartbeatSeconds: 10, superviseSeconds: 3 },
};
