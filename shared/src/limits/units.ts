import { pointsOf } from './prices.ts';

/*
 * What units of work ask for before they begin: what they usually cost. Less goes back, and more is counted.
 */

/** A push: the create, one transition, and one reading where the workflow is not known. */
export const pushPoints = pointsOf('createIssue') + pointsOf('transition') + pointsOf('readIssue');

/** A visit: the reading, an edit and a transition. */
export const visitPoints = pointsOf('readSynced') + pointsOf('editSynced') + pointsOf('transition');

/** What follows a push: the link back. */
export const followUpPoints = pointsOf('linkBack');

/** A search for what has changed, with a few issues that did. */
export const searchPoints = pointsOf('searchUpdated', 10) + 1;

/** A page of a comparison by id. */
export const pagePoints = (issues: number): number => pointsOf('fetchIssues', issues);

const mostOfPage = 100;

/** A comparison that reads the Jira project, and every linked issue in pages of 100. */
export function everythingPoints(linked: number): number {
  const further = Math.ceil(linked / mostOfPage) - 1;
  return pointsOf('findProject', 1) + pagePoints(linked) + further * pointsOf('fetchIssues');
}

const itemPoints = pointsOf('createIssues', 1) + pointsOf('fetchIssues', 1) - 1 + pointsOf('transition');

/** A chunk of a bulk push: for each item the create, its part of one reading, and a transition. */
export const chunkPoints = (items: number): number => 1 + itemPoints * items;

/** How many items a chunk may have that costs so much at most. */
export const itemsFor = (points: number): number => Math.max(1, Math.floor((points - 1) / itemPoints));

/** How many issues a page may have that costs so much at most. */
export const issuesFor = (points: number): number => Math.max(1, Math.floor(points) - 1);

/** What waiting work will ask for, by the kind of its ticket, where the ticket does not say. */
export function needOf(kind: string, mostPerUnit: number): number {
  switch (kind) {
    case 'push':
      return pushPoints;
    case 'visit':
      return visitPoints;
    case 'bulk-push':
      return chunkPoints(itemsFor(mostPerUnit));
    case 'compare':
    case 'reconcile':
      return Math.max(searchPoints, Math.min(mostPerUnit, pagePoints(100)));
    default:
      return followUpPoints;
  }
}
