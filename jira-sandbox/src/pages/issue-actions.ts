import { textDocument } from '../issues/adf.ts';
import { addComment, editIssue, type IssueEdit, removeIssue } from '../issues/edit-issue.ts';
import { findIssue, findProject, projectOf, resolutionById, statusById } from '../issues/find.ts';
import { moveToProject } from '../issues/move-issue.ts';
import { canBrowse, canSee, hasPermission } from '../issues/permissions.ts';
import { judgeTransition } from '../workflows/judge-transition.ts';
import { offeredTransitions } from '../workflows/offered-transitions.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { Issue, Site } from '../world.ts';
import { refusesMember, showMissing, type Visit } from './visit.ts';

/** An issue that the acting person sees. */
export type Found = { site: Site; issue: Issue };

/** The issue of the path, if the acting person sees it. */
export function issueOfVisit(visit: Visit): Found | null {
  const { site } = visit;
  const issue = site ? findIssue(site, visit.params.key ?? '') : undefined;
  return site && issue && canSee(visit.account, site, issue) ? { site, issue } : null;
}

/** Runs an action on the issue of the path, or says that there is none. */
export function onIssue(action: (visit: Visit, found: Found) => void): (visit: Visit) => void {
  return (visit) => {
    const found = issueOfVisit(visit);
    if (found) action(visit, found);
    else showMissing(visit, 'This issue');
  };
}

/** Moves by a transition, from the board or the issue page. */
export function moveFromPage(visit: Visit, { site, issue }: Found): void {
  const project = projectOf(site, issue);
  const back =
    visit.form.back === 'board' ? `/s/${site.slug}/projects/${project.key}/board` : pathOf(site, issue);
  const transition = offeredTransitions(site, issue, visit.account).find(
    (one) => one.id === visit.form.transition,
  );
  if (!transition) {
    visit.done(back, 'The workflow does not allow this move any more.');
    return;
  }
  const values: IssueEdit = { resolutionId: chosenResolution(visit, site, transition) };
  const { sandbox, account } = visit;
  const refusal = judgeTransition({ site, issue, account, transition, values, comments: false });
  if (refusal) {
    const says = [...refusal.messages, ...Object.values(refusal.fields)].join(' ');
    visit.done(back, `${issue.key} stays ${statusById(site, issue.statusId).name}. ${says}`);
    return;
  }
  editIssue(sandbox, site, issue, { ...values, transition }, account.accountId);
  visit.done(back, `${issue.key} is now ${statusById(site, transition.to).name}.`);
}

/** The resolution of the transition's screen; without one there, the post functions decide alone. */
function chosenResolution({ form }: Visit, site: Site, { screen = [] }: Transition): string | undefined {
  return screen.includes('resolution') ? resolutionById(site, form.resolution ?? '')?.id : undefined;
}

export function commentFromPage(visit: Visit, { site, issue }: Found): void {
  const text = (visit.form.text ?? '').trim();
  if (text) addComment(visit.sandbox, site, issue, textDocument(text), visit.account.accountId);
  visit.done(pathOf(site, issue), text ? 'The comment was added.' : 'The comment was empty.');
}

export function moveProjectFromPage(visit: Visit, { site, issue }: Found): void {
  const target = findProject(site, visit.form.project ?? '');
  if (!target || !canBrowse(visit.account, target)) {
    showMissing(visit, 'This project');
    return;
  }
  const before = issue.key;
  moveToProject(visit.sandbox, site, issue, target, visit.account.accountId);
  visit.done(pathOf(site, issue), `${before} is now ${issue.key}.`);
}

export function deleteFromPage(visit: Visit, { site, issue }: Found): void {
  const project = projectOf(site, issue);
  if (!hasPermission(visit.account, 'DELETE_ISSUES', project)) {
    refusesMember(visit);
    return;
  }
  removeIssue(visit.sandbox, site, issue, visit.account.accountId);
  visit.done(`/s/${site.slug}/projects/${project.key}/board`, `${issue.key} was deleted.`);
}

/** The address of the issue page. */
export function pathOf(site: Site, issue: Issue): string {
  return `/s/${site.slug}/browse/${issue.key}`;
}
