import fc from 'fast-check';
import { priorities } from '../src/domain/priority.ts';
import {
  defaultStatuses,
  type WorkflowKind,
  type WorkflowShape,
  type WorkflowStatus,
} from '../src/domain/workflow.ts';
import { type CategoryKey, categoryKeys, type JiraStatus } from '../src/jira/status-category.ts';
import { candidatesOf } from '../src/mapping/candidates.ts';
import type { Mapping } from '../src/mapping/mapping.ts';
import type { JiraResolution } from '../src/mapping/resolution.ts';
import { validateMapping } from '../src/mapping/validate-mapping.ts';

/** A workflow, a Jira project's statuses and a mapping between them: what every property of §4 speaks of. */
export type Scene = { workflow: WorkflowShape; jiraStatuses: JiraStatus[]; mapping: Mapping };

/** Names that meet each other often, in the spellings that people and translated sites use. */
const statusNames = [
  ...Object.values(defaultStatuses).flatMap((statuses) => statuses.map((status) => status.name)),
  ...[
    'To Do',
    'Backlog',
    'Done',
    'Closed',
    'In Review',
    'Constructor',
    '进行中',
    'Terminé',
    '🚀',
    '---',
    '–',
  ],
  ...['in-progress', 'IN_PROGRESS', 'awaiting response', 'WON', 'In Progress', 'ΟΔΟΣ'],
];
const nameArb = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...statusNames) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name.trim() !== '') },
);
const slugArb = fc.oneof(
  fc.constantFrom('constructor', 'open', 'done', 'closed', 'in-progress', 'new', 'won', '0', '10'),
  fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4})?$/),
);
const customStatusArb: fc.Arbitrary<WorkflowStatus> = fc.record({ slug: slugArb, name: nameArb });
const bySlug = { selector: (status: WorkflowStatus) => status.slug };

const editedArb = (kind: Exclude<WorkflowKind, 'custom'>): fc.Arbitrary<WorkflowShape> =>
  fc
    .tuple(
      fc.shuffledSubarray([...defaultStatuses[kind]], { minLength: 1 }),
      fc.uniqueArray(customStatusArb, { ...bySlug, maxLength: 2 }),
    )
    .map(([kept, added]) => {
      const taken = new Set(kept.map((status) => status.slug));
      return { kind, statuses: [...kept, ...added.filter((status) => !taken.has(status.slug))] };
    });

/** Workflows of every kind: the three ready-made ones, the same after a team edited them, and custom ones. */
export const workflowArb: fc.Arbitrary<WorkflowShape> = fc.oneof(
  ...(['issues', 'tickets', 'leads'] as const).flatMap((kind) => [
    fc.constant<WorkflowShape>({ kind, statuses: defaultStatuses[kind] }),
    editedArb(kind),
  ]),
  fc
    .uniqueArray(customStatusArb, { ...bySlug, minLength: 1, maxLength: 7 })
    .map((statuses): WorkflowShape => ({ kind: 'custom', statuses })),
);

const categoryArb = fc.constantFrom<CategoryKey>(...categoryKeys);

/** The statuses of a Jira project, "No Category" ones and namesakes among them. */
export const jiraStatusesArb: fc.Arbitrary<JiraStatus[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 99_999 }).map(String),
    name: nameArb,
    category: fc.oneof({ weight: 6, arbitrary: categoryArb }, { weight: 1, arbitrary: fc.constant(null) }),
  }),
  { selector: (status) => status.id, minLength: 1, maxLength: 9 },
);

/** The resolutions of a site. */
export const siteResolutions: readonly JiraResolution[] = ['Done', "Won't Do", 'Duplicate', 'Fixed'].map(
  (name, index) => ({ id: String(10_000 + index), name }),
);

/** A mapping that need not be valid; it leans towards valid ones so that a filter keeps enough of them. */
export function mappingArb(
  workflow: WorkflowShape,
  jiraStatuses: readonly JiraStatus[],
): fc.Arbitrary<Mapping> {
  const slugs = workflow.statuses.map((status) => status.slug);
  const some = fc.nat({ max: 9_999 });
  return fc
    .record({
      categories: fc.array(categoryArb, { minLength: slugs.length, maxLength: slugs.length }),
      exact: fc.array(fc.option(some, { freq: 2 }), { minLength: slugs.length, maxLength: slugs.length }),
      landing: fc.tuple(some, some, some),
      byName: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      overrides: fc.array(fc.tuple(some, some), { maxLength: 3 }),
      resolutions: fc.array(fc.option(some, { freq: 2 }), {
        minLength: slugs.length,
        maxLength: slugs.length,
      }),
      resolutionOverrides: fc.array(fc.tuple(some, some), { maxLength: 2 }),
      strayLanding: fc.oneof(
        { weight: 8, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constantFrom(...slugs, 'gone') },
      ),
    })
    .map((picks) => {
      const outbound: Mapping['outbound'] = {};
      slugs.forEach((slug, index) => {
        const category = picks.categories[index] ?? 'new';
        const inCategory = jiraStatuses.filter((status) => status.category === category);
        outbound[slug] = { category, jiraStatusId: pick(inCategory, picks.exact[index] ?? null)?.id ?? null };
      });
      const partial = { outbound } as Mapping;
      const landing = (category: CategoryKey, index: 0 | 1 | 2) => ({
        status: pick(candidatesOf(partial, workflow, category), picks.landing[index])?.slug ?? null,
        byName: picks.byName[index],
      });
      const inbound = {
        new: landing('new', 0),
        indeterminate: landing('indeterminate', 1),
        done: { ...landing('done', 2), ...(picks.strayLanding ? { status: picks.strayLanding } : {}) },
      };
      const overrides = picks.overrides.flatMap(([jira, slug]) => {
        const jiraStatusId = pick(jiraStatuses, jira)?.id;
        const status = pick(slugs, slug);
        return jiraStatusId && status ? [{ jiraStatusId, status }] : [];
      });
      return {
        outbound,
        inbound,
        overrides,
        priorities: Object.fromEntries(priorities.map((name) => [name, name])) as Mapping['priorities'],
        resolutions: Object.fromEntries(
          slugs.flatMap((slug, index) => {
            const chosen = pick(siteResolutions, picks.resolutions[index] ?? null);
            return chosen && outbound[slug]?.category === 'done' ? [[slug, chosen.id]] : [];
          }),
        ),
        resolutionOverrides: picks.resolutionOverrides.flatMap(([resolution, slug]) => {
          const resolutionId = pick(siteResolutions, resolution)?.id;
          const status = pick(slugs, slug);
          return resolutionId && status ? [{ resolutionId, status }] : [];
        }),
        inboundPriorities: [],
      };
    });
}

/** Any scene, valid or not: a mapping outlives the statuses that it was made for. */
export const sceneArb: fc.Arbitrary<Scene> = fc
  .tuple(workflowArb, jiraStatusesArb)
  .chain(([workflow, jiraStatuses]) =>
    mappingArb(workflow, jiraStatuses).map((mapping) => ({ workflow, jiraStatuses, mapping })),
  );

/** The scenes whose mapping `validateMapping` finds no fault with. */
export const validSceneArb: fc.Arbitrary<Scene> = sceneArb.filter(
  ({ mapping, workflow, jiraStatuses }) => validateMapping(mapping, workflow, jiraStatuses).length === 0,
);

/** One of a list, chosen by a number that shrinks to the first. */
export function pick<T>(list: readonly T[], at: number | null): T | undefined {
  return at === null || list.length === 0 ? undefined : list[at % list.length];
}
