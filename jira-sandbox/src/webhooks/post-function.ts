import { adfText } from '../issues/adf.ts';
import { accountById, projectOf, statusById } from '../issues/find.ts';
import { presentFields } from '../issues/present-issue.ts';
import { presentUser } from '../issues/present-parts.ts';
import { workflowOf, workflowsOf } from '../workflows/find-transition.ts';
import type { Transition, Workflow } from '../workflows/workflow.ts';
import type { Issue, Project, Site, World } from '../world.ts';
import type { IssueEvent, TakenTransition } from './issue-event.ts';
import { siteLinks } from './payload.ts';

/**
 * The body of a post function "Trigger a webhook": no event name, and the issue as it was before the transition
 * ended, so its status is still the old one (recorded: zulip, zerver/webhooks/jira/fixtures/change_status_v1.json).
 */
export function postFunctionBody(
  world: World,
  url: string,
  event: IssueEvent,
  { transition, fromId }: TakenTransition,
): Record<string, unknown> {
  const { site } = event;
  const links = siteLinks(url, site);
  const project = projectOf(site, event.issue);
  const before: Issue = { ...event.issue, statusId: fromId };
  const { comment: _, ...fields } = presentFields(world, site, before, links, adfText);
  return {
    transition: {
      workflowId: Number(before.projectId) + workflowIdOffset,
      workflowName: workflowName(project, workflowOf(project, before.issueTypeId)),
      transitionId: Number(transition.id),
      transitionName: transition.name,
      from_status: statusById(site, fromId).name,
      to_status: statusById(site, transition.to).name,
    },
    comment: '',
    user: presentUser(accountById(world, event.actorId), links),
    issue: { id: before.id, self: `${links.rest}/issue/${before.id}`, key: before.key, fields },
    timestamp: event.at,
  };
}

/** Workflows are numbered beside projects here; Jira numbers them by themselves. */
const workflowIdOffset = 200;

/** The name that Jira gives to a workflow of a project. */
export function workflowName(project: Project, workflow: Workflow): string {
  return project.typeWorkflows?.find((one) => one === workflow)?.name ?? `${project.name} workflow`;
}

/** The transitions that trigger a webhook; Jira does not delete a webhook that a workflow uses. */
export function usersOfWebhook(
  site: Site,
  webhookId: string,
): { project: Project; transition: Transition }[] {
  return site.projects.flatMap((project) =>
    workflowsOf(project)
      .flatMap((one) => one.transitions)
      .filter((one) => one.webhookIds?.includes(webhookId))
      .map((transition) => ({ project, transition })),
  );
}
