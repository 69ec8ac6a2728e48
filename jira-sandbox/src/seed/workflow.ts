import type { Transition } from '../workflows/workflow.ts';
import type { CategoryKey, Resolution, Status } from '../world.ts';

/** A status of the seed: id, name, category. */
export function status(id: string, name: string, category: CategoryKey, projectId?: string): Status {
  return { id, name, category, description: '', ...(projectId ? { projectId } : {}) };
}

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

/** Resolutions with the ids of those that every new site of Jira Cloud has. */
export function resolutions(names: string[]): Resolution[] {
  return names.map((name, index) => ({ id: String(10_000 + index), name }));
}
