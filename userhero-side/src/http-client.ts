import { type Client, type ClientConfig, createClient, withRetry } from 'jira.js/core';

/** Thrown when Atlassian takes longer than we wait. */
export class CallTimeout extends Error {}

/**
 * A connection that breaks and a gateway's 502 to 504 pass in a moment. A read is repeated then; a write may have
 * been carried out, and what to do about that is the caller's to say.
 */
const readAgain = { maxAttempts: 3, initialDelayMs: 200, backoffFactor: 3 };

/**
 * jira.js's client, with reads repeated when the connection breaks, and every call ended after `callTimeoutMs`.
 *
 * Throws jira.js's errors, and `CallTimeout`: the call may still be carried out then.
 */
export function createHttpClient(config: ClientConfig, callTimeoutMs: number): Client {
  const client = createClient(config);
  return {
    async sendRequest(options) {
      const send = () => client.sendRequest(options);
      const { promise: expired, reject } = Promise.withResolvers<never>();
      // jira.js takes no abort signal, so only the wait ends here.
      const timer = setTimeout(
        () => reject(new CallTimeout(`no answer within ${callTimeoutMs} ms`)),
        callTimeoutMs,
      );
      try {
        const sent = options.method === 'GET' ? withRetry(send, readAgain) : send();
        return await Promise.race([sent, expired]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
