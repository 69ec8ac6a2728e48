import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a service waited for within a span of time. */
export type Waited = { calls: number; ms: number };

/** A reverse proxy between a service and the local Jira that notes when each call began and ended. */
export type JiraMeter = {
  /** Where the service calls Jira. */
  url: string;
  /** The calls that ended between two moments of `performance.now()`; time that two of them share counts once. */
  waitedBetween(from: number, to: number): Waited;
  stop(): Promise<void>;
};

type Span = { from: number; to: number };

/** Starts a meter in front of a local Jira. */
export async function startJiraMeter(jira: string): Promise<JiraMeter> {
  const agent = new Agent({ keepAlive: true });
  let spans: Span[] = [];
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, answer) => {
    const from = performance.now();
    answer.once('close', () => spans.push({ from, to: performance.now() }));
    forward(agent, jira, incoming, answer);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    waitedBetween(from, to) {
      const within = spans.filter((span) => span.from >= from && span.to <= to);
      // Nobody asks for what lies before a moment that was asked for.
      spans = spans.filter((span) => span.to > to);
      return { calls: within.length, ms: unionMs(within) };
    },
    async stop() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function forward(agent: Agent, jira: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url = '/' } = incoming;
  const call = request(new URL(url, jira), { agent, method, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  call.once('error', () => answer.destroy());
  incoming.pipe(call);
}

function unionMs(spans: readonly Span[]): number {
  let ms = 0;
  let covered = 0;
  for (const { from, to } of spans.toSorted((left, right) => left.from - right.from)) {
    ms += Math.max(0, to - Math.max(from, covered));
    covered = Math.max(covered, to);
  }
  return ms;
}
