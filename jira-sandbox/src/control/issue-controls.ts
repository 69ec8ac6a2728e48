import { Router } from 'express';
import { z } from 'zod';
import { addIssue } from '../issues/add-issue.ts';
import { textDocument } from '../issues/adf.ts';
import { addComment, editIssue, removeIssue } from '../issues/edit-issue.ts';
import { findProject, projectOf, statusById } from '../issues/find.ts';
import { moveIssue, moveToProject } from '../issues/move-issue.ts';
import { usualPriority } from '../issues/screens.ts';
import type { Sandbox } from '../sandbox.ts';
import { workflowOf } from '../workflows/find-transition.ts';
import type { Priority, Site } from '../world.ts';
import { actor, ControlProblem, issueOf, projectWanted, siteOf, summarize } from './read-wanted.ts';
import { issueTypeWanted, resolutionWanted } from './workflow-wish.ts';

const place = z.object({ site: z.string().default('acme'), by: z.string().optional() });
const move = place.extend({ status: z.string() }).strict();
const edit = place
  .extend({
    summary: z.string().optional(),
    description: z.string().optional(),
    priority: z.string().optional(),
    /** Its name or id; Jira's pages let a person change it where it stands on the edit screen. */
    resolution: z.string().optional(),
    labels: z.array(z.string()).optional(),
    /** An account, or null for nobody. */
    assignee: z.string().nullable().optional(),
  })
  .strict();
const create = place
  .extend({
    project: z.string(),
    summary: z.string(),
    description: z.string().default(''),
    priority: z.string().optional(),
    issueType: z.string().optional(),
    status: z.string().optional(),
  })
  .strict();

/** What a person does to issues in Jira, for tests: no permission, no transition stands in the way. */
export function issueControls(sandbox: Sandbox): Router {
  const router = Router();
  const { world } = sandbox;

  router.get('/issues', (request, response) => {
    const site = siteOf(world, String(request.query.site ?? 'acme'));
    const wanted = typeof request.query.project === 'string' ? request.query.project : null;
    const project = wanted ? projectWanted(site, wanted) : null;
    const issues = Object.values(site.issues).filter((one) => !project || one.projectId === project.id);
    response.json({ issues: issues.map((issue) => summarize(sandbox, site, issue)) });
  });

  router.get('/issues/:idOrKey', (request, response) => {
    const site = siteOf(world, String(request.query.site ?? 'acme'));
    response.json(summarize(sandbox, site, issueOf(site, request.params.idOrKey)));
  });

  router.post('/issues', (request, response) => {
    const wanted = create.parse(request.body);
    const site = siteOf(world, wanted.site);
    const project = projectWanted(site, wanted.project);
    const issueTypeId = wanted.issueType
      ? issueTypeWanted(site, project, wanted.issueType).id
      : (project.issueTypeIds[0] ?? '');
    const priority = priorityWanted(site, wanted.priority);
    const accountId = actor(world, wanted.by);
    const issue = addIssue(sandbox, site, {
      project,
      issueTypeId,
      summary: wanted.summary,
      description: wanted.description ? textDocument(wanted.description) : null,
      priorityId: priority?.id ?? usualPriority(project, issueTypeId),
      creatorId: accountId,
    });
    if (wanted.status)
      moveIssue(sandbox, site, issue, statusId(sandbox, site.slug, issue.id, wanted.status), accountId);
    response.status(201).json(summarize(sandbox, site, issue));
  });

  router.post('/issues/:idOrKey/move', (request, response) => {
    const wanted = move.parse(request.body);
    const site = siteOf(world, wanted.site);
    const issue = issueOf(site, request.params.idOrKey);
    const target = statusId(sandbox, site.slug, issue.id, wanted.status);
    const change = moveIssue(sandbox, site, issue, target, actor(world, wanted.by));
    response.json({ ...summarize(sandbox, site, issue), change });
  });

  router.post('/issues/:idOrKey/edit', (request, response) => {
    const wanted = edit.parse(request.body);
    const site = siteOf(world, wanted.site);
    const issue = issueOf(site, request.params.idOrKey);
    const priority = priorityWanted(site, wanted.priority);
    const change = editIssue(
      sandbox,
      site,
      issue,
      {
        summary: wanted.summary,
        description: wanted.description === undefined ? undefined : textDocument(wanted.description),
        priorityId: priority?.id,
        labels: wanted.labels,
        assigneeId: wanted.assignee ? actor(world, wanted.assignee) : wanted.assignee,
        ...(wanted.resolution === undefined
          ? {}
          : { resolutionId: resolutionWanted(site, wanted.resolution) }),
      },
      actor(world, wanted.by),
    );
    response.json({ ...summarize(sandbox, site, issue), change });
  });

  router.post('/issues/:idOrKey/comment', (request, response) => {
    const wanted = place.extend({ text: z.string() }).strict().parse(request.body);
    const site = siteOf(world, wanted.site);
    const issue = issueOf(site, request.params.idOrKey);
    addComment(sandbox, site, issue, textDocument(wanted.text), actor(world, wanted.by));
    response.status(201).json(summarize(sandbox, site, issue));
  });

  router.post('/issues/:idOrKey/delete', (request, response) => {
    const wanted = place.strict().parse(request.body ?? {});
    const site = siteOf(world, wanted.site);
    removeIssue(sandbox, site, issueOf(site, request.params.idOrKey), actor(world, wanted.by));
    response.status(204).end();
  });

  router.post('/issues/:idOrKey/move-project', (request, response) => {
    const wanted = place.extend({ project: z.string() }).strict().parse(request.body);
    const site = siteOf(world, wanted.site);
    const issue = issueOf(site, request.params.idOrKey);
    const target = findProject(site, wanted.project);
    if (!target) throw new ControlProblem(`There is no project ${wanted.project}`);
    const change = moveToProject(sandbox, site, issue, target, actor(world, wanted.by));
    response.json({ ...summarize(sandbox, site, issue), change });
  });

  return router;
}

function priorityWanted(site: Site, wanted: string | undefined): Priority | null {
  if (wanted === undefined) return null;
  const found = site.priorities.find((one) => one.name === wanted || one.id === wanted);
  if (!found) throw new ControlProblem(`There is no priority ${wanted}`);
  return found;
}

/** A status of the issue's workflow, by id or name. */
function statusId(sandbox: Sandbox, siteSlug: string, issueId: string, wanted: string): string {
  const site = siteOf(sandbox.world, siteSlug);
  const issue = issueOf(site, issueId);
  const project = projectOf(site, issue);
  const text = wanted.toLowerCase();
  const statuses = workflowOf(project, issue.issueTypeId).statusIds.map((id) => statusById(site, id));
  const found = statuses.find((one) => one.id === wanted || one.name.toLowerCase() === text);
  if (!found) throw new ControlProblem(`${project.key} has no status ${wanted}`);
  return found.id;
}
