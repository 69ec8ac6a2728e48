import { richForm } from '@userhero/shared/sync/description/to-description.ts';
import pLimit from 'p-limit';
import type { Connection } from '../adapters/connection.ts';
import { whyRefused } from '../adapters/project-problem.ts';
import { leavingWithin } from '../http-client.ts';
import type { Jira } from '../jira/jira.ts';
import type { ProjectMetadata } from '../jira/project-metadata.ts';
import type { Allowance } from '../limits/allowance.ts';
import type { Problem } from '../outcome.ts';
import { afterError, carryOutSafely, endIfHopeless } from './broken-push.ts';
import { type ClaimedPush, claimPushes, giveAnswersUp, markCreatesSent } from './claim-push.ts';
import { completePush } from './complete-push.ts';
import type { ComposedIssue } from './compose-issue.ts';
import { askAgain, composeFor, createInSomeForm, giveUpOrWait } from './create-once.ts';
import { formAfter } from './description.ts';
import { lookForDoubtful } from './doubtful-pushes.ts';
import type { PushPorts } from './push-ports.ts';
import { failPush, holdPush } from './push-record.ts';
import { type LearnFromCreated, readCreated } from './read-created.ts';
import { runPush } from './run-push.ts';
import { type InDoubt, isInDoubt } from './settle-doubts.ts';

/** Jira's bulk create takes at most 50 issues; so many cost at most four points each, and fit into a unit of work. */
export const mostTogether = 40;

/** More than Jira is asked at once: some are being written down meanwhile. */
const completedAtOnce = 12;
const callsAtOnce = 4;

/**
 * Carries several pushes of one adapter out together: one call creates their issues, one reads them, and each is
 * then moved. Pushes that are not simply new — begun before, in doubt — take the careful way one by one.
 */
export async function pushTogether(
  ports: PushPorts,
  connection: Connection,
  pushIds: readonly string[],
  allowance: Allowance,
): Promise<void> {
  const jira = await ports.openJira(connection.grantId, connection.cloudId, allowance);
  const metadata = await ports.metadata.get(jira, connection.place);
  const claimed: ClaimedPush[] = [];
  for (const one of await claimPushes(ports, pushIds)) {
    if (!(await endIfHopeless(ports, one))) claimed.push(one);
  }
  if (!metadata.ok) {
    const problem = await explainRefusals(jira, connection)(metadata.problem);
    for (const one of claimed) await giveUpOrWait(ports, one, problem, one.doubt !== null);
    return;
  }
  for (const one of claimed.filter(({ item }) => item.reference)) {
    // The claim was for looking only; it counts as none.
    await holdPush(ports, one, 0, { unfinished: one.push.unfinished - 1 });
    await runPush(ports, one.push.id);
  }
  const unlinked = claimed.filter(({ item }) => !item.reference);
  const fresh = unlinked.filter(({ doubt }) => !doubt);
  const doubtful = unlinked.filter(isInDoubt);
  if (doubtful.length > 0) fresh.push(...(await stillToCreate(ports, jira, connection, doubtful)));
  try {
    await createTogether(ports, jira, connection, metadata.value, fresh);
  } catch (error) {
    for (const one of fresh) await afterError(ports, one, error);
  }
}

/** Those of some pushes in doubt that Jira has no issue of. The others are brought to their end, or wait. */
async function stillToCreate(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  doubtful: readonly InDoubt[],
): Promise<ClaimedPush[]> {
  const looked = await lookForDoubtful(ports, withFewCalls(jira), connection, doubtful);
  return [...looked.values()].flatMap((one) => (one.kind === 'create' ? [one.claimed] : []));
}

type Composed = { one: ClaimedPush } & ComposedIssue;

async function createTogether(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  metadata: ProjectMetadata,
  fresh: readonly ClaimedPush[],
): Promise<void> {
  const composed = await composeEach(ports, connection, metadata, fresh);
  const leaving = leavingWithin(ports.answerMs.many);
  const marked = await markCreatesSent(
    ports,
    composed.map(({ one }) => one),
    ports.answerMs.many,
  );
  const sent = composed.filter(({ one }) => marked.has(one.push.id));
  for (const { one } of composed) if (!marked.has(one.push.id)) await holdPush(ports, one, 0);
  if (sent.length === 0) return;
  const explain = explainRefusals(jira, connection);
  const answers = await leaving(() => jira.createIssues(sent.map((entry) => entry.issue)));
  if (!answers.ok) {
    const pushes = sent.map(({ one }) => one);
    if (answers.doubtful) return lookForLost(ports, jira, connection, pushes);
    for (const one of pushes) await giveUpOrWait(ports, one, await explain(answers.problem), false);
    return;
  }
  const owned = await readCreated(jira, answers.value, learnerOf(ports, connection));
  const gentle = withFewCalls(jira);
  const lost: ClaimedPush[] = [];
  let asked: ReturnType<typeof askAgain> | null = null;
  const askOnce = async ({ code }: Problem) => {
    if (code !== 'jira_rejected') return null;
    asked ??= askAgain(ports, jira, connection, metadata);
    return asked;
  };
  await pLimit(completedAtOnce).map(sent, ({ one, warnings, unsent }, index) =>
    carryOutSafely(ports, one, async () => {
      const mine = owned.get(one.item.id);
      if (mine)
        return completePush(ports, one, gentle, connection, { ...mine, isAdopted: false, warnings, unsent });
      const refusal = answers.value.refusals.get(index);
      if (!refusal) {
        lost.push(one);
        return null;
      }
      const form = formAfter(richForm, refusal.problem);
      const changed = form ? null : await askOnce(refusal.problem);
      const created =
        form || changed
          ? await createInSomeForm(ports, one, jira, connection, changed ?? metadata, form ?? richForm)
          : await giveUpOrWait(
              ports,
              one,
              refusal.doubtful ? refusal.problem : await explain(refusal.problem),
              refusal.doubtful,
            );
      return created ? completePush(ports, one, gentle, connection, created) : null;
    }),
  );
  await lookForLost(ports, gentle, connection, lost);
}

/**
 * Looks for issues that Jira may have created, though no answer says so, or none of the answer is known to be the item's.
 * Which issue is whose only its property tells, so these are looked for by it before anything is created again.
 */
async function lookForLost(
  ports: PushPorts,
  jira: Jira,
  connection: Connection,
  lost: readonly ClaimedPush[],
): Promise<void> {
  if (lost.length === 0) return;
  const doubtful = (await giveAnswersUp(ports, lost)).filter(isInDoubt);
  for (const one of await stillToCreate(ports, jira, connection, doubtful)) await holdPush(ports, one, 0);
}

/**
 * Composes the issues one after the other, since the threads that convert long texts are shared by all customers; an
 * item that cannot be composed fails alone.
 */
async function composeEach(
  ports: PushPorts,
  connection: Connection,
  metadata: ProjectMetadata,
  claimed: readonly ClaimedPush[],
): Promise<Composed[]> {
  const good: Composed[] = [];
  for (const one of claimed) {
    const outcome = await composeFor(ports, one, connection, metadata);
    if (outcome.ok) good.push({ one, ...outcome.value });
    else await failPush(ports, one, outcome.problem, { doubtful: false });
  }
  return good;
}

/** Says why Jira refused, and asks for the project once at most. */
function explainRefusals(jira: Jira, connection: Connection): (problem: Problem) => Promise<Problem> {
  let found: ReturnType<Jira['findProject']> | null = null;
  const findProject: Jira['findProject'] = (projectId) => {
    found ??= jira.findProject(projectId);
    return found;
  };
  return (problem) => whyRefused({ findProject, permissions: jira.permissions }, connection, problem);
}

function learnerOf({ metadata }: PushPorts, { place }: Connection): LearnFromCreated {
  return {
    isLearned: (statusId) => Object.hasOwn(metadata.learnedSteps(place), statusId),
    learn: (statusId, offered) => metadata.learn(place, statusId, offered),
    learnInitial: (status) => metadata.learnInitial(place, status),
  };
}

/** The same conversation, with a few of the calls that moving makes at once. */
function withFewCalls(jira: Jira): Jira {
  const limit = pLimit(callsAtOnce);
  return {
    ...jira,
    transition: (...about) => limit(() => jira.transition(...about)),
    readIssue: (...about) => limit(() => jira.readIssue(...about)),
  };
}
