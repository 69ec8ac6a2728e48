import type { CategoryKey, Project, Site, Status } from '../world.ts';
import type { Transition } from './workflow.ts';

/** One global transition into each status, as Jira's default workflows have. */
export function globalTransitions(statuses: Status[]): Transition[] {
  return statuses.map((to, index) => ({
    id: String(11 + index * 10),
    name: to.name,
    from: null,
    to: to.id,
  }));
}

/** A workflow that allows only one step forward or back. */
export function stepTransitions(statuses: Status[]): Transition[] {
  const transitions: Transition[] = [];
  statuses.forEach((here, index) => {
    const next = statuses[index + 1];
    if (!next) return;
    const id = 11 + transitions.length * 10;
    transitions.push({ id: String(id), name: `To ${next.name}`, from: [here.id], to: next.id });
    transitions.push({ id: String(id + 10), name: `Back to ${here.name}`, from: [next.id], to: here.id });
  });
  return transitions;
}

/**
 * Steps as a company with rules has them: who ends an issue names a resolution on a screen, which no post function
 * does for him, and only an administrator opens it again.
 */
export function strictTransitions(statuses: Status[]): Transition[] {
  const done = (id: string) => statuses.find((one) => one.id === id)?.category === 'done';
  return stepTransitions(statuses).map((one) => {
    const reopens = one.from?.some(done) && !done(one.to);
    if (reopens) return { ...one, resolution: 'cleared', conditions: [{ type: 'role', role: 'admin' }] };
    if (!done(one.to)) return one;
    const validators: Transition['validators'] = [{ type: 'field_required', field: 'resolution' }];
    return { ...one, resolution: 'kept', screen: ['resolution'], validators };
  });
}

/** The kinds of workflows that can be built over any statuses. */
export const workflowKinds = {
  global: globalTransitions,
  steps: stepTransitions,
  strict: strictTransitions,
} as const;

/** A status of that id or name that the project may use, or a new one; Jira's statuses are the site's. */
export function statusFor(
  site: Site,
  project: Project,
  { name, category }: { name: string; category: CategoryKey },
): Status {
  const text = name.toLowerCase();
  const usable = site.statuses.filter((one) => !one.projectId || one.projectId === project.id);
  const found = usable.find((one) => one.id === name || one.name.toLowerCase() === text);
  if (found) return found;
  const id = String(Math.max(firstStatusId, ...site.statuses.map((one) => Number(one.id) + 1)));
  const owner = project.style === 'next-gen' ? { projectId: project.id } : {};
  const made: Status = { id, name, category, description: '', ...owner };
  site.statuses.push(made);
  return made;
}

/** Below are the ids of the statuses that sites come with. */
const firstStatusId = 10_200;
