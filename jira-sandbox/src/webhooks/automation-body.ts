import { adfText } from '../issues/adf.ts';
import { presentFields } from '../issues/present-issue.ts';
import { jiraDate } from '../issues/present-parts.ts';
import type { World } from '../world.ts';
import type { AutomationRule } from './automation-rule.ts';
import type { IssueEvent } from './issue-event.ts';
import { siteLinks } from './payload.ts';
import { fillSmartValues } from './smart-values.ts';

/**
 * What an automation rule sends. The issue as it is now, in both formats: ids are numbers, no event is named, and
 * there is no history (support.atlassian.com, "Issue data (Automation format) payload for Send web request",
 * "Issue data (Jira format) payload …").
 */
export function automationBody(world: World, url: string, event: IssueEvent, rule: AutomationRule): string {
  const issue = issueData(world, url, event);
  if (rule.body === 'automation') return JSON.stringify(issue);
  if (rule.body === 'jira') return JSON.stringify({ issue });
  if (rule.body === 'empty') return '';
  const page = `${siteLinks(url, event.site).site}/browse/${event.issue.key}`;
  return fillSmartValues(rule.customData, {
    issue: { ...issue, url: page, toUrl: page },
    now: jiraDate(event.at),
  });
}

function issueData(world: World, url: string, event: IssueEvent): Record<string, unknown> {
  const links = siteLinks(url, event.site);
  const { comment: _, ...fields } = presentFields(world, event.site, event.issue, links, adfText);
  return {
    self: `${links.rest}/issue/${event.issue.id}`,
    id: Number(event.issue.id),
    key: event.issue.key,
    changelog: { startAt: 0, maxResults: 0, total: 0, histories: null },
    fields: numericIds(fields),
  };
}

/** The same value with every id that is a number written as one. */
function numericIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numericIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      name === 'id' && typeof part === 'string' && /^\d{1,15}$/.test(part) ? Number(part) : numericIds(part),
    ]),
  );
}
