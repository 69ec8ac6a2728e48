import { z } from 'zod';

/** The plans of a UserHero project, smallest first. */
export const planSchema = z.enum(['free', 'starter', 'growth', 'pro', 'pro-max']);
export type Plan = z.infer<typeof planSchema>;

/** The plans' names as people read them. */
export const planNames: Record<Plan, string> = {
  free: 'Free',
  starter: 'Starter',
  growth: 'Growth',
  pro: 'Pro',
  'pro-max': 'Pro Max',
};

const plansWithJira: ReadonlySet<Plan> = new Set(['growth', 'pro', 'pro-max']);

/** Whether a plan includes the Jira sync adapter: Growth, Pro and Pro Max do. */
export function planIncludesJira(plan: Plan): boolean {
  return plansWithJira.has(plan);
}
