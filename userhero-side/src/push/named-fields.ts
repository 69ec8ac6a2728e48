import type { Transition, TransitionField } from '@userhero/shared/jira/transition.ts';
import type { Problem } from '../outcome.ts';

type Named = Pick<TransitionField, 'fieldId' | 'name'>;

/**
 * The fields that Jira wants when it refuses a transition: by their ids in `errors`, else by their names in what a
 * validator says, which may be in any language.
 */
export function namedFields(
  { errors = [], detail }: Pick<Problem, 'errors' | 'detail'>,
  { requires, optional }: Pick<Transition, 'requires' | 'optional'>,
): Named[] {
  const known = [...requires, ...optional];
  const byId = errors.map(({ field }): Named => {
    const { fieldId, name } = known.find((one) => one.fieldId === field) ?? { fieldId: field, name: field };
    return { fieldId, name };
  });
  if (byId.length > 0) return byId;
  const said = detail.toLowerCase();
  const isSaid = (word: string): boolean => word !== '' && said.includes(word.toLowerCase());
  return known
    .filter(({ fieldId, name }) => isSaid(name) || isSaid(fieldId))
    .map(({ fieldId, name }) => ({ fieldId, name }));
}
