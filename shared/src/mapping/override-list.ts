import type { MappingTexts } from '../texts/mapping-en.ts';
import {
  nextOverridden,
  nextResolution,
  withNewOverride,
  withNewResolutionOverride,
  withOverride,
  withoutOverride,
  withoutResolutionOverride,
  withResolutionOverride,
} from './edit-mapping.ts';
import type { Mapping } from './mapping.ts';
import { type Choice, overriddenChoices } from './mapping-choices.ts';
import type { MappingNames } from './mapping-names.ts';
import { overriddenResolutions } from './resolution-choices.ts';

/** A list of overrides as the mapping editors draw it, whatever of Jira's it overrides. */
export type OverrideList = {
  texts: Pick<
    MappingTexts['overrides'],
    'title' | 'lead' | 'empty' | 'status' | 'add' | 'remove' | 'removeShort'
  > & {
    /** The label of what the n-th override is for. */
    overridden(n: number): string;
  };
  rows: readonly OverrideRow[];
  /** The mapping with one more; `null` where everything in Jira has one. */
  added: Mapping | null;
};

/** One override. `field` is where its faults are found. */
export type OverrideRow = {
  field: string;
  overridden: { field: string; id: string; choices: readonly Choice[] };
  status: { field: string; slug: string };
  withOverridden(id: string): Mapping;
  withStatus(slug: string): Mapping;
  removed(): Mapping;
};

/** Exact Jira statuses that always land on one UserHero status. */
export function statusOverrides(mapping: Mapping, names: MappingNames): OverrideList {
  const { texts, workflow, jiraStatuses } = names;
  return {
    texts: { ...texts.overrides, overridden: texts.overrides.jiraStatus },
    rows: mapping.overrides.map(({ jiraStatusId, status }, index) => ({
      field: `overrides.${index}`,
      overridden: {
        field: `overrides.${index}.jiraStatusId`,
        id: jiraStatusId,
        choices: overriddenChoices(names, jiraStatusId),
      },
      status: { field: `overrides.${index}.status`, slug: status },
      withOverridden: (id) => withOverride(mapping, index, { jiraStatusId: id }),
      withStatus: (slug) => withOverride(mapping, index, { status: slug }),
      removed: () => withoutOverride(mapping, index),
    })),
    added: nextOverridden(mapping, jiraStatuses) && withNewOverride(mapping, workflow, jiraStatuses),
  };
}

/** Resolutions that always land on one UserHero status. */
export function resolutionOverrides(mapping: Mapping, names: MappingNames): OverrideList {
  const { texts, workflow, jiraResolutions } = names;
  return {
    texts: { ...texts.resolutionOverrides, overridden: texts.resolutionOverrides.resolution },
    rows: mapping.resolutionOverrides.map(({ resolutionId, status }, index) => ({
      field: `resolutionOverrides.${index}`,
      overridden: {
        field: `resolutionOverrides.${index}.resolutionId`,
        id: resolutionId,
        choices: overriddenResolutions(names, resolutionId),
      },
      status: { field: `resolutionOverrides.${index}.status`, slug: status },
      withOverridden: (id) => withResolutionOverride(mapping, index, { resolutionId: id }),
      withStatus: (slug) => withResolutionOverride(mapping, index, { status: slug }),
      removed: () => withoutResolutionOverride(mapping, index),
    })),
    added:
      nextResolution(mapping, jiraResolutions) &&
      withNewResolutionOverride(mapping, workflow, jiraResolutions),
  };
}
