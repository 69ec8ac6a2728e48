import type { Site } from '@userhero/shared/contracts/adapter.ts';
import { recordActivity } from '../activity/record-activity.ts';
import { insertGrant } from '../grants/grant-store.ts';
import type { TokenPair } from '../grants/token-source.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { inTransaction } from '../store/db.ts';
import { adapterInclude } from '../store/views.ts';
import { isAnotherSite, placeOnSite } from './another-site.ts';
import type { ConnectPorts } from './connect-ports.ts';
import { followProject } from './follow-project.ts';
import { leaveWebhook } from './leave-webhook.ts';
import { noTrouble } from './note-connection.ts';
import { redeemState, type Starter } from './oauth-state.ts';
import { projectProblem } from './project-problem.ts';
import { followSite } from './site-address.ts';

/** Where the browser goes after the callback; `problem` when the consent did not work out. */
export type ConsentFinished = { projectId: string; adapterId: string; problem: Problem | null };

/**
 * Atlassian's callback: redeems the state, exchanges the code, stores the grant, and moves the adapter on:
 * back to work when its site and project are covered again, to choosing otherwise.
 *
 * Errors: `oauth_state_invalid` (nothing is known then, not even the adapter).
 */
export async function finishConsent(
  ports: ConnectPorts,
  visitor: (Starter & { organizationId: string; userName: string }) | null,
  query: { state?: string; code?: string; error?: string },
): Promise<Outcome<ConsentFinished>> {
  const redeemed = query.state
    ? await redeemState(ports.db, {
        state: query.state,
        visitor,
        secret: ports.stateSecret,
        now: ports.now(),
      })
    : null;
  if (!redeemed || !visitor) return failure(stateInvalid);
  const adapter = await ports.db.adapter.findUniqueOrThrow({
    where: { id: redeemed.adapterId },
    include: { grant: { select: { accountId: true } } },
  });
  const finished = (problem: Problem | null): Outcome<ConsentFinished> =>
    success({ projectId: adapter.projectId, adapterId: adapter.id, problem });

  if (query.error || !query.code) return finished(denied(query.error));
  const exchanged = await ports.oauth.exchangeCode(query.code);
  if (!exchanged.ok) return finished(exchanged.problem);
  const granted = await whatWasGranted(ports, exchanged.value);
  if (!granted.ok) return finished(granted.problem);

  const { sites, account } = granted.value;
  const wasLive = adapter.state !== 'authorizing' && adapter.state !== 'disconnected';
  const kept = sites.find((site) => site.cloudId === adapter.cloudId);
  const [only] = sites.length === 1 ? sites : [];
  const site = kept ?? only ?? null;
  const backToWork =
    wasLive && kept !== undefined && adapter.jiraProjectId !== null && adapter.state !== 'choosing';
  // What the former account registered can be withdrawn with its own grant only, which ends here.
  if (adapter.grant && (isAnotherSite(adapter, site) || adapter.grant.accountId !== account.accountId))
    await leaveWebhook(ports, adapter.id);
  await inTransaction(ports.db, async (tx) => {
    for (const granted of sites) await followSite(tx, granted);
    const grantId = await insertGrant(tx, ports.cipher, {
      organizationId: visitor.organizationId,
      account,
      pair: exchanged.value,
      now: ports.now(),
    });
    await tx.adapter.update({
      where: { id: adapter.id },
      data: {
        ...noTrouble,
        grantId,
        state: backToWork ? (adapter.state === 'paused' ? 'paused' : 'active') : 'choosing',
        ...placeOnSite(adapter, site),
      },
    });
    if (adapter.grantId) await tx.grant.deleteMany({ where: { id: adapter.grantId } });
    if (backToWork) {
      await ports.queueWebhook(tx, adapter.id);
      await ports.resumeBulkPushes(tx, adapter.workflowId);
      await ports.queueReconcile(tx, adapter.id);
      await ports.wakeWaiting(tx, [adapter.id]);
    }
    await recordActivity(tx, {
      organizationId: visitor.organizationId,
      adapterId: adapter.id,
      code: adapter.cloudId === null ? 'connected' : 'reconnected',
      values: { sites: sites.map((entry) => entry.name) },
      actor: visitor.userName,
    });
  });
  return finished(backToWork ? await whatProjectSays(ports, adapter.id) : null);
}

/**
 * Whether the account sees the project that the adapter goes on with: it may be another account than before. A Jira
 * that does not answer is no reason to send anybody back; the comparison that is queued asks again.
 */
async function whatProjectSays(ports: ConnectPorts, adapterId: string): Promise<Problem | null> {
  const adapter = await ports.db.adapter.findUnique({ where: { id: adapterId }, include: adapterInclude });
  if (!adapter?.grant || !adapter.cloudId || !adapter.jiraProjectId) return null;
  const jira = await ports.openJira(adapter.grant.id, adapter.cloudId);
  const found = await jira.findProject(adapter.jiraProjectId);
  if (!found.ok) return null;
  await followProject(ports, adapter, found.value);
  return projectProblem(found.value, {
    project: adapter.jiraProjectKey ?? '',
    account: adapter.grant.accountName,
  });
}

async function whatWasGranted(
  ports: ConnectPorts,
  pair: TokenPair,
): Promise<Outcome<{ sites: Site[]; account: { accountId: string; name: string } }>> {
  const sites = await ports.oauth.sites(pair.accessToken);
  if (!sites.ok) return sites;
  const [first] = sites.value;
  if (!first) {
    return failure({
      code: 'site_not_granted',
      detail: 'The consent covers no Jira site.',
      remedy: 'Connect again and select a Jira site on Atlassian’s page.',
    });
  }
  const account = await ports.whoIs(pair.accessToken, first.cloudId);
  return account.ok ? success({ sites: sites.value, account: account.value }) : account;
}

const stateInvalid: Problem = {
  code: 'oauth_state_invalid',
  detail:
    'This connection attempt is unknown, used up, older than ten minutes, or was started by somebody else.',
  remedy: 'Sign in to UserHero as the person who started it, and start again with Add Adapter → Jira.',
};

function denied(error: string | undefined): Problem {
  if (error === undefined || error === 'access_denied') {
    return {
      code: 'oauth_denied',
      detail: 'The consent was cancelled at Atlassian.',
      remedy: 'Start again with Reconnect when you are ready.',
    };
  }
  return {
    code: 'oauth_failed',
    detail: 'Atlassian reported an error.',
    remedy: 'Start again with Reconnect.',
  };
}
