import { isApiError } from 'jira.js/core';
import { z } from 'zod';
import type { JiraAnswer } from './jira.ts';
import { rejection } from './jira-failure.ts';

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

/**
 * Reads the answer of a bulk create: Jira lists the created issues in the order of the request without the failed
 * ones, and numbers the failed ones.
 *
 * @returns for each issue of the request what became of it
 * @see Jira Cloud REST v3, `POST /rest/api/3/issue/bulk`
 */
export function toCreatedIssues(count: number, value: unknown): JiraAnswer<{ id: string; key: string }>[] {
  const { issues, errors } = createdSchema.parse(value);
  const failed = new Map(errors.map((error) => [error.failedElementNumber, error]));
  const created = [...issues];
  return Array.from({ length: count }, (_, index) => {
    const error = failed.get(index);
    if (error) {
      return {
        ok: false,
        problem: rejection(error.status ?? 400, error.elementErrors, error),
        doubtful: false,
      };
    }
    const issue = created.shift();
    if (!issue) throw new Error('Jira left an issue of the bulk create unanswered');
    return { ok: true, value: issue };
  });
}

/** When every issue is refused, Jira answers 400 with the same body that it otherwise answers 201 with. */
export function allRefused(error: unknown): unknown {
  if (isApiError(error) && error.status === 400) {
    const body = createdSchema.safeParse(error.body);
    if (body.success && body.data.errors.length > 0) return body.data;
  }
  throw error;
}
