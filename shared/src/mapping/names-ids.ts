import type { Mapping } from './mapping.ts';

/** Whether a mapping names statuses of the Jira project, which mean nothing in another one. */
export function namesOfProject({ outbound, overrides }: Mapping): boolean {
  return overrides.length > 0 || Object.values(outbound).some(({ jiraStatusId }) => jiraStatusId !== null);
}

/** Whether a mapping names resolutions or priorities, whose ids mean something else on another Jira site. */
export function namesOfSite({ resolutions, resolutionOverrides, inboundPriorities }: Mapping): boolean {
  return (
    Object.keys(resolutions).length > 0 || resolutionOverrides.length > 0 || inboundPriorities.length > 0
  );
}
