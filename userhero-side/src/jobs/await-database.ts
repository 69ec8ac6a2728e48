import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const lookAgainMs = 500;
const patienceMs = 30_000;

/**
 * PostgreSQL's codes while it starts, stops or recovers (appendix A, class 57), too many connections (53300), and a
 * server that is not there yet. Anything else — a wrong password, no such database — is not mended by waiting.
 */
const notYet = /^(57P0[123]|53300|ECONNREFUSED|ECONNRESET)$/;

/** Waits for a PostgreSQL that is coming up: a service and its database often start, or come back, together. */
export async function awaitDatabase(databaseUrl: string): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; ) {
    const client = new pg.Client({ connectionString: databaseUrl });
    // Broken between connecting and ending, it is asked again by whoever needs it next.
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
      if (!notYet.test(code) || Date.now() > deadline) throw error;
    } finally {
      await client.end().catch(() => {});
    }
    await sleep(lookAgainMs);
  }
}
