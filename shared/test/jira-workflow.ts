import fc from 'fast-check';
import type { CategoryKey, JiraStatus } from '../src/jira/status-category.ts';
import type { LearnedSteps, Transition, TransitionField } from '../src/jira/transition.ts';

/** A transition of a generated Jira workflow, with what it does to this one issue. */
export type WorkflowStep = {
  transition: Transition;
  /** The statuses that offer it; `null`: all. */
  from: string | null;
  /** A condition hides it from this issue. */
  isHidden: boolean;
  /** A validator refuses it, whatever it is sent with. */
  isRefused: boolean;
  /** A validator wants a resolution, which the screen does not say. */
  wantsResolution: boolean;
};

/** A Jira workflow, an issue in it, and what was learned of it from other issues. */
export type World = {
  order: JiraStatus[];
  start: JiraStatus;
  targets: JiraStatus[];
  steps: WorkflowStep[];
  learned: LearnedSteps;
  isNew: boolean;
};

export const resolution: TransitionField = {
  ...{ fieldId: 'resolution', name: 'Lösung', kind: 'option' },
  allowed: [{ id: '10000', name: 'Fertig' }],
};
export const region: TransitionField = {
  ...{ fieldId: 'customfield_10050', name: 'Region', kind: 'option', allowed: [{ id: '1', name: 'EMEA' }] },
};

/** UserHero has a resolution, and no region. */
export const values = ({ fieldId }: TransitionField) => (fieldId === 'resolution' ? { id: '10000' } : null);

const names = ['Zu erledigen', 'To Do', 'In Arbeit', 'В работе', '完了', 'Done', 'constructor', 'Готово'];
const categoryArb = fc.option(fc.constantFrom<CategoryKey>('new', 'indeterminate', 'done'), { freq: 9 });

/** Statuses with names of many languages; most have a category. */
const statusesArb = fc
  .array(categoryArb, { minLength: 2, maxLength: 7 })
  .map((categories) =>
    categories.map((category, at): JiraStatus => ({ id: `${at}`, name: names[at] ?? '', category })),
  );

const oftenFalse = fc.integer({ max: 5, min: 0 }).map((n) => n === 0);

/** How much a generated workflow may hold that stands in an issue's way. */
export type Traits = { hides: boolean; refuses: boolean; wants: boolean };

function stepArb(statuses: readonly JiraStatus[], at: number, traits: Traits): fc.Arbitrary<WorkflowStep> {
  const place = fc.constantFrom(...statuses);
  return fc
    .record({
      from: fc.option(place, { freq: 4 }),
      to: place,
      conditional: oftenFalse,
      isHidden: oftenFalse,
      isRefused: oftenFalse,
      field: fc.option(fc.constantFrom(resolution, region), { freq: 2 }),
      isRequired: fc.boolean(),
      wantsResolution: oftenFalse,
    })
    .map(({ from, to, field, isRequired, ...rest }): WorkflowStep => {
      const fields = traits.wants && field ? [field] : [];
      const isHidden = traits.hides && rest.isHidden;
      return {
        transition: {
          id: `t${at}`,
          name: `To ${to.name}`,
          to,
          global: from === null,
          conditional: rest.conditional || isHidden,
          requires: isRequired ? fields : [],
          optional: isRequired ? [] : fields.filter(({ fieldId }) => fieldId === 'resolution'),
        },
        from: from?.id ?? null,
        isHidden,
        isRefused: traits.refuses && rest.isRefused,
        wantsResolution: traits.wants && rest.wantsResolution,
      };
    });
}

/** A workflow with an issue in it. What was learned is true, as another issue was shown it. */
export function worldArb(traits: Traits): fc.Arbitrary<World> {
  return statusesArb.chain((order) =>
    fc
      .record({
        order: fc.constant(order),
        start: fc.constantFrom(...order),
        targets: fc.uniqueArray(fc.constantFrom(...order), { maxLength: 3 }),
        steps: fc
          .nat({ max: 2 * order.length + 2 })
          .chain((count) =>
            fc.tuple(...Array.from({ length: count }, (_, at) => stepArb(order, at, traits))),
          ),
        known: fc.subarray(order.map(({ id }) => id)),
        isNew: fc.boolean(),
      })
      .map(({ known, ...world }) => ({
        ...world,
        learned: Object.fromEntries(known.map((id) => [id, shownIn(world.steps, id)])),
      })),
  );
}

/** What Jira offers to this issue in a status. */
export function offeredIn({ steps }: Pick<World, 'steps'>, statusId: string): Transition[] {
  return steps
    .filter(({ from, isHidden }) => !isHidden && (from ?? statusId) === statusId)
    .map(({ transition }) => transition)
    .filter(({ global, to }) => !global || to.id !== statusId);
}

/** What conditions hide from this issue in a status. */
export function hiddenIn({ steps }: Pick<World, 'steps'>, statusId: string): Transition[] {
  return shownIn(
    steps.filter(({ isHidden }) => isHidden),
    statusId,
  );
}

/** What Jira shows in a status to an issue from which nothing is hidden. */
function shownIn(steps: readonly WorkflowStep[], statusId: string): Transition[] {
  return offeredIn({ steps: steps.map((step) => ({ ...step, isHidden: false })) }, statusId);
}

/** Jira's answer to a transition: where the issue stands then, or why it stays. */
export type Taken = { to: JiraStatus } | { says: string; names: { fieldId: string; name: string }[] };

/** Asks Jira for a transition of the issue. */
export function askFor(
  world: Pick<World, 'steps'>,
  statusId: string,
  transitionId: string,
  fields: Readonly<Record<string, unknown>>,
): Taken {
  const offered = offeredIn(world, statusId).find(({ id }) => id === transitionId);
  const step = world.steps.find(({ transition }) => transition.id === transitionId);
  if (!offered || !step) return { says: `${transitionId} is not valid for this issue.`, names: [] };
  if (step.isRefused) return { says: `${offered.name} is not allowed.`, names: [] };
  const wanted = [...offered.requires.map(({ fieldId }) => fieldId)];
  if (step.wantsResolution) wanted.push('resolution');
  const missing = wanted.filter((fieldId) => !Object.hasOwn(fields, fieldId));
  return missing.length > 0
    ? {
        says: `${missing.join()} is required.`,
        names: missing.map((fieldId) => ({ fieldId, name: fieldId })),
      }
    : { to: offered.to };
}
