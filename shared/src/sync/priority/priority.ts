import { z } from 'zod';
import { type Priority, priorityNames } from '../../domain/priority.ts';
import { choosePriority, type JiraPriority, landPriority } from '../../mapping/priority.ts';
import type { FieldThing } from '../thing.ts';

const schema = z.object({ priority: z.object({ id: z.string(), name: z.string() }).nullable() });

/** The item's priority and the issue's, by the mapping's table and, on the way back, its rows. Jira's counts by its id: a renamed one is the same. */
export const priority: FieldThing<Priority, JiraPriority | null, 'priority'> = {
  kind: 'field',
  name: 'priority',
  standard: { direction: 'off', onConflict: 'jira' },
  jiraFields: ['priority'],
  onCreate: 'always',
  itemField: 'priority',
  readHere: (item) => item.priority,
  readThere: (fields) => schema.safeParse(fields).data?.priority,
  hereText: (slug) => slug,
  thereText: (there) => there?.id ?? '',
  showHere: (slug) => priorityNames[slug],
  showThere: (there) => there?.name ?? '',
  toJira(slug, { mapping, priorities: allowed }) {
    const choice = choosePriority(mapping, slug, allowed);
    if (choice.kind === 'set')
      return { kind: 'value', value: choice.priority, simplified: false, warnings: [] };
    const wanted = choice.why === 'not_on_screen' ? null : choice.wanted;
    return { kind: 'none', why: { code: 'priority_left_out', values: { wanted } } };
  },
  toItem(there, slug, { mapping }) {
    const found = there && landPriority(mapping, slug, there);
    return found === null
      ? { kind: 'none', why: { code: 'priority_unmapped', values: { found: there?.name ?? '' } } }
      : { kind: 'value', value: found, simplified: false, warnings: [] };
  },
  edit: (there) => ({ fields: { priority: there && { id: there.id } } }),
  write: (slug) => ({ priority: slug }),
};
