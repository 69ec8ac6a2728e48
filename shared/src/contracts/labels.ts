import { z } from 'zod';
import { humanText } from './human-text.ts';

/** One label, as Jira allows it: no spaces, at most 255 characters. */
export const labelSchema = humanText(255).regex(/^\S+$/u, 'A label has no spaces.');

/** An item's labels, each once. */
export const labelsSchema = z
  .array(labelSchema)
  .max(200)
  .overwrite((labels) => [...new Set(labels)]);
