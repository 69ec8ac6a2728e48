import fc from 'fast-check';
import type { ItemValues } from '../src/domain/item-values.ts';
import { priorities } from '../src/domain/priority.ts';
import { defaultStatuses } from '../src/domain/workflow.ts';
import { defaultMapping } from '../src/mapping/default-mapping.ts';
import type { Mapping } from '../src/mapping/mapping.ts';
import { richForm } from '../src/sync/description/to-description.ts';
import { directionSchema, onConflictSchema, type Rule } from '../src/sync/rule.ts';
import type { Context, JiraFields } from '../src/sync/thing.ts';
import type { ThingName } from '../src/sync/things.ts';
import type { AdfNode } from '../src/text/adf.ts';
import { writeAdf } from '../src/text/write-adf.ts';
import { writeMarkdown } from '../src/text/write-markdown.ts';
import { anyDocument, hostileMarkdown, sharedDocument } from './arbitrary-texts.ts';

/** What a thing brings to the properties that every thing has: values of each side, and how Jira rewrites its own. */
export type ThingValues = {
  here: fc.Arbitrary<Partial<ItemValues>>;
  there: fc.Arbitrary<JiraFields>;
  /** What Jira shows of what it was sent. */
  ownForm(fields: JiraFields, context: Context): JiraFields;
};

const scheme = ['Highest', 'High', 'Medium', 'Low', 'Lowest', 'Blocker', 'medium'].map((name, at) => ({
  id: String(at + 1),
  name,
}));

const title = fc.oneof(
  fc.constantFrom(
    'Crash on start',
    'Crash on  start',
    'x'.repeat(255),
    'x'.repeat(256),
    `${'é🎉'.repeat(90)}`,
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).map((text) => `t${text}`.toWellFormed()),
);
const mention: AdfNode = { type: 'mention', attrs: { id: '1', text: '@Anna' } };
const rich = fc.oneof(
  anyDocument.map((tree) => writeAdf(tree).document),
  sharedDocument.map((tree) => writeAdf(tree).document),
  sharedDocument.map((tree) => {
    const { document } = writeAdf(tree);
    return { ...document, content: [...document.content, { type: 'paragraph', content: [mention] }] };
  }),
  fc.constant(null),
);

const labelLists = fc.uniqueArray(fc.constantFrom('checkout', 'mobile', 'vip', 'ärger', '#1'));

/** The generators of each field that is synced. */
export const thingValues: Record<Exclude<ThingName, 'status'>, ThingValues> = {
  summary: {
    here: title.map((text) => ({ title: text })),
    there: title.map((text) => ({ summary: text.replace(/\s+/g, ' ').slice(0, 255).toWellFormed() })),
    ownForm: (fields) => ({ ...fields, summary: String(fields.summary).normalize('NFKC').trim() }),
  },
  description: {
    here: fc
      .oneof(hostileMarkdown, sharedDocument.map(writeMarkdown), fc.constant('w'.repeat(33_000)))
      .map((description) => ({ description: description.toWellFormed() })),
    there: rich.map((description) => ({ description })),
    ownForm: (fields) => ({ ...fields, description: withIds(fields.description as AdfNode | null) }),
  },
  labels: {
    here: labelLists.map((labels) => ({ labels })),
    there: labelLists.map((labels) => ({ labels })),
    ownForm: ({ labels, ...fields }) => ({ ...fields, labels: [...(labels as string[])].sort() }),
  },
  priority: {
    here: fc.constantFrom(...priorities).map((priority) => ({ priority })),
    there: fc.option(fc.constantFrom(...scheme)).map((priority) => ({ priority })),
    ownForm: ({ priority, ...fields }) => ({
      ...fields,
      priority: scheme.find(({ id }) => id === (priority as { id: string } | null)?.id) ?? null,
    }),
  },
};

/** Jira gives the nodes of a document ids of its own. */
function withIds(node: AdfNode | null): AdfNode | null {
  if (!node) return null;
  const content = node.content?.map((child) => withIds(child) ?? child);
  const attrs = node.type === 'paragraph' ? { attrs: { ...node.attrs, localId: 'a1' } } : {};
  return { ...node, ...attrs, ...(content ? { content } : {}) };
}

export const ruleArb: fc.Arbitrary<Rule> = fc.record({
  direction: fc.constantFrom(...directionSchema.options),
  onConflict: fc.constantFrom(...onConflictSchema.options),
});

/** Mappings of priorities that meet the scheme, in another spelling, or not at all. */
export const contextArb: fc.Arbitrary<Context> = fc
  .record({
    names: fc.tuple(...priorities.map(() => fc.constantFrom('Highest', 'High', 'Medium', 'LOW', 'Nobody’s'))),
    allowed: fc.option(fc.subarray(scheme), { freq: 5 }),
    plain: fc.boolean(),
  })
  .map(({ names, allowed, plain }) => {
    const mapping = defaultMapping({ kind: 'issues', statuses: defaultStatuses.issues });
    const table = Object.fromEntries(
      priorities.map((slug, at) => [slug, names[at]]),
    ) as Mapping['priorities'];
    return {
      mapping: { ...mapping, priorities: table },
      priorities: allowed,
      fields: null,
      itemUrl: 'https://userhero.example/items/1',
      descriptionForm: { ...richForm, plain },
    };
  });

export const plainItem: ItemValues = {
  title: 'Crash on start',
  description: '',
  status: 'open',
  priority: 'medium',
  labels: [],
};
