import { lostStates } from '@userhero/shared/domain/reference-state.ts';
import { fieldsOn, jiraFieldsOn } from '@userhero/shared/sync/settings.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import { followProject } from '../adapters/follow-project.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import { compareFields } from '../sync/compare-fields.ts';
import { endComparison } from './end-comparison.ts';
import { lookAtIssues, toLook } from './look-at-issues.ts';
import { noteLost } from './reading-round-store.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { newReport, type Reconciled } from './reconciled.ts';
import { isMissing, takeFindings } from './take-findings.ts';

const pageSize = 100;

/** What is read. */
export type Extent = {
  /** Also what Jira does not show, and told even where nothing has changed; else what it shows, as far as is known. */
  thorough: boolean;
  /** How much of the project changes, where a search has found out; else it stays as it was. */
  projectEdits?: number;
};

/**
 * Reads the issues of an adapter's references by id and repairs what missed webhooks left behind, and follows the Jira
 * project itself. What it finds goes into the same inbox as webhooks do.
 *
 * Errors: those of the Jira conversation; nothing is concluded then, and the next run starts over.
 */
export async function reconcileAdapter(
  ports: ReconcilePorts,
  adapterId: string,
  extent: Extent,
): Promise<Outcome<Reconciled>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const report = newReport();
  const connection = activeConnectionOf(adapter);
  if (!adapter || !connection.ok) return success(report);
  const { grantId, cloudId, place } = connection.value;

  const began = await readingBegins(ports.db);
  const jira = await ports.openJira(grantId, cloudId);
  const project = await jira.findProject(place.projectId);
  if (!project.ok) return project;
  await followProject(ports, adapter, project.value);

  const compare = await prepareComparison(ports, jira, connection.value);
  const fields = jiraFieldsOn(connection.value.settings);
  const manner = { fields, projects: new Map([[place.projectId, project]]) };
  const wanted = extent.thorough ? {} : { state: { notIn: [...lostStates] } };
  let after = '';
  for (;;) {
    const references = await ports.db.externalReference.findMany({
      where: { adapterId, cloudId, id: { gt: after }, ...wanted },
      orderBy: { id: 'asc' },
      take: pageSize,
    });
    if (references.length === 0) break;
    after = references.at(-1)?.id ?? after;
    const readAt = await readingBegins(ports.db);
    const looked = await lookAtIssues(jira, references.map(toLook), manner);
    if (!looked.ok) return looked;
    const shown = await takeFindings(ports, adapterId, { references, looked: looked.value, readAt }, report);
    await compare(shown);
    await noteLost(
      ports.pool,
      references.filter(({ id }) => isMissing(looked.value.get(id))).map(({ id }) => id),
      shown.filter(({ reference }) => reference.lostAt !== null).map(({ reference }) => reference.id),
    );
  }
  await endComparison(ports, connection.value, {
    began,
    report,
    projectEdits: extent.projectEdits ?? adapter.projectEdits,
    isWhole: extent.thorough,
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
