import type { JiraIssue } from '../jira/jira.ts';
import { type Remembered, tellsNews } from './agrees.ts';

/** A linked issue that a search named. */
export type Named<Reference> = { reference: Reference; issue: JiraIssue };

/**
 * What the issues that a search named are to a customer's references. A search's answer names and decides nothing, since
 * its index lags: what looks different is read by its id, and of the others only the fields are looked at. Issues that
 * are not linked are left out. Pure.
 */
export function sortFound<Reference extends Remembered & { issueId: string }>(
  references: readonly Reference[],
  issues: readonly JiraIssue[],
): { differing: Named<Reference>[]; agreeing: Named<Reference>[] } {
  // A change while the search goes on names an issue twice: the later answer is the newer one.
  const issueOf = new Map(issues.map((issue) => [issue.id, issue]));
  const named = references.flatMap((reference) => {
    const issue = issueOf.get(reference.issueId);
    return issue ? [{ reference, issue }] : [];
  });
  const differs = ({ reference, issue }: Named<Reference>) =>
    tellsNews(reference, { kind: 'present', issue });
  return { differing: named.filter(differs), agreeing: named.filter((one) => !differs(one)) };
}
