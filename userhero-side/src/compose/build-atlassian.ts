import { setTimeout as sleep } from 'node:timers/promises';
import { ranks } from '@userhero/shared/limits/rank.ts';
import { markNeedsReauth } from '../adapters/mark-needs-reauth.ts';
import { watchRefusals } from '../adapters/watch-refusals.ts';
import { type AtlassianOauth, createAtlassianOauth } from '../grants/atlassian-oauth.ts';
import { createGrantStore } from '../grants/grant-store.ts';
import { createOrganizationOf } from '../grants/organization-of.ts';
import { createTokenSource, type TokenSource } from '../grants/token-source.ts';
import type { Jira, OpenJira } from '../jira/jira.ts';
import { answerMsOf, createOpenJira } from '../jira/open-jira.ts';
import { createMetadataSource, type MetadataSource } from '../jira/project-metadata.ts';
import { wakeWaitingOf } from '../jobs/wake-waiting.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import { hearQuota } from '../limits/hear-quota.ts';
import { createLedger, type Ledger } from '../limits/ledger.ts';
import { createPace } from '../limits/pace.ts';
import { createPauses } from '../limits/pauses.ts';
import { createLearnedStore } from '../store/learned-store.ts';
import type { Base } from './base.ts';

/** Everything that talks to Atlassian. */
export type Atlassian = {
  oauth: AtlassianOauth;
  tokens: TokenSource;
  openJira: OpenJira;
  metadata: MetadataSource;
  /** How long Jira's answer is waited for: to a call, and to one that creates many issues. */
  answerMs: { one: number; many: number };
  /** Who an access token that is not stored yet belongs to. */
  whoIs(accessToken: string, cloudId: string): ReturnType<Jira['myself']>;
  /** Jira's points. */
  ledger: Ledger;
  stop(): Promise<void>;
};

const jiraTimeoutMs = 15_000;
const hourMs = 3_600_000;

/** Builds the consent, the tokens and the conversation with Jira. */
export function buildAtlassian({
  config,
  options,
  db,
  pool,
  jobs,
  cipher,
  now,
  log,
  logError,
}: Base): Atlassian {
  const oauth = createAtlassianOauth({
    ...config.atlassian,
    redirectUri: `${config.publicUrl}/oauth/atlassian/callback`,
  });
  const tokens = createTokenSource({
    ...createGrantStore(db, cipher, now),
    refresh: oauth.refresh,
    onRevoked: (grantId) =>
      markNeedsReauth({ db, wakeWaiting: (tx, ids) => wakeWaitingOf(jobs, tx, ids) }, grantId),
    now,
  });
  const { databaseUrl } = options;
  const pauses = createPauses({ pool, databaseUrl, now, logError });
  const ledger = createLedger({
    pool,
    quota: config.pointsPerHour,
    windowMs: options.quotaWindowMs ?? hourMs,
    // PostgreSQL’s clock decides for all replicas; tests have one of their own.
    now: options.now ?? null,
    logError,
  });
  const pace = createPace({ nowMs: () => performance.now(), sleep });
  const limits: CallLimits = {
    ...pauses,
    now,
    enter: pace.enter,
    heard(call, answer) {
      const pause = pauses.heard(call, answer);
      // An endpoint that Jira found too fast is called more slowly for a while.
      if (pause?.scope.startsWith('endpoint:')) pace.slowDown(pause.scope);
      hearQuota(ledger, call, answer, pause, now().getTime());
      return pause;
    },
  };
  const callTimeoutMs = options.jiraTimeoutMs ?? jiraTimeoutMs;
  const organizationOf = createOrganizationOf(db);
  const metadata = createMetadataSource(createLearnedStore(pool), now, logError);
  const settings = {
    limits,
    openUnasked: async (grantId: string, cloudId: string) =>
      ledger.openUnasked({ cloudId, organizationId: await organizationOf(grantId), rank: ranks.push }),
    apiUrl: config.atlassian.apiUrl,
    callTimeoutMs,
    onSchemaMismatch: options.strictJira
      ? ('throw' as const)
      : (report: unknown) => log.warn({ report }, 'Jira answered in an undocumented form'),
  };
  return {
    oauth,
    tokens,
    openJira: createOpenJira({ ...settings, onProblem: watchRefusals({ db, now, logError }) }, tokens),
    metadata,
    answerMs: answerMsOf(callTimeoutMs),
    async whoIs(accessToken, cloudId) {
      const jira = await createOpenJira(settings, fixedToken(accessToken))('new', cloudId);
      return jira.myself();
    },
    ledger,
    async stop() {
      await ledger.stop();
      await Promise.all([pauses.stop(), metadata.stop()]);
    },
  };
}

/** Before a grant is stored, its token is known only here. */
function fixedToken(token: string): TokenSource {
  const answer = async () => ({ ok: true as const, value: token });
  return { accessToken: answer, renewedToken: answer };
}
