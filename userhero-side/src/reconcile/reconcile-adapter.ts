import { recordActivity } from '../activity/record-activity.ts';
import { effectiveState } from '../connect/adapter-state.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { JiraIssue, OpenJira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { adapterInclude, toPlan } from '../store/views.ts';
import { missingIssue, observedIssue } from './observe-issue.ts';

export type ReconcilePorts = {
  db: PrismaClient;
  openJira: OpenJira;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  now(): Date;
};

/** Jira's bulk fetch takes at most 100 issues. */
const pageSize = 100;

/** What a reconciliation found. */
export type Reconciled = { checked: number; drifted: number; missing: number };

/**
 * Reads the issues of an adapter's references in bulk and repairs what missed webhooks left behind. What it finds
 * goes into the same inbox as webhooks do.
 *
 * Errors: those of the Jira conversation; nothing is changed then, and the next run starts over.
 */
export async function reconcileAdapter(
  ports: ReconcilePorts,
  adapterId: string,
): Promise<Outcome<Reconciled>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: adapterInclude });
  const report: Reconciled = { checked: 0, drifted: 0, missing: 0 };
  if (!adapter?.grantId || !adapter.cloudId) return success(report);
  if (effectiveState(adapter.state, adapter.pauseReason, toPlan(adapter.project)).state !== 'active')
    return success(report);

  const jira = await ports.openJira(adapter.grantId, adapter.cloudId);
  let after = '';
  for (;;) {
    const references = await ports.db.externalReference.findMany({
      where: { adapterId, cloudId: adapter.cloudId, state: { not: 'issue_deleted' }, id: { gt: after } },
      orderBy: { id: 'asc' },
      take: pageSize,
    });
    if (references.length === 0) break;
    after = references.at(-1)?.id ?? after;
    const read = await jira.readIssues(references.map((reference) => reference.issueId));
    if (!read.ok) return read;
    const byId = new Map(read.value.map((issue) => [issue.id, issue]));
    const findings = references.flatMap((reference) => {
      const issue = byId.get(reference.issueId);
      if (!issue) {
        report.missing += 1;
        return [missingIssue(adapterId, { id: reference.issueId, key: reference.issueKey })];
      }
      if (agrees(reference, issue)) return [];
      report.drifted += 1;
      return [observedIssue(adapterId, issue)];
    });
    report.checked += references.length;
    if (findings.length > 0) await ports.insertDeliveries(findings);
  }

  await ports.db.adapter.update({ where: { id: adapterId }, data: { lastReconciledAt: ports.now() } });
  await recordActivity(ports.db, {
    organizationId: adapter.project.organizationId,
    adapterId,
    kind: 'reconciled',
    summary: `${report.checked} linked ${report.checked === 1 ? 'issue' : 'issues'} compared with Jira: ${report.drifted} had changed, ${report.missing} no longer exist`,
    actor: 'UserHero',
  });
  return success(report);
}

function agrees(
  reference: {
    knownStatusId: string | null;
    knownStatusCategory: string | null;
    issueKey: string;
    jiraProjectId: string;
    state: string;
  },
  issue: JiraIssue,
): boolean {
  return (
    reference.knownStatusId === issue.status.id &&
    [null, issue.status.category ?? 'none'].includes(reference.knownStatusCategory) &&
    reference.issueKey === issue.key &&
    (reference.jiraProjectId === issue.projectId || reference.state === 'issue_moved')
  );
}
