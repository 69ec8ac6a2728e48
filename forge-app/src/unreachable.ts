import type { ForgeProblem } from '@userhero/shared/contracts/forge.ts';

/** No answer came. Whether a change arrived all the same is not known, so nothing is said of it. */
export const unreachable: ForgeProblem = {
  code: 'overloaded',
  detail: 'UserHero does not answer at the moment.',
  remedy: 'Try again soon.',
};
