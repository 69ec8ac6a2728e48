import { z } from 'zod';
import type { Settings } from '../world.ts';

/**
 * The settings with a few values: where Atlassian does not say what Jira does, or sites do otherwise,
 * the local Jira plays each. The first value is the documented or the likelier one.
 */
export const choiceSettings = [
  { name: 'adfLimitCounts', label: 'The limit of a rich text counts its', values: ['text', 'markup'] },
  {
    name: 'oddCharacters',
    label: 'Control characters and half surrogate pairs are',
    values: ['taken', 'refused'],
  },
  {
    name: 'bulkFetchErrors',
    label: 'In issueErrors of bulk fetch, issues that are hidden or gone are',
    values: ['omitted', 'listed'],
  },
  { name: 'bulkCreateOrder', label: 'Bulk create answers in the order', values: ['request', 'shuffled'] },
  { name: 'tokenType', label: 'Token answers name their token_type', values: [true, false] },
  {
    name: 'tokenAnswer',
    label: 'The token endpoint answers with',
    values: ['good', 'invalid_client', 'invalid_scope', 'access_denied', 'server_error_page', 'sign_in_page'],
  },
  {
    name: 'inactiveStatus',
    label: 'To the token of a deactivated account, Jira answers',
    values: [401, 403],
  },
  { name: 'refusalStatus', label: 'Without the permission, Jira answers', values: [400, 403] },
  {
    name: 'readOnlyRefusal',
    label: 'An edit in a read-only status is refused for',
    values: ['issue', 'fields'],
  },
  { name: 'appShared', label: 'The OAuth app is shared (Distribution)', values: [true, false] },
  { name: 'appOwner', label: 'The OAuth app’s owner is', values: ['ada', 'max'] },
  {
    name: 'webhookFilterForm',
    label: 'The JQL filter of a registered webhook is given back',
    values: ['unchanged', 'tidied', 'keys', 'ids'],
  },
  {
    name: 'webhookListForm',
    label: 'The fields and properties of a registered webhook are given back',
    values: ['unchanged', 'reordered'],
  },
  {
    name: 'webhookProjects',
    label: 'The JQL filter of a registered webhook may name projects by',
    values: ['keys_or_ids', 'keys'],
  },
  {
    name: 'webhookFilterJudged',
    label: 'The JQL filter of a registered webhook judges an issue as it is',
    values: ['after', 'before'],
  },
] as const satisfies { name: keyof Settings; label: string; values: readonly Settings[keyof Settings][] }[];

/** Their zod shape, for the controls. */
export const choiceShape = Object.fromEntries(
  choiceSettings.map(({ name, values }) => [name, z.literal([...values])]),
);
