import { Worker } from 'node:worker_threads';
import type { Deployment } from './deployment.ts';
import type { FromWorker, InvokeMessage, PlainRequest, PlainResponse } from './function-messages.ts';

/** Forge's own limits (docs, "Forge platform quotas and limits"). */
const memoryLimitMb = 512;

/** The name of the error by which a function has Forge ask a person for consent (`api/out/api/errors.js`). */
export const consentError = 'NEEDS_AUTHENTICATION_ERR';

export type FunctionCall = Omit<InvokeMessage, 'type' | 'deadlineAt'> & {
  timeoutMs: number;
  /** Answers the requests that the function sends. */
  fetch: (request: PlainRequest) => Promise<PlainResponse>;
  log: (text: string) => void;
};

/**
 * `platform` failures are those that Forge retries by itself, with the reason it would name; `needsConsent` is the
 * function's own wish that the person be asked.
 */
export type FunctionResult =
  | { ok: true; value: unknown }
  | { ok: false; platform: PlatformFailure | null; needsConsent?: boolean; message: string };
export type PlatformFailure = 'FUNCTION_TIME_OUT' | 'FUNCTION_PLATFORM_UNKNOWN_ERROR';

export type FunctionRunner = {
  run: (deployment: Deployment, call: FunctionCall) => Promise<FunctionResult>;
  close: () => Promise<void>;
};

type Open = { call: FunctionCall; finish: (result: FunctionResult) => void };
type Thread = { deployment: Deployment; worker: Worker; open: Map<string, Open> };

/** Runs the functions of a build in a worker thread, which stays warm until the next build or a crash. */
export function createFunctionRunner(): FunctionRunner {
  let thread: Thread | null = null;

  const threadFor = (deployment: Deployment): Thread => {
    if (thread?.deployment === deployment) return thread;
    const former = thread;
    if (former) void retire(former);
    thread = startThread(deployment, (ended) => {
      if (thread === ended) thread = null;
    });
    return thread;
  };

  return {
    run: (deployment, call) =>
      new Promise((resolve) => {
        const { worker, open } = threadFor(deployment);
        const timer = setTimeout(() => {
          open.get(call.id)?.finish({
            ok: false,
            platform: 'FUNCTION_TIME_OUT',
            message: `The function ran longer than ${call.timeoutMs / 1000} seconds`,
          });
          // Nothing else can stop code that does not yield; the next call gets a thread of its own.
          if (thread?.worker === worker) thread = null;
          void worker.terminate();
        }, call.timeoutMs);
        open.set(call.id, {
          call,
          finish: (result) => {
            clearTimeout(timer);
            open.delete(call.id);
            resolve(result);
          },
        });
        const { id, handler, args, runtime } = call;
        const deadlineAt = Date.now() + call.timeoutMs;
        worker.postMessage({
          type: 'invoke',
          id,
          handler,
          args,
          runtime,
          deadlineAt,
        } satisfies InvokeMessage);
      }),
    close: async () => {
      await thread?.worker.terminate();
    },
  };
}

/** Lets a thread of a former build finish what it runs. */
async function retire(former: Thread): Promise<void> {
  while (former.open.size > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await former.worker.terminate();
}

function startThread(deployment: Deployment, ended: (thread: Thread) => void): Thread {
  const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
    workerData: { codeFolder: deployment.codeFolder },
    // The app sees nothing of this machine's environment.
    env: { NODE_ENV: 'production', TZ: 'UTC' },
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
  });
  worker.unref();
  const open = new Map<string, Open>();
  const thread: Thread = { deployment, worker, open };
  const end = (message: string) => {
    ended(thread);
    for (const one of open.values()) {
      one.finish({ ok: false, platform: 'FUNCTION_PLATFORM_UNKNOWN_ERROR', message });
    }
  };
  worker.on('message', (message: FromWorker) => receive(thread, message));
  worker.on('error', (error) => end(`The function's process ended: ${String(error)}`));
  worker.on('exit', () => end('The function’s process ended'));
  return thread;
}

function receive({ worker, open }: Thread, message: FromWorker): void {
  if (message.type === 'done') {
    open.get(message.id)?.finish({ ok: true, value: message.value });
  } else if (message.type === 'failed') {
    const one = open.get(message.id);
    one?.call.log(message.stack);
    const needsConsent = message.name === consentError;
    one?.finish({ ok: false, platform: null, needsConsent, message: message.message });
  } else if (message.type === 'log') {
    if (message.invocationId) open.get(message.invocationId)?.call.log(message.text);
  } else {
    const one = open.get(message.invocationId);
    if (!one) return;
    void one.call
      .fetch(message.request)
      .then((response) => worker.postMessage({ type: 'fetched', id: message.id, response }));
  }
}
