import type { DescriptionForm } from '@userhero/shared/sync/description/to-description.ts';
import type { Problem } from '../outcome.ts';

/** The next simpler or shorter form, after Jira refused a description; `null` when there is none, or it was not that. */
export function formAfter(form: DescriptionForm, problem: Problem): DescriptionForm | null {
  const refused = problem.errors?.find((error) => error.field === 'description');
  if (!refused) return null;
  const isTooLong = /limit|too long|exceed/i.test(refused.message);
  if (isTooLong && form.limitCounts === 'text') return { ...form, limitCounts: 'markup' };
  if (!form.plain) return { ...form, plain: true };
  return null;
}
