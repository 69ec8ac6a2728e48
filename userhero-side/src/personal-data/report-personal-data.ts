import type pg from 'pg';
import { reportScope } from '../grants/atlassian-oauth.ts';
import type { TokenSource } from '../grants/token-source.ts';
import { failure, type Outcome, type Problem, success } from '../outcome.ts';
import { applyFindings, type FindingPorts } from './apply-findings.ts';
import { findAccounts, forgetUnseen } from './find-accounts.ts';
import type { ReportAccounts } from './report-accounts.ts';

export type PersonalDataPorts = FindingPorts & {
  pool: pg.Pool;
  tokens: TokenSource;
  reportAccounts: ReportAccounts;
  /** How long deliveries and activity are kept. */
  keptDays: number;
  now(): Date;
  logInfo(facts: Record<string, number>, message: string): void;
};

/** Atlassian takes at most so many accounts in one report. */
const batchSize = 90;

/** An account that Atlassian does not take is tried again after so long. */
const refusedPauseMs = 7 * 86_400_000;
/** If it takes none of so many, it is not for what they are. */
const mostRefused = 3;

/**
 * How many accounts were reported, how many Atlassian did not take, and how many still wait: for a grant that may
 * report, or for the next run.
 */
export type Reported = {
  reported: number;
  closed: number;
  updated: number;
  refused: number;
  waiting: number;
};

type AccountToReport = { accountId: string; updatedAt: string };

/**
 * Reports to Atlassian the accounts that anything is kept of, each once a cycle, and does what it answers. Any grant
 * that has the scope speaks for the whole app; grants of before go on without, and get it when they reconnect.
 *
 * Errors: `jira_rate_limited` with the time to wait, `jira_unavailable`, `jira_rejected` (of one account after the
 * other; a single one is passed over, so that the others are reported); what was reported before stays so.
 */
export async function reportPersonalData(ports: PersonalDataPorts): Promise<Outcome<Reported>> {
  const now = ports.now();
  await findAccounts(ports.pool, now);
  await forgetUnseen(ports.pool, now, ports.keptDays);
  const done: Reported = { reported: 0, closed: 0, updated: 0, refused: 0, waiting: 0 };
  for (;;) {
    const due = await ports.db.reportedAccount.findMany({
      where: { nextReportAt: { lte: now } },
      orderBy: [{ nextReportAt: 'asc' }, { accountId: 'asc' }],
      take: batchSize,
    });
    if (due.length === 0) break;
    const accounts = due.map((one) => ({
      accountId: one.accountId,
      updatedAt: one.keptSince.toISOString(),
    }));
    const problem = await reportBatch(ports, accounts, now, done);
    if (problem === 'nobody') {
      done.waiting = await ports.db.reportedAccount.count({ where: { nextReportAt: { lte: now } } });
      break;
    }
    if (problem) return failure(problem);
  }
  ports.logInfo({ ...done }, 'accounts were reported to Atlassian');
  return success(done);
}

/** Reports some accounts and counts them in `done`; `nobody`: no grant may report. A refused batch is halved. */
async function reportBatch(
  ports: PersonalDataPorts,
  accounts: readonly AccountToReport[],
  now: Date,
  done: Reported,
): Promise<Problem | 'nobody' | null> {
  const answer = await reportAsSomebody(ports, accounts);
  if (answer === null) return 'nobody';
  const accountIds = accounts.map((one) => one.accountId);
  if (answer.ok) {
    await applyFindings(ports, accountIds, answer.value, now);
    const { findings } = answer.value;
    done.reported += accounts.length;
    done.closed += findings.filter((one) => one.status === 'closed').length;
    done.updated += findings.filter((one) => one.status === 'updated').length;
    return null;
  }
  if (answer.problem.code !== 'jira_rejected' || done.refused === mostRefused) return answer.problem;
  if (accounts.length > 1) {
    const middle = accounts.length >> 1;
    const first = await reportBatch(ports, accounts.slice(0, middle), now, done);
    return first ?? (await reportBatch(ports, accounts.slice(middle), now, done));
  }
  done.refused += 1;
  await ports.db.reportedAccount.updateMany({
    where: { accountId: { in: accountIds } },
    data: { nextReportAt: new Date(now.getTime() + refusedPauseMs) },
  });
  return null;
}

/** Reports with the first grant whose token Atlassian takes; `null` when there is none. */
async function reportAsSomebody(ports: PersonalDataPorts, accounts: readonly AccountToReport[]) {
  const grants = await ports.db.grant.findMany({
    where: { state: 'active', scopes: { contains: reportScope } },
    orderBy: { refreshedAt: 'desc' },
    select: { id: true },
  });
  for (const { id } of grants) {
    const token = await ports.tokens.accessToken(id);
    if (!token.ok) continue;
    const answer = await ports.reportAccounts(token.value, accounts);
    if (answer.ok || answer.problem.code !== 'jira_unauthorized') return answer;
  }
  return null;
}
