import type { z } from 'zod';
import { automationChoices, chooseAutomationBody } from './automation-choices.ts';

/** What keeps a body from being an event: the field, what is wrong with it, and what its sender can do. */
export type EventFault = { kind: 'fault'; field: string; message: string; remedy: string };

/** The remedies that more than one fault has. */
export const remedies = {
  unchanged: 'Send the body as Jira writes it, unchanged.',
  jiraFormat: chooseAutomationBody,
  smartValue: `Jira put no value in place of the smart value. Check its name, and that the rule has an issue at this point; or choose "${automationChoices.body}" as the web request body.`,
  oneIssue: 'Send one request for each issue; in Automation, put the action into a branch "For each" issue.',
} as const;

/** A fault of one field. */
export function fault(field: string, message: string, remedy: string = remedies.unchanged): EventFault {
  return { kind: 'fault', field, message, remedy };
}

/** The first fault that a schema found in a body; `prefix` leads to the part that was parsed. */
export function faultFrom(error: z.ZodError, body: unknown, prefix: readonly string[] = []): EventFault {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map(String);
  const field = [...prefix, ...path].join('.') || '(body)';
  const value = valueAt(body, path);
  if (isUnrendered(value)) return fault(field, notRendered, remedies.smartValue);
  return fault(field, issue?.message ?? 'The body is not a Jira event.');
}

const notRendered = 'The smart value has no value.';

/** A smart value as its author wrote it, or the nothing that Automation writes for one that it does not know. */
function isUnrendered(value: unknown): boolean {
  return typeof value === 'string' && (value.trim() === '' || isSmartValue(value));
}

const isSmartValue = (text: string): boolean => text.includes('{{') && text.includes('}}');

/** The first of these places that holds a smart value where its value should be. */
export function findSmartValue(body: unknown, places: readonly (readonly string[])[]): EventFault | null {
  const found = places.find((path) => {
    const value = valueAt(body, path);
    return typeof value === 'string' && isSmartValue(value);
  });
  return found ? fault(found.join('.'), notRendered, remedies.smartValue) : null;
}

/** What a body holds at a place; nothing that it inherits. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
