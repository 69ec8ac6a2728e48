import type { ClientConfig } from 'jira.js/core';
import type { TokenSource } from '../grants/token-source.ts';
import { createHttpClient } from '../http-client.ts';
import type { CallLimits } from '../limits/call-limits.ts';
import type { Problem } from '../outcome.ts';
import type { Jira, OpenJira } from './jira.ts';
import { GrantUnusable } from './jira-failure.ts';

export type JiraSettings = {
  apiUrl: string;
  /** `throw` refuses a response that is not as Atlassian documents it; a function is told and goes on. */
  onSchemaMismatch: 'throw' | ((report: unknown) => void);
  callTimeoutMs: number;
  /** What all calls are held to; without them Jira alone limits. */
  limits?: CallLimits;
  /** Told of every call that failed, with the conversation that may be asked about it. */
  onProblem?(failed: { grantId: string; cloudId: string; jira: Jira; problem: Problem }): void;
};

/** A token is good for a minute at least when it is handed out; the calls of one push share it. */
const reuseMs = 20_000;

/**
 * Opens conversations through jira.js. Tokens come from the token source, and a conversation keeps one for some
 * seconds only; a 401 asks for another token once. The generated client is loaded when it
 * is first needed: it would be a third of the time that the service takes to start.
 */
export function createOpenJira(settings: JiraSettings, tokens: TokenSource): OpenJira {
  return async (grantId, cloudId) => {
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
      auth: { type: 'bearer', getToken: current },
      getAuthOn401: async () => ({
        type: 'bearer',
        token: await bearer(() => tokens.renewedToken(grantId, lastToken)),
      }),
      onSchemaMismatch: settings.onSchemaMismatch,
    };
    const { limits, callTimeoutMs } = settings;
    const client = createHttpClient(config, callTimeoutMs, limits ? { limits, cloudId } : null);
    const jira: Jira = createConversation(client, (problem) =>
      settings.onProblem?.({ grantId, cloudId, jira, problem }),
    );
    return jira;
  };
}
