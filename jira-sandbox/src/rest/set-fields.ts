import { addComment, editIssue, type IssueEdit } from '../issues/edit-issue.ts';
import { projectOf } from '../issues/find.ts';
import { judgeAdf } from '../issues/judge-adf.ts';
import { hasPermission } from '../issues/permissions.ts';
import { setProperty } from '../issues/set-property.ts';
import type { AdfDocument, Issue } from '../world.ts';
import { readFields } from './issue-fields.ts';
import { type Call, type FieldErrors, record, strings } from './operation.ts';

/** What the body of an edit or a transition sets, once it is read. */
export type Setting = {
  values: IssueEdit;
  comments: AdfDocument[];
  properties: { key: string; value: unknown }[];
};

/** Reads `fields`, `update` and `properties` of a body by the fields of a screen; changes nothing. */
export function readSetting(
  call: Call,
  issue: Issue,
  body: Record<string, unknown>,
  screen: string[],
): { setting: Setting; problems: FieldErrors } {
  const project = projectOf(call.site, issue);
  const { settings } = call.sandbox.world;
  const { comment, ...update } = record(body.update);
  const fields = { ...record(body.fields), ...updatedFields(issue, update) };
  const scene = { world: call.sandbox.world, site: call.site, project };
  const { values, problems } = readFields(scene, fields, screen);
  // The document refuses it, in words that it does not give.
  for (const name of Object.keys(update).filter((one) => one in record(body.fields))) {
    problems[name] = `Field '${name}' is specified in both 'fields' and 'update'.`;
  }
  if ('assignee' in fields && !hasPermission(call.account, 'ASSIGN_ISSUES', project)) {
    problems.assignee = 'You do not have permission to assign issues.';
  }
  const comments: AdfDocument[] = [];
  for (const one of Array.isArray(comment) ? comment : []) {
    const judged = judgeAdf(record(record(one).add).body, settings);
    if (judged.ok) comments.push(judged.document);
    else problems.comment = judged.problem;
  }
  const properties = (Array.isArray(body.properties) ? body.properties : [])
    .map(record)
    .flatMap(({ key, value }) => (typeof key === 'string' ? [{ key, value }] : []));
  return { setting: { values, comments, properties }, problems };
}

/** Carries out what was read. */
export function applySetting(call: Call, issue: Issue, { values, comments, properties }: Setting): void {
  const { sandbox, site, account } = call;
  editIssue(sandbox, site, issue, values, account.accountId);
  for (const one of comments) addComment(sandbox, site, issue, one, account.accountId);
  for (const one of properties) setProperty(sandbox, site, issue, one, account.accountId);
  sandbox.save();
}

/** The `update` verbs: set for every field, add and remove for labels. */
function updatedFields(issue: Issue, update: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, operations] of Object.entries(update)) {
    for (const operation of Array.isArray(operations) ? operations.map(record) : []) {
      if ('set' in operation) fields[name] = operation.set;
      else if (name === 'labels') {
        const now = strings(fields.labels ?? issue.labels);
        const kept = now.filter((label) => label !== operation.remove);
        fields.labels = 'add' in operation ? [...new Set([...kept, String(operation.add)])] : kept;
      } else fields[name] = undefined;
    }
  }
  return fields;
}
