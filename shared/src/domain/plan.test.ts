import { expect, it } from 'vitest';
import { planIncludesJira, planNames, planSchema } from './plan.ts';

it('Jira sync is part of the Growth, Pro and Pro Max plans, and of no other', () => {
  const including = planSchema.options.filter(planIncludesJira).map((plan) => planNames[plan]);
  expect(including).toEqual(['Growth', 'Pro', 'Pro Max']);
});
