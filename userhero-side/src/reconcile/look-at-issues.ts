import type { FoundProject } from '../jira/find-project.ts';
import type { Jira, JiraAnswer, JiraIssue } from '../jira/jira.ts';
import { type Outcome, type Problem, success } from '../outcome.ts';

/**
 * What a look at an issue came to.
 *
 * - `present`: Jira shows it.
 * - `deleted`: Jira answers 404 for it although its project is visible. Issue security hides an issue in the very
 *   same words, so it is looked at again from time to time.
 * - `not_visible`: Jira does not show its project to the connected account.
 * - `project_deleted`: its project is in Jira's trash.
 * - `unsure`: many issues were absent at once; the reading is to be made once more before anything is concluded.
 * - `unknown`: Jira could not be asked. Nothing may be concluded.
 */
export type Finding =
  | { kind: 'present'; issue: JiraIssue }
  | { kind: 'deleted' }
  | { kind: 'not_visible' }
  | { kind: 'project_deleted' }
  | { kind: 'unsure' }
  | { kind: 'unknown'; problem: Problem };

/** An issue to look at, under the id that the answer goes by. The project may be named by id or by key. */
export type Looked = {
  id: string;
  issueId: string;
  jiraProjectId: string;
  /** Jira is known to have deleted it: absent, it is not asked for again. */
  isGone?: boolean;
};

/** How issues are looked at. */
export type Manner = {
  /** What is wanted of each issue besides what every reading needs. */
  fields?: readonly string[];
  /** Projects that were asked for already. */
  projects?: ReadonlyMap<string, JiraAnswer<FoundProject | null>>;
  /** There is a next time: what Jira cannot load waits for it, and of more than these absent none is asked for alone. */
  mostAbsent?: number;
};

type JiraReads = Pick<Jira, 'fetchIssues' | 'readIssue' | 'findProject'>;

/** Jira's bulk fetch takes at most 100 issues. */
const pageSize = 100;

/** One issue may be broken; a Jira that fails this often is not asked on, since that would only add to its trouble. */
const mostProblems = 3;

/**
 * Reads issues in bulk, and finds out about each that the bulk fetch leaves out: it leaves out what is deleted, what
 * the account may not see, and what could not be loaded at the moment; `issueErrors` lists the last kind.
 * So the project is asked for once, and then each missing issue by its id.
 *
 * Errors: those of the bulk fetch; nothing is known then. A failure further on makes single findings `unknown`.
 *
 * @see Jira Cloud REST v3, `POST /rest/api/3/issue/bulkfetch` (permissions, `issueErrors`)
 */
export async function lookAtIssues(
  jira: JiraReads,
  references: readonly Looked[],
  manner: Manner = {},
): Promise<Outcome<Map<string, Finding>>> {
  const findings = new Map<string, Finding>();
  const missing: Looked[] = [];
  for (let start = 0; start < references.length; start += pageSize) {
    const page = references.slice(start, start + pageSize);
    const read = await jira.fetchIssues([...new Set(page.map(({ issueId }) => issueId))], manner.fields);
    if (!read.ok) return read;
    const byId = new Map(read.value.issues.map((issue) => [issue.id, issue]));
    const unloaded = new Set(manner.mostAbsent === undefined ? [] : read.value.unloaded);
    for (const reference of page) {
      const issue = byId.get(reference.issueId);
      if (issue) findings.set(reference.id, { kind: 'present', issue });
      else if (unloaded.has(reference.issueId)) findings.set(reference.id, notLoaded);
      else missing.push(reference);
    }
  }
  for (const [projectId, group] of Map.groupBy(missing, (reference) => reference.jiraProjectId)) {
    const project = manner.projects?.get(projectId) ?? (await jira.findProject(projectId));
    for (const [id, finding] of await lookByProject(jira, project, group, manner)) findings.set(id, finding);
  }
  return success(findings);
}

const notLoaded: Finding = {
  kind: 'unknown',
  problem: {
    code: 'jira_unavailable',
    detail: 'Jira could not load the issue at the moment.',
    temporary: true,
  },
};

async function lookByProject(
  jira: JiraReads,
  project: JiraAnswer<FoundProject | null>,
  references: readonly Looked[],
  { mostAbsent = Number.POSITIVE_INFINITY }: Manner,
): Promise<Map<string, Finding>> {
  const all = (finding: Finding) => new Map(references.map(({ id }) => [id, finding]));
  if (!project.ok) return all({ kind: 'unknown', problem: project.problem });
  if (project.value === null) return all({ kind: 'not_visible' });
  if (project.value.state === 'deleted') return all({ kind: 'project_deleted' });

  const findings = new Map<string, Finding>();
  const problems: Problem[] = [];
  const isUnsure = references.filter(({ isGone }) => !isGone).length > mostAbsent;
  for (const { id, issueId, isGone } of references) {
    if (isGone || isUnsure) {
      findings.set(id, { kind: isGone ? 'deleted' : 'unsure' });
      continue;
    }
    const [problem] = problems.length < mostProblems ? [] : problems;
    const finding: Finding = problem
      ? { kind: 'unknown', problem }
      : await lookAtOne(jira, issueId, project.value);
    if (finding.kind === 'unknown') problems.unshift(finding.problem);
    findings.set(id, finding);
  }
  return findings;
}

async function lookAtOne(jira: JiraReads, issueId: string, project: FoundProject): Promise<Finding> {
  const read = await jira.readIssue(issueId, { history: true });
  if (read.ok) return { kind: 'present', issue: read.value };
  if (read.problem.code !== 'issue_not_found') return { kind: 'unknown', problem: read.problem };
  // Nobody can delete an issue of an archived project.
  return { kind: project.state === 'archived' ? 'not_visible' : 'deleted' };
}

/**
 * A reference as something to look at. One whose issue went to another project knows that project by the issue's key
 * only.
 */
export function toLook(reference: {
  id: string;
  issueId: string;
  issueKey: string;
  jiraProjectId: string;
  state: string;
}): Looked {
  const { id, issueId, issueKey, jiraProjectId, state } = reference;
  const projectKey = issueKey.slice(0, issueKey.lastIndexOf('-'));
  return { id, issueId, jiraProjectId: state === 'issue_moved' ? projectKey : jiraProjectId };
}
