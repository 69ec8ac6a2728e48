import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  FetchTarget,
  FromWorker,
  InvokeMessage,
  PlainRequest,
  PlainResponse,
  ToWorker,
} from './function-messages.ts';

/**
 * Forge's Node runtime as far as `@forge/api` sees it: the app's functions run here, in a thread of their own,
 * with two globals through which every request leaves (`api/out/api/fetch.js`, `runtime.js`).
 */
type Running = { id: string; runtime: Record<string, unknown> };

const { codeFolder }: { codeFolder: string } = workerData;
const running = new AsyncLocalStorage<Running>();
const waiting = new Map<string, (response: PlainResponse) => void>();
const bodiless = new Set([204, 205, 304]);

const tell = (message: FromWorker) => parentPort?.postMessage(message);

const nothing = () => {};
const metrics = {
  counter: () => ({ incr: nothing, decr: nothing, incrBy: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }), set: nothing }),
  gauge: () => ({ set: nothing }),
};

Object.defineProperties(globalThis, {
  __forge_runtime__: { get: () => running.getStore()?.runtime },
  __forge_fetch__: {
    value: (target: FetchTarget, path: string, init?: RequestInit) => askHost(target, path, init),
  },
  fetch: {
    value: (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      return askHost({ type: 'egress' }, request.url, request);
    },
  },
});

// Whatever a library tries: nothing but the host opens connections, as at Forge, where a proxy guards the way out.
Socket.prototype.connect = () => {
  throw new Error('Connections of the app itself are refused; see go.atlassian.com/forge-egress');
};

for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
  console[level] = (...parts: unknown[]) =>
    tell({ type: 'log', invocationId: running.getStore()?.id ?? null, text: format(...parts) });
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'fetched') {
    waiting.get(message.id)?.(message.response);
    waiting.delete(message.id);
  } else {
    void invoke(message);
  }
});

async function invoke(message: InvokeMessage): Promise<void> {
  const runtime = {
    ...message.runtime,
    metrics,
    lambdaContext: { getRemainingTimeInMillis: () => message.deadlineAt - Date.now() },
    container: { appCodeDir: codeFolder },
  };
  await running.run({ id: message.id, runtime }, async () => {
    try {
      const handler = await loadHandler(message.handler);
      const value = await handler(...message.args);
      // What leaves a Lambda is JSON.
      tell({
        type: 'done',
        id: message.id,
        value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)),
      });
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      const { name, message: text, stack = '' } = known;
      tell({ type: 'failed', id: message.id, name, message: text, stack });
    }
  });
}

async function loadHandler(name: string): Promise<(...args: unknown[]) => unknown> {
  const dot = name.lastIndexOf('.');
  const base = join(codeFolder, name.slice(0, dot));
  const file = ['.js', '.cjs', '.mjs'].map((ending) => base + ending).find((one) => existsSync(one));
  if (!file) throw new Error(`There is no file for the handler ${name}`);
  const loaded: Record<string, unknown> = await import(pathToFileURL(file).href);
  const exported = name.slice(dot + 1);
  const inner = loaded.default;
  const handler =
    loaded[exported] ??
    (typeof inner === 'object' && inner !== null ? Reflect.get(inner, exported) : undefined);
  if (typeof handler !== 'function') throw new Error(`${name} is not exported as a function`);
  return (...args) => handler(...args);
}

async function askHost(target: FetchTarget, path: string, init?: RequestInit | Request): Promise<Response> {
  const invocation = running.getStore();
  if (!invocation) throw new Error('A request outside of an invocation');
  const body = init?.body == null ? null : await new Response(init.body).text();
  const headers = new Headers(init?.headers);
  if (init?.body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  const request: PlainRequest = {
    target,
    path,
    method: (init?.method ?? 'GET').toUpperCase(),
    headers: Object.fromEntries(headers),
    body,
  };
  const id = randomUUID();
  const response = await new Promise<PlainResponse>((resolve) => {
    waiting.set(id, resolve);
    tell({ type: 'fetch', id, invocationId: invocation.id, request });
  });
  if (response.headers['x-host-refusal']) throw new Error(response.headers['x-host-refusal']);
  return new Response(bodiless.has(response.status) ? null : response.body, {
    status: response.status,
    headers: response.headers,
  });
}
