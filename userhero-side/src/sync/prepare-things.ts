import { convertNow, descriptionBy, toConverted } from '@userhero/shared/sync/description/description.ts';
import { type DescriptionForm, richForm } from '@userhero/shared/sync/description/to-description.ts';
import { fieldsOn, type SyncSettings } from '@userhero/shared/sync/settings.ts';
import type { Converted, FieldThing } from '@userhero/shared/sync/thing.ts';
import type { ThingName } from '@userhero/shared/sync/things.ts';
import type { AdfDocument } from '@userhero/shared/text/adf.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { notSendable } from '../push/create-once.ts';
import type { VisitPorts } from './visit-ports.ts';

/** A field that is synced, whatever its values are. */
export type AnyField = FieldThing<unknown, unknown, ThingName>;

/**
 * The fields that are on. A long description is converted beforehand, in a thread of its own, since a decision is made
 * while item and reference are locked; so is one that an edit replaced. An item whose description cannot be converted keeps its other fields going.
 */
export async function prepareThings(
  ports: Pick<VisitPorts, 'writeDescription'>,
  settings: SyncSettings,
  markdown: string,
  itemUrl: string,
  readReplaced: () => Promise<string | null> = async () => null,
): Promise<{ things: AnyField[]; unsendable: Problem | null }> {
  const on = fieldsOn(settings);
  if (!on.some(({ name }) => name === 'description')) return { things: [...on], unsendable: null };
  const converted = await convertDescription(ports, markdown, itemUrl, richForm);
  if (!converted.ok)
    return { things: on.filter(({ name }) => name !== 'description'), unsendable: converted.problem };
  const replaced = await readReplaced();
  const former = replaced === null ? null : await convertDescription(ports, replaced, itemUrl, richForm);
  const made = new Map([[markdown, converted.value]]);
  if (replaced !== null && former?.ok) made.set(replaced, former.value);
  const prepared = descriptionBy((text, url, form) =>
    form === richForm ? (made.get(text) ?? convertNow(text, url, form)) : convertNow(text, url, form),
  );
  return {
    things: on.map((thing) => (thing.name === 'description' ? (prepared as AnyField) : thing)),
    unsendable: null,
  };
}

/** A description as Jira takes it in a form. Errors: `item_not_sendable`. */
export async function convertDescription(
  { writeDescription }: Pick<VisitPorts, 'writeDescription'>,
  markdown: string,
  itemUrl: string,
  form: DescriptionForm,
): Promise<Outcome<Converted<AdfDocument | null>>> {
  try {
    return success(toConverted(await writeDescription(markdown, itemUrl, form)));
  } catch (cause) {
    return failure({ ...notSendable, cause });
  }
}
