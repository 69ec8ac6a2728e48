import type { ActivityFact } from '@userhero/shared/activity/activity-facts.ts';
import { referenceStateSchema } from '@userhero/shared/contracts/item.ts';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import { isLost } from '@userhero/shared/domain/reference-state.ts';
import { type DescriptionForm, richForm } from '@userhero/shared/sync/description/to-description.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { Jira } from '../jira/jira.ts';
import type { ProjectMetadata } from '../jira/project-metadata.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { Prisma } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { issueUrl } from '../store/views.ts';
import { composeIssue } from './compose-issue.ts';
import { notSendable } from './create-once.ts';
import { formAfter } from './description.ts';
import { createMover } from './issue-mover.ts';
import type { PushPorts } from './push-ports.ts';
import { beginWalk, rememberStatus, settleWalk } from './walk.ts';

export type SendPorts = PushPorts & { insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown> };

/** Fields of a new issue that later changes carry on. */
const sentFields = ['summary', 'description', 'priority'] as const;

const itemInclude = {
  reference: { include: { adapter: { include: connectionInclude } } },
} satisfies Prisma.ItemInclude;

type Item = Prisma.ItemGetPayload<{ include: typeof itemInclude }>;
type Reference = NonNullable<Item['reference']>;

/** `busy`: a push or another change walks the issue at this moment; what the item is now is to be sent after it. */
export type Sent = 'done' | 'busy';

/**
 * Sends an item's present state on to its issue, when the adapter says so. It sends what the item is now, not
 * what changed, so several quick edits need one job and a repeated job does no harm. Events of the issue wait
 * meanwhile, and our own steps are remembered as seen, so nothing comes back as an echo. One walk at a time: of
 * two at once, the one with the older item might be the last to move the issue, and nobody would see it.
 *
 * Errors: temporary ones of the Jira conversation, for the caller to retry.
 */
export async function sendChange(ports: SendPorts, itemId: string): Promise<Outcome<Sent>> {
  const found = await readItem(ports, itemId);
  if (found?.reference && isLost(found.reference.state)) await tellNotSent(ports, found, found.reference);
  const connection = found?.reference ? whereToSend(found.reference) : null;
  if (!found?.reference || !connection) return success('done');
  const { reference } = found;
  const walker = newId();
  if (!(await beginWalk(ports.db, reference.id, walker, ports.now()))) return success('busy');
  const jira = await ports.openJira(connection.grantId, connection.cloudId);
  try {
    // Only from here on do events wait: one may have changed the item since it was read.
    const item = await readItem(ports, itemId);
    if (!item) return success('done');
    const carried = await carryOver(ports, jira, item, reference, connection);
    return carried.ok ? success('done') : carried;
  } finally {
    await settleWalk(ports, jira, reference, walker);
  }
}

const readItem = (ports: SendPorts, itemId: string): Promise<Item | null> =>
  ports.db.item.findUnique({ where: { id: itemId }, include: itemInclude });

/** A change that cannot reach its issue is told, each time: nobody else would say that Jira has not got it. */
async function tellNotSent(ports: SendPorts, item: Item, reference: Reference): Promise<void> {
  const connection = activeConnectionOf(reference.adapter);
  if (!connection.ok || !connection.value.sendChanges) return;
  const referenceState = referenceStateSchema.parse(reference.state);
  await tell(ports, item, reference, { code: 'change_not_sent', values: { referenceState } }, referenceState);
}

/** The connection over which an issue's changes are sent, or `null` where they are not. */
function whereToSend({ adapter, ...reference }: Reference): Connection | null {
  const active = activeConnectionOf(adapter);
  if (!active.ok || !active.value.sendChanges || reference.state !== 'active') return null;
  const { place } = active.value;
  const isThere = place.cloudId === reference.cloudId && place.projectId === reference.jiraProjectId;
  return isThere ? active.value : null;
}

async function carryOver(
  ports: SendPorts,
  jira: Jira,
  item: Item,
  reference: Reference,
  connection: Connection,
): Promise<Outcome<null>> {
  const metadata = await ports.metadata.get(jira, connection.place);
  if (!metadata.ok) return metadata;
  const about = { ...connection, metadata: metadata.value };
  const edited = await sendFields(ports, jira, item, reference, about);
  if (!edited.ok) {
    if (edited.problem.temporary) return edited;
    if (edited.problem.code === 'item_not_sendable')
      ports.logError(edited.problem.cause, 'a change could not be composed');
    const { code, detail } = edited.problem;
    await tell(
      ports,
      item,
      reference,
      { code: 'change_failed', values: { problem: { code, detail } } },
      code,
    );
    return success(null);
  }
  const read = await jira.readIssue(reference.issueId, { history: false });
  if (!read.ok) return read;
  const move = createMover(ports.metadata, jira, connection);
  const moved = await move(read.value, item.status, metadata.value.statuses);
  await rememberStatus(ports.db, reference.id, moved.issue);
  if (moved.arrived)
    await tell(
      ports,
      item,
      reference,
      { code: 'change_sent', values: { jiraStatus: moved.issue.status.name } },
      null,
    );
  else
    await tell(
      ports,
      item,
      reference,
      { code: 'issue_not_moved', values: moved.stuck },
      'status_unreachable',
    );
  return success(null);
}

/** Sends the fields; a description that Jira refuses is sent again, shorter or as plain paragraphs. */
async function sendFields(
  ports: SendPorts,
  jira: Jira,
  item: Item,
  reference: Reference,
  about: Connection & { metadata: ProjectMetadata },
  form: DescriptionForm = richForm,
): Promise<Outcome<null>> {
  const composed = await composeIssue(
    ports.writeDescription,
    {
      item: { ...item, priority: prioritySchema.parse(item.priority) },
      itemUrl: `${ports.publicUrl}/items/${item.id}`,
      ...about,
      fixedFields: {},
    },
    form,
  ).catch((cause: unknown) => failure({ ...notSendable, cause }));
  if ('ok' in composed) return composed;
  const { fields } = composed.issue;
  const sent = Object.fromEntries(
    sentFields.flatMap((name) => (name in fields ? [[name, fields[name]]] : [])),
  );
  const edited = await jira.editIssue(reference.issueId, sent);
  const simpler = edited.ok ? null : formAfter(form, edited.problem);
  return simpler ? sendFields(ports, jira, item, reference, about, simpler) : edited;
}

function tell(
  ports: SendPorts,
  item: Item,
  reference: Reference,
  fact: ActivityFact,
  reason: string | null,
): Promise<void> {
  return recordActivity(ports.db, {
    ...fact,
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    reason,
    actor: 'UserHero',
    item: { id: item.id, title: item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
}
