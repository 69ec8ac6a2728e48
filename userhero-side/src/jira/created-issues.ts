import { isApiError } from 'jira.js/core';
import { z } from 'zod';
import { type JiraFailure, rejection } from './jira-failure.ts';

const createdSchema = z.object({
  issues: z.array(z.object({ id: z.string(), key: z.string() })).default([]),
  errors: z
    .array(
      z.object({
        failedElementNumber: z.number(),
        status: z.number().optional(),
        elementErrors: z.unknown(),
      }),
    )
    .default([]),
});

/** What a bulk create came to. */
export type CreatedIssues = {
  /** In whatever order Jira lists them: which issue is whose only its property tells. */
  issues: { id: string; key: string }[];
  /** By the place in the request, which Jira numbers. */
  refusals: ReadonlyMap<number, JiraFailure>;
};

/**
 * Reads the answer of a bulk create.
 *
 * @see Jira Cloud REST v3, `POST /rest/api/3/issue/bulk`, which promises no order of `issues`
 */
export function toCreatedIssues(value: unknown): CreatedIssues {
  const { issues, errors } = createdSchema.parse(value);
  return {
    issues,
    refusals: new Map(
      errors.map((error) => [
        error.failedElementNumber,
        {
          ok: false,
          problem: rejection(error.status ?? 400, error.elementErrors, error),
          doubtful: false,
        },
      ]),
    ),
  };
}

/** When every issue is refused, Jira answers 400 with the same body that it otherwise answers 201 with. */
export function allRefused(error: unknown): unknown {
  if (isApiError(error) && error.status === 400) {
    const body = createdSchema.safeParse(error.body);
    if (body.success && body.data.errors.length > 0) return body.data;
  }
  throw error;
}
