import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { GetHeader } from '@userhero/shared/limits/read-headers.ts';

/** An answer's status and headers, before anybody reads its body. */
export type HeardAnswer = { status: number; header: GetHeader };

type Listener = (answer: HeardAnswer) => void;

/*
 * jira.js keeps the headers of good answers to itself, and of a 429 it shows one. Node's `fetch` reports each request
 * and each answer on these channels; the async context says whose call a request belongs to, however many are under way.
 */
const calls = new AsyncLocalStorage<Listener>();
const listeners = new WeakMap<object, Listener>();
let isListening = false;

/**
 * Runs a call, and tells of each answer that Node's `fetch` gets within it, repeated requests included. A listener that
 * throws would break the call's connection, so it must not.
 */
export function hearHeaders<T>(listener: Listener, call: () => Promise<T>): Promise<T> {
  listen();
  return calls.run(listener, call);
}

type Created = { request: object };
type Answered = { request: object; response: { statusCode: number; headers: readonly Buffer[] } };

function listen(): void {
  if (isListening) return;
  isListening = true;
  subscribe('undici:request:create', (message) => {
    const listener = calls.getStore();
    if (listener) listeners.set((message as Created).request, listener);
  });
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as Answered;
    listeners.get(request)?.({ status: response.statusCode, header: headersOf(response.headers) });
  });
}

/** Names and values come in turns. @see undici, docs/api/DiagnosticsChannel.md */
function headersOf(raw: readonly Buffer[]): GetHeader {
  const values = new Map<string, string>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = String(raw[at]).toLowerCase();
    const before = values.get(name);
    values.set(name, before === undefined ? String(raw[at + 1]) : `${before}, ${raw[at + 1]}`);
  }
  return (name) => values.get(name.toLowerCase()) ?? null;
}
