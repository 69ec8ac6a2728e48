import { z } from 'zod';
import { failure, type Outcome, success } from '../outcome.ts';

/** What Atlassian says of a reported account: it was closed, or its person changed what we may have a copy of. */
export type AccountFinding = { accountId: string; status: 'closed' | 'updated' };

export type ReportAnswer = { findings: AccountFinding[]; cycleDays: number };

/** Sends one report, of at most 90 accounts, with somebody's access token. */
export type ReportAccounts = (
  accessToken: string,
  accounts: readonly { accountId: string; updatedAt: string }[],
) => Promise<Outcome<ReportAnswer>>;

const requestTimeoutMs = 15_000;
const defaultCycleDays = 7;
const defaultRetrySeconds = 3600;
const longestRetrySeconds = 86_400;
const answerSchema = z.object({ accounts: z.array(z.unknown()) });
const findingSchema = z.object({ accountId: z.string(), status: z.enum(['closed', 'updated']) });

/**
 * Atlassian's personal data reporting API for OAuth 2.0 (3LO) apps: `POST {api}/app/report-accounts`, scope
 * `report:personal-data`, 200 with what has to be done, 204 when there is nothing, 429 with `Retry-After`.
 *
 * Errors: `jira_unauthorized` (the token, or its scope), `jira_rate_limited`, `jira_rejected`, `jira_unavailable`.
 *
 * @see https://developer.atlassian.com/cloud/jira/platform/user-privacy-developer-guide/
 */
export function createReportAccounts(apiUrl: string): ReportAccounts {
  return async (accessToken, accounts) => {
    try {
      const response = await fetch(`${apiUrl}/app/report-accounts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ accounts }),
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      const cycleDays = readCycleDays(response.headers.get('cycle-period'));
      if (response.status === 204) return success({ findings: [], cycleDays });
      if (response.status !== 200) return refused(response);
      const told = answerSchema.parse(await response.json()).accounts;
      const asked = new Set(accounts.map((one) => one.accountId));
      return success({ findings: told.flatMap((one) => readFinding(one, asked)), cycleDays });
    } catch (cause) {
      const detail = 'Atlassian does not answer the report of accounts.';
      return failure({ code: 'jira_unavailable', detail, temporary: true, cause });
    }
  };
}

/** What is said of an account that was not asked about, or in words that are not documented, is passed over. */
function readFinding(told: unknown, asked: ReadonlySet<string>): AccountFinding[] {
  const read = findingSchema.safeParse(told);
  return read.success && asked.has(read.data.accountId) ? [read.data] : [];
}

function refused({ status, headers }: Response): Outcome<ReportAnswer> {
  const detail = `Atlassian answered the report of accounts with status ${status}.`;
  if (status === 401 || status === 403) return failure({ code: 'jira_unauthorized', detail });
  if (status === 429) {
    const asked = Number(headers.get('retry-after'));
    const retryAfterSeconds = asked > 0 ? Math.min(asked, longestRetrySeconds) : defaultRetrySeconds;
    return failure({ code: 'jira_rate_limited', detail, temporary: true, retryAfterSeconds });
  }
  if (status < 500) return failure({ code: 'jira_rejected', detail });
  return failure({ code: 'jira_unavailable', detail, temporary: true });
}

/** `Cycle-Period`: how many days may pass between two reports of an account, as a number or as `P7D`. */
export function readCycleDays(header: string | null): number {
  const days = Number(/^P?(\d{1,3})D?$/i.exec(header?.trim() ?? '')?.[1] ?? 0);
  return days > 0 ? days : defaultCycleDays;
}
