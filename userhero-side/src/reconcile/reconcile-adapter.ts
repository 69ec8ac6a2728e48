import { fieldsOn } from '@userhero/shared/sync/settings.ts';
import type pg from 'pg';
import { recordActivity } from '../activity/record-activity.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import { type FollowPorts, followProject } from '../adapters/follow-project.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import type { MetadataSource } from '../jira/project-metadata.ts';
import { type Outcome, success } from '../outcome.ts';
import type { ExternalReference } from '../store/generated/client.ts';
import { compareFields } from '../sync/compare-fields.ts';
import { tellsNews } from './agrees.ts';
import { type Finding, lookAtIssues, toLook } from './look-at-issues.ts';
import { toReading } from './observe-issue.ts';
import { newReport, type Reconciled } from './reconciled.ts';

export type ReconcilePorts = FollowPorts & {
  openJira: OpenJira;
  insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown>;
  pool: pg.Pool;
  metadata: MetadataSource;
  publicUrl: string;
  now(): Date;
};

const pageSize = 100;
const dayMs = 24 * 60 * 60_000;

/**
 * Reads the issues of an adapter's references and repairs what missed webhooks left behind, and follows the Jira
 * project itself. What it finds goes into the same inbox as webhooks do.
 *
 * What Jira does not show is looked at again: hidden issues each time; deleted ones once a day, since issue security
 * may have been lifted or a project restored, or at once when `thorough`.
 *
 * Errors: those of the Jira conversation; nothing is concluded then, and the next run starts over.
 */
export async function reconcileAdapter(
  ports: ReconcilePorts,
  adapterId: string,
  { thorough }: { thorough: boolean },
): Promise<Outcome<Reconciled>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const report = newReport();
  const connection = activeConnectionOf(adapter);
  if (!adapter || !connection.ok) return success(report);
  const { organizationId, grantId, cloudId, place } = connection.value;

  const began = ports.now();
  const jira = await ports.openJira(grantId, cloudId);
  const project = await jira.findProject(place.projectId);
  if (!project.ok) return project;
  await followProject(ports, adapter, project.value);

  const compare = await prepareComparison(ports, jira, connection.value);
  const fields = fieldsOn(connection.value.settings).flatMap(({ jiraFields }) => jiraFields);
  let after = '';
  for (;;) {
    const references = await ports.db.externalReference.findMany({
      where: {
        adapterId,
        cloudId,
        id: { gt: after },
        ...(thorough ? {} : dueSince(new Date(began.getTime() - dayMs))),
      },
      orderBy: { id: 'asc' },
      take: pageSize,
    });
    if (references.length === 0) break;
    after = references.at(-1)?.id ?? after;
    const readAt = await readingBegins(ports.db);
    const looked = await lookAtIssues(jira, references.map(toLook), fields);
    if (!looked.ok) return looked;
    const findings = references.flatMap((reference) =>
      toDelivery(adapterId, reference, looked.value.get(reference.id), readAt, report),
    );
    if (findings.length > 0) await ports.insertDeliveries(findings);
    await compare(
      references.flatMap((reference) => {
        const finding = looked.value.get(reference.id);
        return finding?.kind === 'present' ? [{ reference, issue: finding.issue }] : [];
      }),
    );
    await ports.db.externalReference.updateMany({
      where: {
        id: { in: references.filter(({ id }) => isMissing(looked.value.get(id))).map(({ id }) => id) },
      },
      data: { lookedAt: began },
    });
  }

  await ports.db.adapter.update({ where: { id: adapterId }, data: { lastReconciledAt: ports.now() } });
  await recordActivity(ports.db, {
    organizationId,
    adapterId,
    code: 'reconciled',
    values: report,
    actor: 'UserHero',
  });
  return success(report);
}

/** Compares the fields that are on of a page of references; none where nothing is, or the project cannot be asked. */
async function prepareComparison(
  ports: ReconcilePorts,
  jira: Jira,
  connection: Connection,
): Promise<(page: Parameters<typeof compareFields>[2]) => Promise<void>> {
  if (fieldsOn(connection.settings).length === 0) return async () => {};
  const metadata = await ports.metadata.get(jira, connection.place);
  if (!metadata.ok) return async () => {};
  const comparison = { connection, metadata: metadata.value, publicUrl: ports.publicUrl, now: ports.now() };
  return (page) => compareFields(ports, comparison, page);
}

/** Deleted issues, alone and with their project, are looked at once a day; all others each time. */
function dueSince(bound: Date) {
  return {
    OR: [
      { state: { notIn: ['issue_deleted', 'project_deleted'] } },
      { lookedAt: null },
      { lookedAt: { lt: bound } },
    ],
  };
}

function isMissing(finding: Finding | undefined): boolean {
  return finding !== undefined && finding.kind !== 'present' && finding.kind !== 'unknown';
}

/** What goes into the inbox for a finding: nothing where the reference says so already. */
function toDelivery(
  adapterId: string,
  reference: ExternalReference,
  finding: Finding | undefined,
  readAt: Date,
  report: Reconciled,
): DeliveryFacts[] {
  report.checked += 1;
  const kind = finding?.kind ?? 'unknown';
  const isNews = finding !== undefined && tellsNews(reference, finding);
  if (kind === 'unknown') report.unread += 1;
  else if (kind !== 'present') report[kind] += 1;
  else if (isNews) report.drifted += 1;
  return isNews ? [toReading(adapterId, reference, finding, readAt)].filter((one) => one !== null) : [];
}
