import type { Connection } from '../adapters/connection.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira, JiraIssue } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import type { ExternalReference } from '../store/generated/client.ts';
import { askWhereDiffers } from '../sync/ask-where-differs.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import type { Reconciled } from './reconciled.ts';
import { sortFound } from './sort-found.ts';
import { takeFindings } from './take-findings.ts';

/** Whose issues are compared, and what is asked of each. */
export type Asked = { connection: Connection; jira: Pick<Jira, 'fetchIssues'>; fields: readonly string[] };

/**
 * Takes a page of a search's answer: linked issues that look different are read by id, and what that shows goes into the
 * inbox. Where fields are synced, those of all the others are looked at as the search shows them.
 *
 * Errors: those of the bulk fetch.
 */
export async function takeNamed(
  ports: ReconcilePorts,
  asked: Asked,
  issues: readonly JiraIssue[],
  report: Reconciled,
): Promise<Outcome<null>> {
  if (issues.length === 0) return success(null);
  const { adapterId, cloudId } = asked.connection;
  const references = await ports.db.externalReference.findMany({
    where: { adapterId, cloudId, issueId: { in: issues.map(({ id }) => id) } },
  });
  const { differing, agreeing } = sortFound(references, issues);
  const read = await readShown(
    ports,
    asked,
    differing.map(({ reference }) => reference),
    report,
  );
  if (!read.ok) return read;
  await askWhereDiffers(ports, asked.connection, [...read.value, ...agreeing], ports.now());
  return success(null);
}

/**
 * Reads issues by id and puts what is new into the inbox. What is absent is left to the daily reading, which finds out
 * why.
 *
 * @returns those that Jira shows
 */
export async function readShown(
  ports: ReconcilePorts,
  { connection: { adapterId }, jira, fields }: Asked,
  references: readonly ExternalReference[],
  report: Reconciled,
): Promise<Outcome<{ reference: ExternalReference; issue: JiraIssue }[]>> {
  if (references.length === 0) return success([]);
  const readAt = await readingBegins(ports.db);
  const read = await jira.fetchIssues([...new Set(references.map(({ issueId }) => issueId))], fields);
  if (!read.ok) return read;
  const issueOf = new Map(read.value.issues.map((issue) => [issue.id, issue]));
  const shown = references.filter(({ issueId }) => issueOf.has(issueId));
  const looked = new Map(
    shown.flatMap(({ id, issueId }) => {
      const issue = issueOf.get(issueId);
      return issue ? [[id, { kind: 'present', issue } as const]] : [];
    }),
  );
  return success(await takeFindings(ports, adapterId, { references: shown, looked, readAt }, report));
}
