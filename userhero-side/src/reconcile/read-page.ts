import { issuesFor } from '@userhero/shared/limits/units.ts';
import { jiraFieldsOn } from '@userhero/shared/sync/settings.ts';
import { activeConnectionOf, connectionInclude } from '../adapters/connection.ts';
import { followProject } from '../adapters/follow-project.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { FoundProject } from '../jira/find-project.ts';
import type { JiraAnswer } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import { askWhereDiffers } from '../sync/ask-where-differs.ts';
import { linkedAbout } from './comparison-store.ts';
import { recordFound } from './end-comparison.ts';
import { type Looked, lookAtIssues, toLook } from './look-at-issues.ts';
import { nextPageDue, nextRoundDue, pageSize, periodMs, roundsInAMonth } from './reading-round.ts';
import { noteLost, pageOfRound, type ReadReference, saveRound, standOfRound } from './reading-round-store.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { newReport } from './reconciled.ts';
import { isMissing, takeFindings } from './take-findings.ts';

/** Of more issues of a page that are absent at once, none is asked for alone before a second reading. */
const mostAbsent = 10;
const secondReadingMs = 60 * 60_000;

/**
 * Reads the next page of an adapter's daily reading by id: what no search and no event can show is found here. The first
 * page of a round looks at the Jira project too.
 *
 * Errors: those of the Jira conversation; the round stands where it stood.
 */
export async function readPage(ports: ReconcilePorts, adapterId: string): Promise<Outcome<null>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const connection = activeConnectionOf(adapter);
  if (!adapter || !connection.ok) return success(null);
  const { grantId, cloudId, place, settings } = connection.value;
  const period = periodMs(await linkedAbout(ports.db), await ports.pointsPerHour());
  const readAt = await readingBegins(ports.db);
  const { readAfter, readAbsentAt } = adapter;
  const size = Math.min(pageSize, issuesFor(ports.points.mostPerUnit(cloudId)));
  const references = await pageOfRound(ports.pool, { id: adapterId, cloudId, readAfter }, size, {
    rounds: roundsInAMonth(period),
    round: Math.floor(readAt.getTime() / period),
  });

  const jira = await ports.openJira(grantId, cloudId);
  const projects = new Map<string, JiraAnswer<FoundProject | null>>();
  if (readAfter === '') {
    const project = await jira.findProject(place.projectId);
    if (!project.ok) return project;
    await followProject(ports, adapter, project.value);
    projects.set(place.projectId, project);
  }
  const looked = await lookAtIssues(jira, references.map(toReadAgain), {
    fields: jiraFieldsOn(settings),
    projects,
    mostAbsent: readAbsentAt === null ? mostAbsent : Number.POSITIVE_INFINITY,
  });
  if (!looked.ok) return looked;

  const report = newReport();
  const shown = await takeFindings(
    ports,
    adapterId,
    { references, looked: looked.value, readAt, newsOnly: true },
    report,
  );
  await askWhereDiffers(ports, connection.value, shown, ports.now());
  await noteLost(
    ports.pool,
    references.filter(({ id }) => isMissing(looked.value.get(id))).map(({ id }) => id),
    shown.filter(({ reference }) => reference.lostAt !== null).map(({ reference }) => reference.id),
  );
  await recordFound(ports, connection.value, report);

  const isUnsure = [...looked.value.values()].some(({ kind }) => kind === 'unsure');
  if (isUnsure) {
    const dueAt = new Date(readAt.getTime() + secondReadingMs);
    await saveRound(ports.pool, adapterId, { readAfter, dueAt, absentAt: readAt });
  } else await goOn(ports, { adapterId, now: readAt, periodMs: period }, references, size);
  return success(null);
}

async function goOn(
  ports: ReconcilePorts,
  round: Parameters<typeof nextRoundDue>[0],
  references: readonly ReadReference[],
  size: number,
): Promise<void> {
  const last = references.length < size ? undefined : references.at(-1);
  if (!last) {
    await saveRound(ports.pool, round.adapterId, {
      readAfter: '',
      dueAt: nextRoundDue(round),
      absentAt: null,
    });
    return;
  }
  const { read, linked } = await standOfRound(ports.pool, round.adapterId, last.id);
  await saveRound(ports.pool, round.adapterId, {
    readAfter: last.id,
    dueAt: nextPageDue(round, read, linked),
    absentAt: null,
  });
}

/** What Jira is known to have deleted is in the bulk fetch where it came back, and is asked for in no other way. */
function toReadAgain(reference: ReadReference): Looked {
  return { ...toLook(reference), isGone: reference.state === 'issue_deleted' };
}
