import type { WorkflowStatus } from '../domain/workflow.ts';
import type { Mapping } from './mapping.ts';
import type { Choice } from './mapping-choices.ts';
import { type MappingNames, resolutionName } from './mapping-names.ts';
import { outboundRuleOf } from './outbound-rule.ts';
import { chosenResolution, isLostStatus, resolutionFor } from './resolution.ts';

/** The UserHero statuses that go to Done: the rows of the resolutions. */
export function statusesWithResolution({ workflow }: MappingNames, mapping: Mapping): WorkflowStatus[] {
  return workflow.statuses.filter(({ slug }) => outboundRuleOf(mapping, slug)?.category === 'done');
}

/** The resolutions of a UserHero status: the standard's, the site's, and the chosen one if Jira no longer has it. */
export function resolutionChoices(names: MappingNames, mapping: Mapping, slug: string): Choice[] {
  const chosen = chosenResolution(mapping, slug);
  return [{ value: '', label: standardResolution(names, mapping, slug) }, ...withChosen(names, chosen)];
}

/** The resolutions that an override may be for, and the chosen one if Jira no longer has it. */
export function overriddenResolutions(names: MappingNames, chosen: string): Choice[] {
  return withChosen(names, chosen);
}

/** What a status without a choice gets, in words. */
export function standardResolution(names: MappingNames, mapping: Mapping, slug: string): string {
  const { jiraResolutions, texts, workflow } = names;
  const standard = resolutionFor({ ...mapping, resolutions: {} }, workflow, slug, jiraResolutions);
  const usual = isLostStatus(workflow, slug) ? "Won't Do" : 'Done';
  return texts.resolutions.standard(standard?.name ?? usual);
}

function withChosen(names: MappingNames, chosen: string | null): Choice[] {
  const known = names.jiraResolutions.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen === null || known.some(({ value }) => value === chosen)) return known;
  return [...known, { value: chosen, label: resolutionName(names, chosen) }];
}
