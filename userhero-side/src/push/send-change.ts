import { referenceStateSchema } from '@userhero/shared/contracts/item.ts';
import { prioritySchema } from '@userhero/shared/domain/priority.ts';
import { isLost, referenceStateTexts } from '@userhero/shared/domain/reference-state.ts';
import { mappingSchema } from '@userhero/shared/mapping/mapping.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { effectiveState } from '../adapters/adapter-state.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import type { Jira } from '../jira/jira.ts';
import type { Place } from '../jira/project-metadata.ts';
import { failure, isTemporary, type Outcome, success } from '../outcome.ts';
import type { Prisma } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { adapterInclude, issueUrl, toPlan, toWorkflowShape } from '../store/views.ts';
import { composeIssue, type IssueSource } from './compose-issue.ts';
import { notSendable } from './create-once.ts';
import { type DescriptionForm, formAfter, richForm } from './description.ts';
import { moveIssue } from './move-issue.ts';
import type { PushPorts } from './push-ports.ts';
import { beginWalk, rememberStatus, settleWalk } from './walk.ts';

export type SendPorts = PushPorts & { insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown> };

/** Fields of a new issue that later changes carry on. */
const sentFields = ['summary', 'description', 'priority'] as const;

const itemInclude = {
  workflow: true,
  reference: { include: { adapter: { include: adapterInclude } } },
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
  const place = found?.reference ? whereToSend(found.reference) : null;
  if (!found?.reference || !place) return success('done');
  const { reference } = found;
  const walker = newId();
  if (!(await beginWalk(ports.db, reference.id, walker, ports.now()))) return success('busy');
  const jira = await ports.openJira(place.grantId, place.cloudId);
  try {
    // Only from here on do events wait: one may have changed the item since it was read.
    const item = await readItem(ports, itemId);
    if (!item) return success('done');
    const carried = await carryOver(ports, jira, item, reference, place);
    return carried.ok ? success('done') : carried;
  } finally {
    await settleWalk(ports, jira, reference, walker);
  }
}

const readItem = (ports: SendPorts, itemId: string): Promise<Item | null> =>
  ports.db.item.findUnique({ where: { id: itemId }, include: itemInclude });

/** A change that cannot reach its issue is told, each time: nobody else would say that Jira has not got it. */
async function tellNotSent(ports: SendPorts, item: Item, reference: Reference): Promise<void> {
  const { adapter } = reference;
  const { state } = effectiveState(adapter.state, adapter.pauseReason, toPlan(adapter.project));
  if (!adapter.sendChanges || state !== 'active') return;
  const { meaning, remedy } = referenceStateTexts[referenceStateSchema.parse(reference.state)];
  const summary = `The change was not sent to Jira. ${meaning} ${remedy ?? ''}`.trim();
  await tell(ports, item, reference, 'change_failed', summary, reference.state);
}

/** The place of an issue that changes are sent to, or `null` where they are not. */
function whereToSend({ adapter, ...reference }: Reference): (Place & { grantId: string }) | null {
  const { state } = effectiveState(adapter.state, adapter.pauseReason, toPlan(adapter.project));
  const { cloudId, jiraProjectId, issueTypeId, grantId } = adapter;
  if (!adapter.sendChanges || state !== 'active' || reference.state !== 'active') return null;
  if (!grantId || !issueTypeId || !cloudId || !jiraProjectId) return null;
  if (cloudId !== reference.cloudId || jiraProjectId !== reference.jiraProjectId) return null;
  return { cloudId, projectId: jiraProjectId, issueTypeId, grantId };
}

async function carryOver(
  ports: SendPorts,
  jira: Jira,
  item: Item,
  reference: Reference,
  place: Place,
): Promise<Outcome<null>> {
  const metadata = await ports.metadata.get(jira, place);
  if (!metadata.ok) return metadata;
  const mapping = mappingSchema.parse(reference.adapter.mapping);
  const edited = await sendFields(ports, jira, item, reference, {
    projectId: place.projectId,
    issueTypeId: place.issueTypeId,
    mapping,
    metadata: metadata.value,
  });
  if (!edited.ok) {
    if (isTemporary(edited.problem)) return edited;
    if (edited.problem.code === 'item_not_sendable')
      ports.logError(edited.problem.cause, 'a change could not be composed');
    await tell(
      ports,
      item,
      reference,
      'change_failed',
      `The change could not be sent to Jira: ${edited.problem.detail}`,
      edited.problem.code,
    );
    return success(null);
  }
  const read = await jira.readIssue(reference.issueId, { history: false });
  if (!read.ok) return read;
  const moved = await moveIssue(
    {
      jira,
      learned: () => ports.metadata.learnedSteps(place),
      learn: (from, to) => ports.metadata.learn(place, from, to),
    },
    {
      issue: read.value,
      mapping,
      workflow: toWorkflowShape(item.workflow),
      itemStatus: item.status,
      statuses: metadata.value.statuses,
    },
  );
  await rememberStatus(ports.db, reference.id, moved.issue);
  if (moved.arrived)
    await tell(
      ports,
      item,
      reference,
      'change_sent',
      `Change sent to Jira; the issue is in "${moved.issue.status.name}"`,
      null,
    );
  else await tell(ports, item, reference, 'change_failed', moved.why, 'status_unreachable');
  return success(null);
}

/** Sends the fields; a description that Jira refuses is sent again, shorter or as plain paragraphs. */
async function sendFields(
  ports: SendPorts,
  jira: Jira,
  item: Item,
  reference: Reference,
  about: Pick<IssueSource, 'projectId' | 'issueTypeId' | 'mapping' | 'metadata'>,
  form: DescriptionForm = richForm,
): Promise<Outcome<null>> {
  const composed = await composeIssue(
    ports.writeDescription,
    {
      item: { ...item, priority: prioritySchema.parse(item.priority) },
      itemUrl: `${ports.publicUrl}/items/${item.id}`,
      fixedFields: {},
      ...about,
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
  kind: 'change_sent' | 'change_failed',
  summary: string,
  reason: string | null,
): Promise<void> {
  return recordActivity(ports.db, {
    organizationId: reference.organizationId,
    adapterId: reference.adapterId,
    kind,
    summary,
    reason,
    actor: 'UserHero',
    item: { id: item.id, title: item.title },
    issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
  });
}
