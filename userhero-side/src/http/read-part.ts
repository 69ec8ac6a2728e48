import { findUnstorable } from '@userhero/shared/contracts/human-text.ts';
import type { z } from 'zod';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { findProtoKey } from './find-proto-key.ts';

/**
 * Reads one part of a request by its schema. Fields that are wrong are named, and so are a text that cannot be stored
 * and a key that would be lost.
 *
 * @param prefix what stands before a field's name (`query`), or `null` for the body
 */
export function readPart<T extends z.ZodType>(
  schema: T,
  value: unknown,
  prefix: string | null,
): Outcome<z.output<T>> {
  const proto = findProtoKey(value);
  if (proto) return failure(fieldProblem([{ path: proto, message: notAName }], prefix));
  const parsed = schema.safeParse(value);
  if (!parsed.success) return failure(fieldProblem(parsed.error.issues, prefix));
  const path = findUnstorable(parsed.data);
  return path ? failure(fieldProblem([{ path, message: unstorable }], prefix)) : success(parsed.data);
}

const notAName = '"__proto__" is no name that UserHero takes. Remove it.';
const unstorable = 'Remove the character NUL (U+0000) and half surrogate pairs.';

function fieldProblem(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
  prefix: string | null,
): Problem {
  const errors = issues.map((issue) => ({
    field: [...(prefix ? [prefix] : []), ...issue.path].map(String).join('.') || '(body)',
    message: issue.message,
  }));
  return {
    code: 'validation_failed',
    detail: errors.map((entry) => `${entry.field}: ${entry.message}`).join('; '),
    remedy: 'Correct the fields that are named and send the request again.',
    errors,
  };
}
