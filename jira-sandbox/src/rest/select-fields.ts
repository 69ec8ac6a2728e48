import { presentChange, presentFields } from '../issues/present-issue.ts';
import type { AdfDocument, Issue } from '../world.ts';
import { presentEditMeta } from './edit-meta.ts';
import type { Call } from './operation.ts';
import { presentTransitions } from './present-transitions.ts';

/** What a client asked to see of an issue. */
export type Selection = { fields: string[]; properties: string[]; expand: string[] };

const notNavigable = ['comment', 'attachment', 'worklog', 'timetracking', 'issuelinks'];
const propertiesAtOnce = 5;

/** An issue of the REST API with the chosen fields, properties and expansions. */
export function presentIssue(call: Call, issue: Issue, selection: Selection) {
  const { sandbox, site, links } = call;
  const all = presentFields(sandbox.world, site, issue, links, (document: AdfDocument | null) => document);
  const wanted = chosen(Object.keys(all), selection.fields);
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${links.rest}/issue/${issue.id}`,
    key: issue.key,
    fields,
    ...(selection.properties.length > 0 ? { properties: chosenProperties(issue, selection.properties) } : {}),
    ...transitionsPart(call, issue, selection.expand),
    ...(selection.expand.includes('editmeta') ? { editmeta: presentEditMeta(call, issue) } : {}),
    ...(selection.expand.includes('changelog') ? { changelog: changelogPage(call, issue) } : {}),
  };
}

/** `*all`, `*navigable`, names, and `-name` to leave one out, as Jira reads `fields`. */
function chosen(names: string[], wanted: string[]): Set<string> {
  const plain = wanted.filter((name) => !name.startsWith('-'));
  const base = plain.length === 0 ? ['*all'] : plain;
  const result = new Set<string>();
  for (const name of base) {
    if (name === '*all') for (const one of names) result.add(one);
    else if (name === '*navigable') {
      for (const one of names) if (!notNavigable.includes(one)) result.add(one);
    } else if (names.includes(name)) result.add(name);
  }
  for (const name of wanted) if (name.startsWith('-')) result.delete(name.slice(1));
  return result;
}

function chosenProperties(issue: Issue, wanted: string[]): Record<string, unknown> {
  const keys = wanted.includes('*all') ? Object.keys(issue.properties) : wanted.slice(0, propertiesAtOnce);
  return Object.fromEntries(
    keys.filter((key) => key in issue.properties).map((key) => [key, issue.properties[key]]),
  );
}

/** `transitions.fields` asks for the transitions too, as every dotted expansion in Jira does. */
function transitionsPart(call: Call, issue: Issue, expand: string[]) {
  const withFields = expand.includes('transitions.fields');
  if (!withFields && !expand.includes('transitions')) return {};
  return { transitions: presentTransitions(call, issue, { withFields }) };
}

function changelogPage(call: Call, issue: Issue) {
  const histories = [...issue.changes]
    .reverse()
    .map((change) => presentChange(call.sandbox.world, change, call.links));
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
}
