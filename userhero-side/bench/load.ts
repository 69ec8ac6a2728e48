import { connect } from 'node:net';
import { type BodyTemplate, bodyTemplate } from './bodies.ts';
import { percentile } from './measurement.ts';

/*
 * The load generator, a process of its own: raw sockets, since an HTTP client would be the bottleneck that is
 * measured. Its order comes as JSON in the first argument, its answer goes to standard output.
 */

export type LoadOrder = {
  port: number;
  path: string;
  headers: Record<string, string>;
  connections: number;
  requests: number;
  issues: number;
  firstChange: number;
  /** Requests a second over all connections; 0 sends as fast as answers come. */
  ratePerSecond: number;
};

export type LoadAnswer = {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  failed: number;
  answeredAtMs: [issue: number, at: number][];
};

const order: LoadOrder = JSON.parse(process.argv[2] ?? '{}');
const template = bodyTemplate();
const latencies: number[] = [];
const answeredAtMs: [number, number][] = [];
let next = 0;
let failed = 0;
const startedAt = performance.now();

await Promise.all(Array.from({ length: order.connections }, () => run(template)));
const seconds = (performance.now() - startedAt) / 1000;
const answer: LoadAnswer = {
  perSecond: order.requests / seconds,
  p50Ms: percentile(latencies, 0.5),
  p99Ms: percentile(latencies, 0.99),
  failed,
  answeredAtMs: order.ratePerSecond > 0 ? answeredAtMs : [],
};
process.stdout.write(JSON.stringify(answer));

/** One connection: a request, its answer, the next request; all of them in the same bytes. */
async function run({ bytes, fill }: BodyTemplate): Promise<void> {
  const socket = connect(order.port, '127.0.0.1');
  socket.setNoDelay(true);
  const head = Buffer.from(
    `POST ${order.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${bytes.length}\r\n${Object.entries(
      order.headers,
    )
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  const message = Buffer.concat([head, bytes]);
  let answered: (ok: boolean) => void = () => {};
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1');
    if (!isWhole(received)) return;
    const ok = received.startsWith('HTTP/1.1 200');
    received = '';
    answered(ok);
  });
  socket.on('error', () => answered(false));
  await new Promise((done) => socket.once('connect', done));
  while (next < order.requests) {
    const number = next;
    next += 1;
    const due = order.ratePerSecond > 0 ? startedAt + (number / order.ratePerSecond) * 1000 : 0;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    const issue = number % order.issues;
    const change = order.firstChange + number;
    fill(message, head.length, {
      issue,
      number: change,
      status: 1 + (Math.floor(number / order.issues) % 2),
    });
    const sentAt = performance.now();
    const ok = await new Promise<boolean>((done) => {
      answered = done;
      socket.write(message);
    });
    latencies.push(performance.now() - sentAt);
    if (order.ratePerSecond > 0) answeredAtMs.push([issue, Date.now()]);
    if (!ok) failed += 1;
  }
  socket.end();
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined || text.length >= end + 4 + Number(length);
}
