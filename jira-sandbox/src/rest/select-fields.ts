import { projectOf, statusById } from '../issues/find.ts';
import { availableTransitions } from '../issues/move-issue.ts';
import { hasPermission } from '../issues/permissions.ts';
import { presentChange, presentFields } from '../issues/present-issue.ts';
import { presentStatus } from '../issues/present-parts.ts';
import type { AdfDocument, Issue, Transition } from '../world.ts';
import { presentEditMeta } from './edit-meta.ts';
import type { Call } from './operation.ts';

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
    ...(selection.expand.includes('transitions') ? { transitions: presentTransitions(call, issue) } : {}),
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

/** The transitions that the issue has now, each with the status it leads to. */
export function presentTransitions(call: Call, issue: Issue) {
  const project = projectOf(call.site, issue);
  if (!hasPermission(call.account, 'TRANSITION_ISSUES', project)) return [];
  return availableTransitions(project, issue.statusId).map((one) => presentTransition(call, one));
}

function presentTransition(call: Call, transition: Transition) {
  return {
    id: transition.id,
    name: transition.name,
    to: presentStatus(call.site, statusById(call.site, transition.to), call.links),
    hasScreen: false,
    isGlobal: transition.from === null,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    isLooped: false,
  };
}

function changelogPage(call: Call, issue: Issue) {
  const histories = [...issue.changes]
    .reverse()
    .map((change) => presentChange(call.sandbox.world, change, call.links));
  return { startAt: 0, maxResults: histories.length, total: histories.length, histories };
}
