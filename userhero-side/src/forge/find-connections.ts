import type { AdapterState } from '@userhero/shared/contracts/adapter.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';
import type { Prisma } from '../store/generated/client.ts';
import { adapterInclude } from '../store/views.ts';

/** A Jira project on a site, as a verified token and the route name it. */
export type JiraPlace = { cloudId: string; jiraProjectId: string };

const connectionInclude = {
  ...adapterInclude,
  project: { select: { ...adapterInclude.project.select, name: true } },
} satisfies Prisma.AdapterInclude;

export type ConnectionRow = Prisma.AdapterGetPayload<{ include: typeof connectionInclude }>;

/** Those under set-up have not confirmed their project; what an earlier one was is nobody's business in Jira. */
const shownStates: string[] = ['active', 'paused', 'needs_reauth', 'disconnected'] satisfies AdapterState[];

/** The adapters that are, or were, connected to a Jira project: those that sync first, then by age. */
export async function findConnections(db: Db, place: JiraPlace): Promise<ConnectionRow[]> {
  const rows = await db.adapter.findMany({
    where: { cloudId: place.cloudId, jiraProjectId: place.jiraProjectId, state: { in: shownStates } },
    include: connectionInclude,
    orderBy: { id: 'asc' },
  });
  return rows.sort((left, right) => rank(left.state) - rank(right.state));
}

function rank(state: string): number {
  return shownStates.indexOf(state);
}

/** Chooses among them: the one that is asked for, or the only one. Errors: `not_found`, `validation_failed`. */
export function chooseConnection(
  rows: readonly ConnectionRow[],
  adapterId: string | undefined,
): Outcome<ConnectionRow> {
  if (adapterId === undefined && rows.length > 1) {
    return failure({
      code: 'validation_failed',
      detail: 'Several UserHero workflows are connected to this Jira project.',
      remedy: 'Say which one with ?adapter=.',
      errors: [{ field: 'query.adapter', message: 'Name one of the connected adapters.' }],
    });
  }
  const found = adapterId === undefined ? rows[0] : rows.find((row) => row.id === adapterId);
  return found ? success(found) : notFound('connection of this Jira project');
}
