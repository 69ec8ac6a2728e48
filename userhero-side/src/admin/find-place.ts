import { failure, type Outcome, success } from '../outcome.ts';
import type { Db } from '../store/db.ts';

/** The organizations of that id or name. */
export function organizationsNamed(db: Db, wanted: string) {
  return db.organization.findMany({ where: { OR: [{ id: wanted }, { name: wanted }] } });
}

/** The projects of that id or name. */
export function projectsNamed(db: Db, wanted: string) {
  return db.project.findMany({ where: { OR: [{ id: wanted }, { name: wanted }] } });
}

/** The one thing of that id or name. Errors: `not_found`, also when several have the name. */
export function onlyOne<T extends { id: string }>(
  what: 'organization' | 'project',
  wanted: string,
  found: readonly T[],
): Outcome<T> {
  const [one] = found;
  if (!one)
    return failure({ code: 'not_found', detail: `There is no ${what} with the id or name "${wanted}".` });
  if (found.length === 1) return success(one);
  return failure({
    code: 'not_found',
    detail: `${found.length} ${what}s are named "${wanted}": ${found.map(({ id }) => id).join(', ')}.`,
    remedy: 'Name the one that you mean by its id.',
  });
}
