import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { JiraIssue } from '../jira/jira.ts';
import { type Remembered, tellsNews } from './agrees.ts';
import type { Finding } from './look-at-issues.ts';
import { toReading } from './observe-issue.ts';
import type { Reconciled } from './reconciled.ts';

/** References that were looked at, and when. */
type Page<Reference> = {
  references: readonly Reference[];
  looked: ReadonlyMap<string, Finding>;
  /** When the reading began, by the database's clock. */
  readAt: Date;
  /** Counts only what was not known; else also what Jira still does not show. */
  newsOnly?: boolean;
};

type Read = Remembered & { id: string; issueId: string };

/**
 * Puts what a page of a reading tells that is not known into the inbox, and counts it.
 *
 * @returns the references whose issues Jira shows, with these
 */
export async function takeFindings<Reference extends Read>(
  ports: { insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown> },
  adapterId: string,
  { references, looked, readAt, newsOnly = false }: Page<Reference>,
  report: Reconciled,
): Promise<{ reference: Reference; issue: JiraIssue }[]> {
  const news = references.flatMap((reference) => {
    const finding = looked.get(reference.id);
    const isNews = finding !== undefined && tellsNews(reference, finding);
    if (isNews || !newsOnly) count(report, finding, isNews);
    return isNews ? (toReading(adapterId, reference, finding, readAt) ?? []) : [];
  });
  if (news.length > 0) await ports.insertDeliveries(news);
  return references.flatMap((reference) => {
    const finding = looked.get(reference.id);
    return finding?.kind === 'present' ? [{ reference, issue: finding.issue }] : [];
  });
}

/** Whether a look found that Jira does not show the issue. */
export function isMissing(finding: Finding | undefined): boolean {
  return finding !== undefined && !['present', 'unknown', 'unsure'].includes(finding.kind);
}

function count(report: Reconciled, finding: Finding | undefined, isNews: boolean): void {
  report.checked += 1;
  const kind = finding?.kind ?? 'unknown';
  if (kind === 'unknown' || kind === 'unsure') report.unread += 1;
  else if (kind !== 'present') report[kind] += 1;
  else if (isNews) report.drifted += 1;
}
