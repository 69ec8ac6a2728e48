import { z } from 'zod';
import { fieldName } from '../issues/field-names.ts';
import { resolutionById } from '../issues/find.ts';
import { workflowsOf } from '../workflows/find-transition.ts';
import type { Condition, Transition, Validator } from '../workflows/workflow.ts';
import type { Site } from '../world.ts';
import { listOfNames, projectWanted, siteOf } from './read-wanted.ts';
import {
  conditionWish,
  fieldsWanted,
  resolutionWanted,
  transitionsWanted,
  validatorWish,
  workflowsWanted,
} from './workflow-wish.ts';
import { projectField, unchanged, type WorldControl } from './world-control.ts';

const noScreen = z.literal('none').transform(() => null);
const transitionWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  /** Absent: in all workflows of the project. */
  issueType: z.string().optional(),
  /** An id, a name, the status that it leads to, or `all`. */
  transition: z.string(),
  screen: z.union([noScreen, listOfNames]).nullable().optional(),
  required: z.union([noScreen, listOfNames]).nullable().optional(),
  conditions: z.array(conditionWish).optional(),
  validators: z.array(validatorWish).optional(),
  /** `by_category`, `kept`, `cleared`, or a resolution's id or name. */
  resolution: z.string().optional(),
});

/** What stands between a status and the next: screen, conditions, validators, and what becomes of the resolution. */
export const transitionControls: WorldControl[] = [
  {
    path: '/transitions',
    name: 'transitions',
    title: 'Transitions',
    about: 'Gives transitions a screen, conditions, validators and post functions for the resolution.',
    fields: (_, site) => [
      projectField(site),
      { name: 'transition', label: 'Transition: id, name, the status it leads to, or all' },
      { name: 'screen', label: 'Fields of its screen, or none for no screen' },
      { name: 'required', label: 'Fields of the screen listed as required, or none for the usual ones' },
      { name: 'conditions', label: 'Offered', choices: [unchanged, ...conditionChoices] },
      { name: 'validators', label: 'Validator', choices: [unchanged, ...validatorChoices] },
      { name: 'resolution', label: 'Resolution', choices: [unchanged, ...resolutionChoices(site)] },
    ],
    now: (_, site) =>
      site.projects.flatMap((project) =>
        workflowsOf(project)
          .flatMap((one) => one.transitions)
          .flatMap((one) => {
            const lines = transitionRules(site, one);
            return lines.length > 0 ? [`${project.key}, ${one.name} (${one.id}): ${lines.join('; ')}`] : [];
          }),
      ),
    change: (sandbox, wish) => {
      const wanted = transitionWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const project = projectWanted(site, wanted.project);
      const workflows = workflowsWanted(site, project, wanted.issueType);
      const transitions = transitionsWanted(site, project, workflows, wanted.transition);
      const rules = readRules(site, wanted);
      for (const one of transitions) Object.assign(one, rules);
      sandbox.save();
      const names = [...new Set(transitions.map((one) => one.name))].join(', ');
      return { note: `${project.key}: ${names} changed.`, transitions };
    },
  },
];

/** The rules that are wished for; undefined takes one away, and a rule that is not named stays. */
function readRules(site: Site, wanted: z.infer<typeof transitionWish>): Partial<Transition> {
  const { screen, required, conditions, validators, resolution } = wanted;
  for (const one of validators ?? []) if (one.type === 'field_required') fieldsWanted(site, [one.field]);
  const rules: Partial<Transition> = { conditions, validators };
  return {
    ...Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)),
    ...(screen === undefined ? {} : { screen: screen ? fieldsWanted(site, screen) : undefined }),
    ...(required === undefined ? {} : { required: required ? fieldsWanted(site, required) : undefined }),
    ...(resolution === undefined ? {} : { resolution: readResolution(site, resolution) }),
  };
}

function readResolution(site: Site, wanted: string): Transition['resolution'] {
  if (wanted === 'by_category') return undefined;
  if (wanted === 'kept' || wanted === 'cleared') return wanted;
  return { id: resolutionWanted(site, wanted) };
}

type Choice<Value> = { text: string; value: Value };

/** The conditions that a form offers, each alone; a test may name several. */
export const conditionChoices: Choice<Condition[]>[] = [
  { text: 'To everybody', value: [] },
  { text: 'To nobody', value: [{ type: 'never' }] },
  { text: 'To administrators', value: [{ type: 'role', role: 'admin' }] },
  { text: 'To the assignee', value: [{ type: 'only_assignee' }] },
  { text: 'To the reporter', value: [{ type: 'only_reporter' }] },
  { text: 'To people who may edit', value: [{ type: 'permission', permission: 'EDIT_ISSUES' }] },
  { text: 'When all sub-tasks are done', value: [{ type: 'subtasks_done' }] },
];

/** The validators that a form offers, each alone. */
export const validatorChoices: Choice<Validator[]>[] = [
  { text: 'None', value: [] },
  { text: 'Resolution required', value: [{ type: 'field_required', field: 'resolution' }] },
  { text: 'Assignee required', value: [{ type: 'field_required', field: 'assignee' }] },
  { text: 'Comment required', value: [{ type: 'field_required', field: 'comment' }] },
  {
    text: 'Administer Projects needed',
    value: [{ type: 'permission', permission: 'ADMINISTER_PROJECTS' }],
  },
  {
    text: 'An app refuses: pull request not merged',
    value: [{ type: 'refuse', message: 'The pull request is not merged yet.' }],
  },
];

/** What a form offers to do with the resolution. */
export function resolutionChoices(site: Site): Choice<string>[] {
  return [
    { text: 'Set when done, cleared otherwise', value: 'by_category' },
    { text: 'Left as it is', value: 'kept' },
    { text: 'Cleared', value: 'cleared' },
    ...site.resolutions.map((one) => ({ text: `Set to ${one.name}`, value: one.id })),
  ];
}

/** What is unusual about a transition, a few words each. */
export function transitionRules(site: Site, transition: Transition): string[] {
  const { screen, required, conditions = [], validators = [], resolution } = transition;
  const names = (ids: string[]) => ids.map((id) => fieldName(site, id)).join(', ') || 'nothing';
  const kept = resolution === undefined || typeof resolution === 'string' ? resolution : resolution.id;
  return [
    ...(screen ? [`screen with ${names(screen)}`] : []),
    ...(required ? [`required: ${names(required)}`] : []),
    ...conditions.map((one) => `offered ${conditionText(one)}`),
    ...validators.map((one) => `validator: ${validatorText(site, one)}`),
    ...(kept ? [`resolution ${resolutionById(site, kept)?.name ?? kept}`] : []),
  ];
}

function conditionText(condition: Condition): string {
  const known = conditionChoices.find(({ value }) => JSON.stringify(value) === JSON.stringify([condition]));
  if (known) return known.text.charAt(0).toLowerCase() + known.text.slice(1);
  if (condition.type === 'role') return 'to members';
  return condition.type === 'permission' ? `with ${condition.permission}` : condition.type;
}

function validatorText(site: Site, validator: Validator): string {
  if (validator.type === 'refuse') return `“${validator.message}”`;
  if (validator.type === 'permission') return `needs ${validator.permission}`;
  return `${fieldName(site, validator.field)} required`;
}
