import type { Item } from '@userhero/shared/contracts/item.ts';
import type { LinkIssue, LinkPreview } from '@userhero/shared/contracts/link.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { fieldsOn } from '@userhero/shared/sync/settings.ts';
import { decideInbound } from '@userhero/shared/sync/status/inbound.ts';
import { outboundTargets } from '@userhero/shared/sync/status/outbound.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { activeConnectionOf, type Connection, connectionInclude } from '../adapters/connection.ts';
import type { Principal } from '../identity/principal.ts';
import type { DeliveryFacts } from '../inbound/delivery-facts.ts';
import { readItem } from '../items/items.ts';
import { itemPropertyKey, type Jira, type JiraIssue } from '../jira/jira.ts';
import { ofReferences, removeTickets } from '../limits/tickets.ts';
import { failure, notFound, type Outcome, success } from '../outcome.ts';
import { type Db, inTransaction, isUniqueViolation } from '../store/db.ts';
import type { Prisma } from '../store/generated/client.ts';
import { newId } from '../store/ids.ts';
import { issueUrl } from '../store/views.ts';
import { askVisits, bareAsk, rank } from '../sync/ask-visit.ts';
import { createMover } from './issue-mover.ts';
import { moveUntil, rememberStatus, settleMove } from './move-lease.ts';
import { ownWorkflow } from './own-workflow.ts';
import type { PushPorts } from './push-ports.ts';
import { readIssueKey } from './read-issue-key.ts';

export type LinkPorts = PushPorts & { insertDeliveries(group: readonly DeliveryFacts[]): Promise<unknown> };

const itemToLink = {
  reference: true,
  workflow: { include: { adapter: { include: connectionInclude } } },
} satisfies Prisma.ItemInclude;

type ItemToLink = Prisma.ItemGetPayload<{ include: typeof itemToLink }>;

/** Reads a customer's item with all that a link of it is decided on, or `null`. */
export function findItemToLink(db: Db, organizationId: string, itemId: string): Promise<ItemToLink | null> {
  return db.item.findFirst({
    where: { id: itemId, workflow: { project: { organizationId } } },
    include: itemToLink,
  });
}

/** Everything that a link is decided on. */
type Candidate = {
  item: ItemToLink;
  jira: Jira;
  connection: Connection;
  issue: JiraIssue;
  /** Those of the issue's own type. */
  statuses: readonly JiraStatus[];
};

/** What linking would do, without doing it: the issue that was found, and which status each side would get. */
export async function previewLink(
  ports: LinkPorts,
  item: ItemToLink,
  input: { issue: string },
): Promise<Outcome<LinkPreview>> {
  const found = await findCandidate(ports, item, input.issue);
  if (!found.ok) return found;
  const { issue, statuses, connection } = found.value;
  const { mapping, workflow } = connection;
  const targets = outboundTargets(mapping, workflow, item.status, statuses);
  const stays = targets.some((target) => target.id === issue.status.id);
  return success({
    issueKey: issue.key,
    summary: issue.summary,
    jiraStatus: issue.status.name,
    itemStatus: item.status,
    itemStatusIfJiraWins: decideInbound({
      mapping,
      workflow,
      currentStatus: item.status,
      jiraStatus: { ...issue.status, resolution: issue.resolution ?? null },
      known: null,
    }).status,
    jiraStatusIfUserHeroWins: stays ? issue.status.name : (targets[0]?.name ?? null),
  });
}

/**
 * Links an item to an issue that exists already. Whose status wins is the person's choice; the other side follows.
 *
 * Errors: `already_linked`, `issue_not_found`, `issue_in_other_project`, `issue_already_linked`,
 * `plan_required`, `adapter_not_active`, `needs_reauth`, `jira_…`.
 */
export async function linkIssue(
  ports: LinkPorts,
  principal: Principal,
  item: ItemToLink,
  input: Pick<LinkIssue, 'issue' | 'winner'>,
): Promise<Outcome<Item>> {
  const found = await findCandidate(ports, item, input.issue);
  if (!found.ok) return found;
  const candidate = found.value;
  const saved = await saveLink(ports, principal, candidate);
  if (!saved.ok) return saved;
  const { jira, issue } = candidate;
  await jira.setProperty(issue.id, itemPropertyKey, {
    itemId: item.id,
    url: `${ports.publicUrl}/items/${item.id}`,
  });
  if (input.winner === 'userhero') await moveToItem(ports, candidate, saved.value);
  // With nothing known yet, what the issue shows now is a change, so the item follows Jira.
  // The move is named by the reference that it begins with.
  const movingBy = saved.value;
  const { adapterId } = candidate.connection;
  const settled = await settleMove(ports, jira, { id: saved.value, adapterId, issueId: issue.id }, movingBy);
  await ports.scheduleFollowUp(ports.db, saved.value, settled.ok ? null : movingBy);
  const { settings } = candidate.connection;
  // The status is settled; of the fields a visit finds what agrees and what has to be chosen.
  if (fieldsOn(settings).length > 0)
    await askVisits(ports.pool, [bareAsk(saved.value, adapterId, rank.person)]);
  return readItem(ports.db, item);
}

/** Unlinks an item from its issue. Both stay; changes no longer travel between them. */
export async function unlinkIssue(
  ports: Pick<LinkPorts, 'db'>,
  principal: Principal,
  item: { id: string; title: string },
): Promise<Outcome<Item>> {
  return inTransaction(ports.db, async (tx): Promise<Outcome<Item>> => {
    const reference = await tx.externalReference.findUnique({ where: { itemId: item.id } });
    if (!reference) return notFound('external reference');
    // Before, in the order in which turns are handed out; and after, since work may have begun to wait meanwhile.
    await removeTickets(tx, ofReferences, [reference.id]);
    await tx.externalReference.delete({ where: { id: reference.id } });
    await removeTickets(tx, ofReferences, [reference.id]);
    await recordActivity(tx, {
      organizationId: principal.organizationId,
      adapterId: reference.adapterId,
      code: 'unlinked',
      values: { issueKey: reference.issueKey },
      actor: principal.userName,
      item: { id: item.id, title: item.title },
      issue: { key: reference.issueKey, url: issueUrl(reference.siteUrl, reference.issueKey) },
    });
    return readItem(tx, item);
  });
}

async function findCandidate(
  ports: LinkPorts,
  item: ItemToLink,
  issueText: string,
): Promise<Outcome<Candidate>> {
  const active = activeConnectionOf(item.workflow.adapter);
  if (!active.ok) return active;
  const connection = active.value;
  const { place, cloudId, siteUrl, projectKey } = connection;
  if (item.reference) return failure(alreadyLinked(item.reference.issueKey));
  const former = await ports.db.siteAddress.findMany({ where: { cloudId } });
  const key = readIssueKey(
    issueText,
    siteUrl,
    former.map(({ url }) => url),
  );
  if (!key.ok) return key;

  const jira = await ports.openJira(connection.grantId, cloudId);
  const issue = await jira.readIssue(key.value, { history: true });
  if (!issue.ok) return issue;
  if (issue.value.projectId !== place.projectId) {
    return failure({
      code: 'issue_in_other_project',
      detail: `${issue.value.key} is not in the connected Jira project ${projectKey}.`,
      remedy: `Give an issue of ${projectKey}, or move the issue there first.`,
      errors: [{ field: 'issue', message: `Give an issue of ${projectKey}.` }],
    });
  }
  const own = await ownWorkflow(ports.metadata, jira, connection, issue.value);
  if (!own.ok) return own;
  return success({ item, jira, issue: issue.value, ...own.value });
}

async function saveLink(
  ports: LinkPorts,
  principal: Principal,
  { item, issue, connection }: Candidate,
): Promise<Outcome<string>> {
  const { adapterId, cloudId, siteUrl, place } = connection;
  const id = newId();
  try {
    await inTransaction(ports.db, async (tx) => {
      await tx.externalReference.create({
        data: {
          id,
          organizationId: principal.organizationId,
          itemId: item.id,
          adapterId,
          cloudId,
          siteUrl,
          jiraProjectId: place.projectId,
          issueId: issue.id,
          issueKey: issue.key,
          movingUntil: moveUntil(ports.now()),
          movingBy: id,
        },
      });
      await recordActivity(tx, {
        organizationId: principal.organizationId,
        adapterId,
        code: 'linked',
        values: { issueKey: issue.key },
        actor: principal.userName,
        item: { id: item.id, title: item.title },
        issue: { key: issue.key, url: issueUrl(siteUrl, issue.key) },
      });
    });
    return success(id);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const own = await ports.db.externalReference.findUnique({ where: { itemId: item.id } });
    if (own) return failure(alreadyLinked(own.issueKey));
    return failure({
      code: 'issue_already_linked',
      detail: `${issue.key} is linked to another item already.`,
      remedy: 'Unlink it there first; an issue belongs to one item.',
      errors: [{ field: 'issue', message: 'Give an issue that no item is linked to.' }],
    });
  }
}

async function moveToItem(ports: LinkPorts, candidate: Candidate, referenceId: string): Promise<void> {
  const { jira, issue, item, statuses, connection } = candidate;
  const { id: issueId, status: at, transitions: offered } = issue;
  const moved = await createMover(
    ports,
    jira,
    connection,
  )(
    { issueId, at, offered, walk: null, isNew: false, itemStatus: item.status, statuses },
    { referenceId, movingBy: referenceId },
  );
  // What time mends goes on with a visit, from the walk that is kept.
  if (moved.end === 'interrupted' && moved.walk.taken.length > 0) return;
  await rememberStatus(ports.db, referenceId, moved.status);
  if (moved.end !== 'stuck' && moved.end !== 'interrupted') return;
  await recordActivity(ports.db, {
    organizationId: connection.organizationId,
    adapterId: connection.adapterId,
    code: 'issue_not_moved',
    values: moved.stuck,
    reason: 'status_unreachable',
    actor: 'UserHero',
    item: { id: item.id, title: item.title },
    issue: { key: issue.key, url: issueUrl(connection.siteUrl, issue.key) },
  });
}

function alreadyLinked(key: string) {
  return {
    code: 'already_linked' as const,
    detail: `The item is linked to ${key} already.`,
    remedy: 'Unlink it first.',
  };
}
