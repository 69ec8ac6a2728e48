import type { CategoryKey, Resolution, Status } from '../world.ts';

/** A status of the seed: id, name, category. */
export function status(id: string, name: string, category: CategoryKey, projectId?: string): Status {
  return { id, name, category, description: '', ...(projectId ? { projectId } : {}) };
}

/** Resolutions with the ids of those that every new site of Jira Cloud has. */
export function resolutions(names: string[]): Resolution[] {
  return names.map((name, index) => ({ id: String(10_000 + index), name }));
}
