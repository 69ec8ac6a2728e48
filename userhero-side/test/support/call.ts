import type { ProblemDocument } from '@userhero/shared/contracts/problem.ts';

/** An answer over HTTP, with its JSON read. */
export type Answer<T> = { status: number; headers: Headers; body: T };

/** Sends JSON and answers whatever came back; a test says what it expects. */
export type Call = <T = ProblemDocument>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<T>>;

/** A caller of one server that always sends the same credentials; `note` sees every answer. */
export function caller(
  origin: string,
  credentials: Record<string, string>,
  note: (method: string, path: string, answer: Answer<unknown>) => void = () => {},
): Call {
  return async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...credentials,
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer = {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
    };
    note(method, path, answer);
    return answer;
  };
}

/** Waits until `look` sees something; what a person would wait for, without saying how long it takes. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  patienceMs = 180_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}
