import { isDeepStrictEqual } from 'node:util';
import { itemValuesSchema } from '@userhero/shared/domain/item-values.ts';
import type { JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { type DescriptionForm, richForm } from '@userhero/shared/sync/description/to-description.ts';
import type { Connection } from '../adapters/connection.ts';
import { whyRefused } from '../adapters/project-problem.ts';
import { leavingWithin } from '../http-client.ts';
import type { Jira } from '../jira/jira.ts';
import type { ProjectMetadata } from '../jira/project-metadata.ts';
import { isPaused } from '../limits/wait-for.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { type ClaimedPush, giveAnswersUp, markCreateSent } from './claim-push.ts';
import { type ComposedIssue, composeIssue } from './compose-issue.ts';
import { formAfter } from './description.ts';
import type { PushPorts } from './push-ports.ts';
import { failPush, holdDoubtful, holdPush, returnToBulk } from './push-record.ts';
import { isInDoubt, settleDoubts } from './settle-doubts.ts';
import { waitForJira } from './wait-for-jira.ts';

const mostAttempts = 20;

/** An issue that a push created or found, with what it lacks. */
export type Created = Pick<ComposedIssue, 'warnings' | 'unsent'> & {
  issue: { id: string; key: string };
  /** It was there already: nobody knows what has become of it since. */
  isAdopted: boolean;
  /** The status in which it was read since, where that has been done for many at once. */
  status?: JiraStatus;
};

/**
 * Creates the issue, or adopts the one that an earlier attempt left; `null` when the push has ended or waits. A push in
 * doubt is looked for first (`lookForDoubtful`).
 */
export async function createOnce(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
): Promise<Created | null> {
  const { reference } = claimed.item;
  if (reference)
    return adopt(ports, claimed, jira, connection, { id: reference.issueId, key: reference.issueKey });
  const metadata = await ports.metadata.get(jira, connection.place);
  if (!metadata.ok)
    return giveUpOrWait(ports, claimed, await whyRefused(jira, connection, metadata.problem), false);

  return createInSomeForm(ports, claimed, jira, connection, metadata.value, richForm);
}

/**
 * Asks Jira to create the issue. A description that Jira refuses is sent again, shorter or as plain paragraphs, before
 * the push is given up.
 */
export async function createInSomeForm(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
  metadata: ProjectMetadata,
  form: DescriptionForm,
): Promise<Created | null> {
  const composed = await composeFor(ports, claimed, connection, metadata, form);
  if (!composed.ok) return failPush(ports, claimed, composed.problem, { doubtful: false });
  const { issue, warnings, unsent } = composed.value;
  // Where the lease still holds, whoever takes it up at once sees what has come between.
  const leaving = leavingWithin(ports.answerMs.one);
  if (!(await markCreateSent(ports, claimed))) return holdPush(ports, claimed, 0);
  const created = await leaving(() => jira.createIssue(issue));
  if (created.ok) return { issue: created.value, isAdopted: false, warnings, unsent };

  const simpler = created.doubtful ? null : formAfter(form, created.problem);
  if (simpler) return createInSomeForm(ports, claimed, jira, connection, metadata, simpler);
  if (!created.doubtful && created.problem.code === 'jira_rejected') {
    const changed = await askAgain(ports, jira, connection, metadata);
    if (changed) return createInSomeForm(ports, claimed, jira, connection, changed, form);
  }
  if (!created.doubtful)
    return giveUpOrWait(ports, claimed, await whyRefused(jira, connection, created.problem), false);
  return lookAtOnce(ports, claimed, jira, connection);
}

/**
 * Less old than this, what is kept of a project is not asked for again because of a refusal: many items that are refused
 * for the same reason ask once a minute together.
 */
const recentMs = 60_000;

/**
 * A refused field or type says that what is kept of the project may be out of date.
 *
 * @param used what the refused issue was composed with
 * @returns what Jira says now; `null` where that is the same, or is not to be had
 */
export async function askAgain(
  ports: PushPorts,
  jira: Jira,
  { place }: Connection,
  used: ProjectMetadata,
): Promise<ProjectMetadata | null> {
  const present = await ports.metadata.get(jira, place, recentMs);
  if (present.ok && !isDeepStrictEqual(present.value, used)) return present.value;
  ports.metadata.forget(place);
  return null;
}

/** Most answers that are lost are lost after the create: then a person has the issue in this moment. */
async function lookAtOnce(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
): Promise<Created | null> {
  const doubtful = (await giveAnswersUp(ports, [claimed])).filter(isInDoubt);
  const settled = (await settleDoubts(ports, jira, connection, doubtful)).get(claimed.push.id);
  if (settled?.kind === 'found') return adopt(ports, claimed, jira, connection, settled.issue);
  if (settled?.kind === 'failed') return giveUpOrWait(ports, claimed, settled.problem, true);
  return settled?.kind === 'again' ? holdDoubtful(ports, doubtful, settled.at) : holdPush(ports, claimed, 0);
}

/** The issue that a claimed push creates, with what had to be left out. Whatever throws concerns this item alone. */
export async function composeFor(
  ports: Pick<PushPorts, 'publicUrl' | 'writeDescription'>,
  { item }: ClaimedPush,
  connection: Connection,
  metadata: ProjectMetadata,
  form: DescriptionForm = richForm,
): Promise<Outcome<ComposedIssue>> {
  try {
    const source = {
      item: { id: item.id, ...itemValuesSchema.parse(item) },
      itemUrl: `${ports.publicUrl}/items/${item.id}`,
      mapping: connection.mapping,
      settings: connection.settings,
      place: connection.place,
      fixedFields: connection.fixedFields,
      metadata,
    };
    return success(await composeIssue(ports.writeDescription, source, form));
  } catch (cause) {
    return failure({ ...notSendable, cause });
  }
}

/** What a push comes to whose issue could not be composed. */
export const notSendable: Problem = {
  code: 'item_not_sendable',
  detail: 'The item’s title or description could not be prepared for Jira.',
  remedy: 'Shorten or simplify the description, then push again.',
};

/** Takes over an issue that is there already, with the warnings that its creation must have had. */
export async function adopt(
  ports: PushPorts,
  claimed: ClaimedPush,
  jira: Jira,
  connection: Connection,
  issue: { id: string; key: string },
): Promise<Created> {
  const metadata = await ports.metadata.get(jira, connection.place);
  const composed = metadata.ok ? await composeFor(ports, claimed, connection, metadata.value) : metadata;
  if (!composed.ok) return { issue, isAdopted: true, warnings: [], unsent: null };
  const { warnings, unsent } = composed.value;
  return { issue, isAdopted: true, warnings, unsent };
}

/** Troubles of the whole adapter: a bulk push halts at them instead of failing every item. */
const haltsBulk: ReadonlySet<string> = new Set(['needs_reauth', 'adapter_not_active', 'plan_required']);

/** A wait that Jira asks for is taken; everything else ends the push, which a person can start again. */
export function giveUpOrWait(
  ports: PushPorts,
  claimed: ClaimedPush,
  problem: Problem,
  doubtful: boolean,
): Promise<null> {
  if (claimed.push.bulkPushId !== null && haltsBulk.has(problem.code)) {
    return returnToBulk(ports, claimed, { clearCreateSent: !doubtful });
  }
  if (isPaused(problem)) return waitForJira(ports, claimed, problem, { clearCreateSent: !doubtful });
  if (isAskedToWait(problem) && claimed.push.attempts < mostAttempts) {
    return holdPush(ports, claimed, problem.retryAfterSeconds, { clearCreateSent: !doubtful });
  }
  return failPush(ports, claimed, problem, { doubtful });
}

function isAskedToWait(problem: Problem): problem is Problem & { retryAfterSeconds: number } {
  return problem.temporary === true && problem.retryAfterSeconds !== undefined;
}
