import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hearHeaders } from './hear-headers.ts';

/** Guards what Node promises nowhere: that its `fetch` reports an answer in the context of the call it belongs to. */
const callsAtOnce = 300;

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const number = request.url?.slice(1) ?? '';
    const answer = () => {
      response.writeHead(Number(number) % 3 === 0 ? 429 : 200, {
        'X-Call': number,
        'x-twice': ['a', number],
      });
      response.end('{}');
    };
    // Answers overtake each other.
    setTimeout(answer, (Number(number) * 7919) % 50);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => new Promise<void>((done) => server.close(() => done())));

test('each of 300 calls at once hears its own headers, and of each request', async () => {
  const heard = await Promise.all(
    Array.from({ length: callsAtOnce }, async (_, number) => {
      const answers: unknown[] = [];
      await hearHeaders(
        ({ status, header }) => answers.push([status, header('x-call'), header('X-TWICE')]),
        async () => {
          await (await fetch(`${origin}/${number}`)).text();
          await (await fetch(`${origin}/${number}`, { method: 'POST', body: '{}' })).text();
        },
      );
      return answers;
    }),
  );
  const expected = (number: number) => [number % 3 === 0 ? 429 : 200, String(number), `a, ${number}`];
  expect(heard).toEqual(
    Array.from({ length: callsAtOnce }, (_, number) => [expected(number), expected(number)]),
  );
});

test('a request outside of a call is nobody’s', async () => {
  const answers: number[] = [];
  await hearHeaders(
    ({ status }) => answers.push(status),
    async () => {},
  );
  await (await fetch(`${origin}/1`)).text();
  expect(answers).toEqual([]);
});
