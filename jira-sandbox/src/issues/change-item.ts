import type { ChangeItem } from '../world.ts';

/** A changelog item in Jira's shape. */
export function changeItem(
  field: string,
  before: [id: string | null, text: string | null],
  after: [id: string | null, text: string | null],
): ChangeItem {
  const custom = field.startsWith('customfield_');
  return {
    field,
    fieldtype: custom ? 'custom' : 'jira',
    fieldId: field,
    from: before[0],
    fromString: before[1],
    to: after[0],
    toString: after[1],
  };
}
