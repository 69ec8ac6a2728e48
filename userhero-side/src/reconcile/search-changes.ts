import { lostStates } from '@userhero/shared/domain/reference-state.ts';
import { jiraFieldsOn } from '@userhero/shared/sync/settings.ts';
import {
  activeConnectionOf,
  type Connection,
  type ConnectionRow,
  connectionInclude,
} from '../adapters/connection.ts';
import { followProject } from '../adapters/follow-project.ts';
import { readingBegins } from '../inbound/reading-store.ts';
import type { Jira } from '../jira/jira.ts';
import { type Outcome, success } from '../outcome.ts';
import { chooseWay, editsAfter, type Way } from './choose-way.ts';
import { endComparison } from './end-comparison.ts';
import { reconcileAdapter } from './reconcile-adapter.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';
import { newReport, type Reconciled } from './reconciled.ts';
import { takeMoved } from './take-moved.ts';
import { takeNamed } from './take-named.ts';

/** An adapter that is compared, with its conversation. */
type Comparing = { adapter: ConnectionRow; connection: Connection; jira: Jira; began: Date };

/** A page of Jira's search with fields holds at most 100 issues. */
const searchPage = 100;
const mostEmptyPages = 3;

/**
 * Finds what has changed in Jira since the last comparison, and repairs what missed webhooks left behind, at the price
 * of what has changed and not of what is linked.
 *
 * Errors: those of the Jira conversation. The time that is searched stays as it was, so the next search loses nothing.
 */
export async function searchChanges(ports: ReconcilePorts, adapterId: string): Promise<Outcome<Reconciled>> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: connectionInclude });
  const connection = activeConnectionOf(adapter);
  if (!adapter || !connection.ok) return success(newReport());
  const { cloudId, grantId, place } = connection.value;
  const began = await readingBegins(ports.db);
  const linked = await ports.db.externalReference.count({
    where: { adapterId, cloudId, jiraProjectId: place.projectId, state: { notIn: [...lostStates] } },
  });
  const { searchFrom, projectEdits, jiraProjectState: projectState } = adapter;
  const way = chooseWay({ searchFrom, now: began, linked, projectEdits, projectState });
  const jira = await ports.openJira(grantId, cloudId);
  return goWay(ports, { adapter, connection: connection.value, jira, began }, way);
}

function goWay(ports: ReconcilePorts, comparing: Comparing, way: Way): Promise<Outcome<Reconciled>> {
  const { id, projectEdits } = comparing.adapter;
  switch (way.kind) {
    case 'everything':
      return reconcileAdapter(ports, id, { thorough: true });
    case 'linked':
      return reconcileAdapter(ports, id, {
        thorough: false,
        projectEdits: editsAfter(projectEdits, null),
      });
    case 'project':
      return askForProject(ports, comparing);
    case 'search':
      return search(ports, comparing, way);
  }
}

/** Asks for the Jira project alone. One that is shown again brings its issues back. */
async function askForProject(
  ports: ReconcilePorts,
  { adapter, connection, jira, began }: Comparing,
): Promise<Outcome<Reconciled>> {
  const project = await jira.findProject(connection.place.projectId);
  if (!project.ok) return project;
  await followProject(ports, adapter, project.value);
  if (project.value?.state === 'live' && adapter.jiraProjectState !== 'live')
    return reconcileAdapter(ports, adapter.id, { thorough: true });
  const report = newReport();
  await endComparison(ports, connection, { began, report, projectEdits: 0, isWhole: false });
  return success(report);
}

async function search(
  ports: ReconcilePorts,
  { adapter, connection, jira, began }: Comparing,
  { minutes, mostNamed }: Extract<Way, { kind: 'search' }>,
): Promise<Outcome<Reconciled>> {
  const { projectId } = connection.place;
  const fields = jiraFieldsOn(connection.settings);
  const report = newReport();
  let named = 0;
  let emptyPages = 0;
  let pageToken: string | null = null;
  do {
    const limit = Math.min(searchPage, mostNamed - named + 1);
    const page = await jira.searchUpdated(projectId, { minutes, fields, limit, pageToken });
    if (!page.ok) {
      // Jira refuses a search of a project that it does not show, in the words for one that never was.
      const isRefused = page.problem.code === 'jira_rejected' && pageToken === null;
      return isRefused ? reconcileAdapter(ports, adapter.id, { thorough: false }) : page;
    }
    const taken = await takeNamed(ports, { connection, jira, fields }, page.value.issues, report);
    if (!taken.ok) return taken;
    named += page.value.issues.length;
    pageToken = page.value.nextPageToken;
    // A page without issues that promises another one: a search that goes on like that would never end.
    if (page.value.issues.length === 0) emptyPages += 1;
  } while (pageToken !== null && named <= mostNamed && emptyPages < mostEmptyPages);

  const projectEdits = editsAfter(adapter.projectEdits, named);
  // More of the project changes than is linked, so that reading these is the cheaper way, or the search does not end.
  if (pageToken !== null) return reconcileAdapter(ports, adapter.id, { thorough: false, projectEdits });
  const moved = await takeMoved(ports, { connection, jira, fields }, report);
  if (!moved.ok) return moved;
  await endComparison(ports, connection, { began, report, projectEdits, isWhole: false });
  return success(report);
}
