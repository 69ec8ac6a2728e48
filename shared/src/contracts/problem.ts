import { z } from 'zod';

/** The stable codes of every problem document; clients branch on these, never on the text. */
export const problemCodeSchema = z.enum([
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'validation_failed',
  'not_json',
  'not_an_event',
  'unsupported_media_type',
  'payload_too_large',
  'rate_limited',
  'overloaded',
  'plan_required',
  'workflow_required',
  'adapter_exists',
  'adapter_not_active',
  'adapter_wrong_state',
  'oauth_state_invalid',
  'oauth_denied',
  'oauth_failed',
  'needs_reauth',
  'site_not_granted',
  'project_not_found',
  'project_not_visible',
  'project_deleted',
  'project_archived',
  'issue_type_not_found',
  'required_fields_missing',
  'mapping_invalid',
  'mapping_conflict',
  'precondition_required',
  'version_conflict',
  'idempotency_key_reused',
  'issue_not_found',
  'issue_in_other_project',
  'issue_already_linked',
  'already_linked',
  'jira_unauthorized',
  'jira_forbidden',
  'jira_rejected',
  'jira_rate_limited',
  'jira_unavailable',
  'wrong_state',
  'item_not_sendable',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCodeSchema>;

/** A field that is wrong: its dotted path and what to do about it. A mapping's faults have a code with values too. */
export const fieldFaultSchema = z.object({
  field: z.string(),
  message: z.string(),
  code: z.string().optional(),
  values: z.record(z.string(), z.unknown()).optional(),
});
export type FieldFault = z.infer<typeof fieldFaultSchema>;

/** An RFC 9457 problem document. `remedy` says what the reader can do; `errors` names the failing fields. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: problemCodeSchema,
  detail: z.string(),
  remedy: z.string().optional(),
  errors: z.array(fieldFaultSchema).optional(),
  requestId: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;

/** A problem as it is kept beside a thing: what happened, and what the reader can do. */
export const problemTextSchema = z.object({
  code: problemCodeSchema,
  detail: z.string(),
  remedy: z.string().optional(),
});
export type ProblemText = z.infer<typeof problemTextSchema>;
