import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** One body on its way, with the identifier that all its tries share. */
export type Sent = { body: string; identifier: string };

/** What the intake answered, counted; `refused` names answers that no sender should see. */
export type StormTally = {
  accepted: number;
  duplicate: number;
  retries: number;
  refused: Map<string, number>;
};

const connections = 32;
const retryPauseMs = 50;
const mostTries = 2_000;
const patienceMs = 60_000;
const answerSchema = z.object({ outcome: z.enum(['accepted', 'duplicate', 'ignored']) });

/**
 * Sends bodies as Jira does: to whichever process the balancer picks, again whenever the answer was not 200.
 *
 * @param onAnswered called after each answered one with their number
 */
export async function sendStorm(
  origins: readonly string[],
  secret: string,
  storm: readonly Sent[],
  onAnswered: (count: number) => void,
): Promise<StormTally> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tally: StormTally = { accepted: 0, duplicate: 0, retries: 0, refused: new Map() };
  let next = 0;
  let answered = 0;
  const sendOne = async (sent: Sent, at: number): Promise<void> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const origin = origins[(at + tries) % origins.length] ?? '';
      const answer = await post(agent, `${origin}/api/webhooks/jira`, secret, sent, tries);
      if (answer?.status === 200) {
        const { outcome } = answerSchema.parse(JSON.parse(answer.text));
        if (outcome === 'ignored') throw new Error(`ignored: ${sent.body}`);
        tally[outcome] += 1;
        return;
      }
      tally.retries += 1;
      // Overloaded and cut off are what a storm brings; anything else is a fault of ours.
      if (answer && answer.status !== 503)
        tally.refused.set(answer.text, (tally.refused.get(answer.text) ?? 0) + 1);
      await sleep(retryPauseMs);
    }
    throw new Error(`nobody took ${sent.body}`);
  };
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let at = next++; at < storm.length; at = next++) {
        await sendOne(storm[at] as Sent, at);
        answered += 1;
        onAnswered(answered);
      }
    }),
  );
  agent.destroy();
  return tally;
}

/** Sends once; `null` when the connection ended before the answer. */
function post(
  agent: Agent,
  url: string,
  secret: string,
  { body, identifier }: Sent,
  tries: number,
): Promise<{ status: number; text: string } | null> {
  return new Promise((done) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${secret}`,
      'x-atlassian-webhook-identifier': identifier,
      ...(tries > 0 ? { 'x-atlassian-webhook-retry': String(tries) } : {}),
    };
    const sending = request(url, { method: 'POST', agent, headers, timeout: patienceMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
      response.on('error', () => done(null));
    });
    sending.on('error', () => done(null));
    sending.on('timeout', () => sending.destroy());
    sending.end(body);
  });
}
