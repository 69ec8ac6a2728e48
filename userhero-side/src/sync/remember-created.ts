import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import { richForm } from '@userhero/shared/sync/description/to-description.ts';
import { fieldsOn } from '@userhero/shared/sync/settings.ts';
import type { Context } from '@userhero/shared/sync/thing.ts';
import type { Connection } from '../adapters/connection.ts';
import type { Jira } from '../jira/jira.ts';
import type { PrismaClient } from '../store/generated/client.ts';
import { type KeptState, nothingKept, saveStates } from './base-store.ts';
import { tracerOf } from './lock-and-decide.ts';

import { prepareThings } from './prepare-things.ts';
import type { VisitPorts } from './visit-ports.ts';

/**
 * Remembers what a push sent of the fields that go on being synced; the next visit settles what Jira made of it. Nothing
 * is written, and no statement made, where none is.
 *
 * @param item as it was when the issue was composed
 */
export async function rememberCreated(
  ports: Pick<VisitPorts, 'metadata' | 'writeDescription' | 'publicUrl'> & { db: PrismaClient },
  jira: Jira,
  connection: Connection,
  item: { id: string },
  referenceId: string,
): Promise<void> {
  if (fieldsOn(connection.settings).length === 0) return;
  const metadata = await ports.metadata.get(jira, connection.place);
  if (!metadata.ok) return;
  const itemUrl = `${ports.publicUrl}/items/${item.id}`;
  const values = itemValuesSchema.parse(item);
  const { things } = await prepareThings(ports, connection.settings, values.description, itemUrl);
  const context: Context = {
    mapping: connection.mapping,
    priorities: metadata.value.priorities,
    fields: null,
    itemUrl,
    descriptionForm: richForm,
  };
  const states = new Map<string, KeptState>();
  for (const thing of things) {
    const here = thing.readHere(values);
    const made = thing.toJira(here, context);
    const trace = tracerOf(thing);
    const there = made.kind === 'value' ? trace(thing.thereText(made.value)) : null;
    const original = made.kind === 'value' && made.simplified ? 'here' : null;
    const sent = { here: trace(thing.hereText(here)), there, original, by: 'create' } as const;
    states.set(thing.name, { ...nothingKept, sent });
  }
  await saveStates(ports.db, referenceId, states);
}
