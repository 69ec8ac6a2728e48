/** What a process under test waits for Jira: a second where production waits a quarter of a minute. */
export const shortWaits = {
  pushWaits: { leaseMs: 4_000, searchLagMs: 2_500 },
  jiraTimeoutMs: 1_000,
};
