import { type Plan, planIncludesJira, planNames, planSchema } from '@userhero/shared/domain/plan.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Command } from './command.ts';
import { onlyOne, projectsNamed } from './find-place.ts';

/** The plans as an option takes them. */
export const plans = `one of ${planSchema.options.join(', ')}`;

/** `set-plan`: adapters pause and resume with the plan by themselves. */
export const setPlan: Command = {
  name: 'set-plan',
  about:
    'Changes a project’s plan. Without Jira sync in it, adapters pause; with it again, they resume and catch up.',
  options: {
    project: { about: 'the name or id of the project', required: true },
    plan: { about: plans, required: true },
  },
  async run({ database: { prisma } }, { project = '', plan = '' }) {
    const read = readPlan(plan);
    if (!read.ok) return read;
    const found = onlyOne('project', project, await projectsNamed(prisma, project));
    if (!found.ok) return found;
    const { id, plan: before } = found.value;
    await prisma.project.update({ where: { id }, data: { plan: read.value } });
    const adapters = await prisma.adapter.count({ where: { projectId: id, state: { not: 'disconnected' } } });
    const [had, has] = [planIncludesJira(planSchema.parse(before)), planIncludesJira(read.value)];
    const effect = adapters === 0 || had === has ? [] : [`adapters: ${adapters} ${has ? 'resume' : 'pause'}`];
    return success({ ok: true, lines: [`project: ${id}`, `plan: ${read.value} (was ${before})`, ...effect] });
  },
};

/** A plan by its key or by its name: `pro-max` or `Pro Max`. Errors: `validation_failed`. */
export function readPlan(text: string): Outcome<Plan> {
  const wanted = text.trim().toLowerCase();
  const found = planSchema.options.find(
    (plan) => plan === wanted || planNames[plan].toLowerCase() === wanted,
  );
  if (found) return success(found);
  return failure({ code: 'validation_failed', detail: `There is no plan "${text}". Choose ${plans}.` });
}
