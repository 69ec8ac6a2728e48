import { z } from 'zod';
import type { ResolutionState } from '../sync/status/resolution-rule.ts';
import { idSchema, nameSchema } from './event-schema.ts';

const schema = z.object({ id: idSchema, name: nameSchema });

/**
 * Reads an issue's `fields.resolution`: `null` there is Jira's "Unresolved".
 *
 * @returns `null` where it was not told, or names no id
 */
export function readResolution(value: unknown): ResolutionState | null {
  if (value === null) return 'none';
  const resolution = schema.safeParse(value);
  return resolution.success ? resolution.data : null;
}
