import { z } from 'zod';
import {
  findAccount,
  findIssue,
  findProject,
  findSite,
  issueTypeById,
  priorityById,
  projectOf,
  statusById,
} from '../issues/find.ts';
import type { Sandbox } from '../sandbox.ts';
import { ada } from '../seed/accounts.ts';
import type { Account, Issue, Project, Site, World } from '../world.ts';

/** A wrong wish of a test or a tour; answered with 404. */
export class ControlProblem extends Error {}

/** The site of that name, or a ControlProblem. */
export function siteOf(world: World, wanted: string): Site {
  const site = findSite(world, wanted) ?? world.sites.find((one) => one.formerSlugs?.includes(wanted));
  if (!site) throw new ControlProblem(`There is no site ${wanted}`);
  return site;
}

/** The project of that id, key or name, or a ControlProblem. */
export function projectWanted(site: Site, wanted: string): Project {
  const project = findProject(site, wanted);
  if (!project) throw new ControlProblem(`There is no project ${wanted}`);
  return project;
}

/** The issue of that id or key, or a ControlProblem. */
export function issueOf(site: Site, wanted: string): Issue {
  const issue = findIssue(site, wanted);
  if (!issue) throw new ControlProblem(`There is no issue ${wanted}`);
  return issue;
}

/** Who acts: the account asked for (id, e-mail address, name), or Ada. */
export function actor(world: World, wanted: string | undefined): string {
  return accountOf(world, wanted ?? ada.accountId).accountId;
}

/** The account of that id, e-mail address or name, or a ControlProblem. */
export function accountOf(world: World, wanted: string): Account {
  const account = findAccount(world, wanted);
  if (!account) throw new ControlProblem(`There is no account ${wanted}`);
  return account;
}

/** An issue in few words, with everything that a test compares. */
export function summarize(sandbox: Sandbox, site: Site, issue: Issue) {
  const project = projectOf(site, issue);
  const status = statusById(site, issue.statusId);
  return {
    id: issue.id,
    key: issue.key,
    url: `${sandbox.url}/s/${site.slug}/browse/${issue.key}`,
    site: site.slug,
    cloudId: site.cloudId,
    project: { id: project.id, key: project.key },
    issueType: issueTypeById(site, issue.issueTypeId).name,
    summary: issue.summary,
    description: issue.description,
    status: { id: status.id, name: status.name, category: status.category },
    priority: priorityById(site, issue.priorityId)?.name ?? null,
    labels: issue.labels,
    formerKeys: issue.formerKeys,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    properties: issue.properties,
    remoteLinks: issue.remoteLinks,
    custom: issue.custom,
    comments: issue.comments.length,
    changes: issue.changes,
  };
}

/** Names that have spaces in them: as JSON lists them, or with commas between. */
export const namesWithSpaces = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]);

/** Names as JSON lists them, or as a person writes them, with spaces or commas between. */
export const listOfNames = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean)),
]);
