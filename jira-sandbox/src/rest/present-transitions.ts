import { issueTypeById, projectOf, statusById } from '../issues/find.ts';
import { presentStatus } from '../issues/present-parts.ts';
import { requiredFields } from '../workflows/judge-transition.ts';
import { isOffered, possibleTransitions } from '../workflows/offered-transitions.ts';
import type { Transition } from '../workflows/workflow.ts';
import type { Issue } from '../world.ts';
import type { Call } from './operation.ts';
import { fieldsById, fieldsOnScreen } from './screen-fields.ts';

/** How much of the transitions is asked for. */
export type TransitionView = {
  /** `expand=transitions.fields`. */
  withFields: boolean;
  /** `includeUnavailableTransitions`: those too whose conditions fail. */
  unavailable?: boolean;
};

/** The transitions that the issue has now, each with the status it leads to. */
export function presentTransitions(call: Call, issue: Issue, { withFields, unavailable }: TransitionView) {
  const { site, account } = call;
  return possibleTransitions(site, issue, account)
    .map((one) => ({ one, isAvailable: isOffered(site, issue, account, one) }))
    .filter(({ isAvailable }) => isAvailable || unavailable)
    .map(({ one, isAvailable }) => ({
      ...presentTransition(call, one, isAvailable),
      ...(withFields ? { fields: screenFields(call, issue, one) } : {}),
    }));
}

function presentTransition(call: Call, transition: Transition, isAvailable: boolean) {
  return {
    id: transition.id,
    name: transition.name,
    to: presentStatus(call.site, statusById(call.site, transition.to), call.links),
    hasScreen: transition.screen !== undefined,
    isGlobal: transition.from === null,
    isInitial: false,
    isAvailable,
    isConditional: (transition.conditions ?? []).length > 0,
    isLooped: false,
  };
}

/** The fields of its screen; a transition without one has none. Validators are not told. */
function screenFields(call: Call, issue: Issue, transition: Transition) {
  const project = projectOf(call.site, issue);
  const type = issueTypeById(call.site, issue.issueTypeId);
  const required = requiredFields(project, transition);
  const fields = fieldsOnScreen(call, project, type, transition.screen ?? []);
  return fieldsById(fields.map((one) => ({ ...one, required: required.includes(one.key) })));
}
