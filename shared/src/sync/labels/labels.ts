import { z } from 'zod';
import { labelsSchema } from '../../contracts/labels.ts';
import { oneLine } from '../../text/clean-text.ts';
import type { FieldThing } from '../thing.ts';

type Labels = readonly string[];

const schema = z.object({ labels: z.array(z.string()) });

/** The labels of item and issue. Each label stands for itself, so two changes are brought together label by label. */
export const labels: FieldThing<Labels, Labels, 'labels'> = {
  kind: 'field',
  name: 'labels',
  standard: { direction: 'off', onConflict: 'jira' },
  jiraFields: ['labels'],
  onCreate: 'when-sent',
  itemField: 'labels',
  readHere: (item) => item.labels,
  readThere: (fields) => schema.safeParse(fields).data?.labels,
  hereText: toText,
  thereText: toText,
  showHere: (here) => here.join(', '),
  showThere: (there) => there.join(', '),
  toJira: (here) => ({ kind: 'value', value: here, simplified: false, warnings: [] }),
  toItem(there, here) {
    if (toText(there) === toText(here))
      return { kind: 'value', value: here, simplified: false, warnings: [] };
    const taken = labelsSchema.safeParse(there.map(oneLine));
    return taken.success
      ? { kind: 'value', value: taken.data, simplified: false, warnings: [] }
      : { kind: 'none', why: { code: 'not_for_items', values: { field: 'labels' } } };
  },
  edit: (value, seen) =>
    seen === undefined
      ? { fields: { labels: value } }
      : {
          update: {
            labels: [
              ...without(value, seen).map((label) => ({ add: label })),
              ...without(seen, value).map((label) => ({ remove: label })),
            ],
          },
        },
  write: (here) => ({ labels: [...here] }),
  merge: {
    read(text) {
      if (text === '') return [];
      return text.startsWith('[') ? z.array(z.string()).parse(JSON.parse(text)) : null;
    },
    combine: (base, here, there) => [
      ...here.filter((label) => there.includes(label) || !base.includes(label)),
      ...without(there, here).filter((label) => !base.includes(label)),
    ],
  },
};

function toText(value: Labels): string {
  return value.length === 0 ? '' : JSON.stringify([...new Set(value)].sort());
}

const without = (some: Labels, others: Labels): string[] => some.filter((label) => !others.includes(label));
