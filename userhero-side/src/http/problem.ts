import type { ProblemCode, ProblemDocument } from '@userhero/shared/contracts/problem.ts';
import type { Response } from 'express';
import type { Problem } from '../outcome.ts';

/** The HTTP status and the title of every code; the one place where a problem becomes HTTP. */
export const problemKinds: Record<ProblemCode, readonly [status: number, title: string]> = {
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  validation_failed: [400, 'Something in the request is wrong'],
  not_json: [400, 'The body is not JSON'],
  not_an_event: [400, 'The body is not a Jira event'],
  unsupported_media_type: [415, 'The body must be JSON'],
  payload_too_large: [413, 'The body is too large'],
  rate_limited: [429, 'Too many requests'],
  overloaded: [503, 'Busy; try again soon'],
  plan_required: [403, 'Your plan does not include Jira sync'],
  workflow_required: [400, 'A workflow is needed first'],
  adapter_exists: [409, 'The workflow is connected already'],
  adapter_not_active: [409, 'The Jira adapter is not active'],
  adapter_wrong_state: [409, 'Not possible in this state'],
  oauth_state_invalid: [400, 'The connection attempt is not valid'],
  oauth_denied: [403, 'Access was not granted'],
  oauth_failed: [502, 'Atlassian did not complete the connection'],
  needs_reauth: [409, 'Jira must be reconnected'],
  site_not_granted: [400, 'The Jira site is not available'],
  project_not_found: [400, 'The Jira project is not available'],
  project_not_visible: [409, 'The Jira project is not visible'],
  project_deleted: [409, 'The Jira project was deleted'],
  project_archived: [409, 'The Jira project is archived'],
  issue_type_not_found: [400, 'The issue type is not available'],
  required_fields_missing: [400, 'Required Jira fields have no value'],
  mapping_invalid: [400, 'The mapping is not valid'],
  mapping_conflict: [412, 'Somebody else saved the mapping'],
  precondition_required: [428, 'If-Match is missing'],
  version_conflict: [409, 'Somebody else changed the item'],
  idempotency_key_reused: [409, 'The Idempotency-Key belongs to another request'],
  issue_not_found: [404, 'There is no such Jira issue'],
  issue_in_other_project: [400, 'The Jira issue is in another project'],
  issue_already_linked: [409, 'The Jira issue is linked to another item'],
  already_linked: [409, 'The item has a Jira issue already'],
  jira_unauthorized: [409, 'Jira refused the connection'],
  jira_forbidden: [403, 'Jira does not allow it'],
  jira_rejected: [422, 'Jira refused the issue'],
  jira_rate_limited: [503, 'Jira asks to slow down'],
  jira_unavailable: [502, 'Jira does not answer'],
  item_not_sendable: [422, 'The item cannot be sent to Jira'],
  wrong_state: [409, 'Not possible in this state'],
  internal: [500, 'Something went wrong on our side'],
};

/** What a route that asks Jira may answer with. */
export const jiraProblems = [
  'adapter_wrong_state',
  'needs_reauth',
  'oauth_failed',
  'jira_unauthorized',
  'jira_forbidden',
  'jira_rejected',
  'jira_rate_limited',
  'jira_unavailable',
  'issue_not_found',
] as const satisfies ProblemCode[];

/** What a route that needs an adapter that syncs now may answer with. */
export const notActiveProblems = [
  'plan_required',
  'adapter_not_active',
  'needs_reauth',
] as const satisfies ProblemCode[];

/** What a route that needs the whole connection of such an adapter may answer with. */
export const connectionProblems = [
  ...notActiveProblems,
  'adapter_wrong_state',
  'mapping_invalid',
] as const satisfies ProblemCode[];

/** Turns a problem into its RFC 9457 document. */
export function toProblemDocument(problem: Problem, requestId?: string): ProblemDocument {
  const [status, title] = problemKinds[problem.code];
  return {
    type: `https://userhero.co/problems/${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.detail,
    remedy: problem.remedy,
    errors: problem.errors,
    requestId,
  };
}

/** Sends a problem as `application/problem+json`. */
export function sendProblem(response: Response, problem: Problem, requestId?: string): void {
  const document = toProblemDocument(problem, requestId);
  if (problem.retryAfterSeconds !== undefined) response.set('Retry-After', String(problem.retryAfterSeconds));
  if (problem.code === 'unauthenticated') response.set('WWW-Authenticate', 'Bearer');
  response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
}
