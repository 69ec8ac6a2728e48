import type { ClientConfig, SendRequestOptions } from 'jira.js/core';
import type { TokenSource } from '../grants/token-source.ts';
import { createHttpClient, inTime } from '../http-client.ts';
import type { Allowance } from '../limits/allowance.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import type { Problem } from '../outcome.ts';
import { countCalls, countTry } from './count-calls.ts';
import type { Jira, OpenJira } from './jira.ts';
import { GrantUnusable } from './jira-failure.ts';

export type JiraSettings = {
  apiUrl: string;
  /** `throw` refuses a response that is not as Atlassian documents it; a function is told and goes on. */
  onSchemaMismatch: 'throw' | ((report: unknown) => void);
  callTimeoutMs: number;
  /** What all calls are held to; without them Jira alone limits. */
  limits?: CallLimits;
  /** Counts the calls of a conversation that belongs to no unit of work. */
  openUnasked?(grantId: string, cloudId: string): Promise<Allowance>;
  /** Told of every call that failed, with the conversation that may be asked about it. */
  onProblem?(failed: { grantId: string; cloudId: string; jira: Jira; problem: Problem }): void;
};

/** @see Jira Cloud REST v3, `POST /rest/api/3/issue/bulk` */
const bulkCreate = '/rest/api/3/issue/bulk';

/** Creating fifty issues takes Jira longer than any other call does. */
const bulkCreateFactor = 4;

/** How long Jira's answer is waited for where a call may take so long: to most calls, and to a bulk create. */
export function answerMsOf(callTimeoutMs: number): { one: number; many: number } {
  return { one: callTimeoutMs, many: callTimeoutMs * bulkCreateFactor };
}

/** A token is good for a minute at least when it is handed out; the calls of one push share it. */
const reuseMs = 20_000;

/**
 * Opens conversations through jira.js. Tokens come from the token source, and a conversation keeps one for some
 * seconds only; a 401 asks for another token once. The generated client is loaded when it
 * is first needed: it would be a third of the time that the service takes to start.
 */
export function createOpenJira(settings: JiraSettings, tokens: TokenSource): OpenJira {
  const answerMs = answerMsOf(settings.callTimeoutMs);
  return async (grantId, cloudId, allowance) => {
    const { createConversation } = await import('./rest-calls.ts');
    let lastToken = '';
    let reusableUntil = 0;
    const bearer = async (next: () => ReturnType<TokenSource['accessToken']>): Promise<string> => {
      const outcome = await next();
      if (!outcome.ok) throw new GrantUnusable(outcome.problem);
      lastToken = outcome.value;
      reusableUntil = performance.now() + reuseMs;
      return lastToken;
    };
    const current = async (): Promise<string> =>
      performance.now() < reusableUntil ? lastToken : bearer(() => tokens.accessToken(grantId));
    const config: ClientConfig = {
      host: `${settings.apiUrl}/ex/jira/${cloudId}`,
      auth: { type: 'bearer', getToken: async () => inTime(await current()) },
      getAuthOn401: async () => ({
        type: 'bearer',
        token: inTime(await bearer(() => tokens.renewedToken(grantId, lastToken))),
      }),
      onSchemaMismatch: settings.onSchemaMismatch,
    };
    const timeoutMs = ({ method, url }: SendRequestOptions<unknown>): number =>
      method === 'POST' && url.endsWith(bulkCreate) ? answerMs.many : answerMs.one;
    const { limits, openUnasked } = settings;
    const client = createHttpClient(config, timeoutMs, limits ? { limits, cloudId, countTry } : null);
    const jira: Jira = createConversation(client, (problem) =>
      settings.onProblem?.({ grantId, cloudId, jira, problem }),
    );
    const counted = allowance ?? (await openUnasked?.(grantId, cloudId));
    return counted ? countCalls(jira, counted) : jira;
  };
}
