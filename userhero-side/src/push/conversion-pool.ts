import { Worker } from 'node:worker_threads';
import type { Description, DescriptionForm } from '@userhero/shared/sync/description/to-description.ts';

export type ConversionRequest = { markdown: string; itemUrl: string; form: DescriptionForm };

export type ConversionPool = {
  /** Rejects when the deadline is missed or the worker dies; the text can still go as plain paragraphs. */
  convert(request: ConversionRequest): Promise<Description | null>;
  stop(): Promise<void>;
};

/** `workerFile` is another thread's code, for tests of texts that keep it busy. */
export type ConversionSettings = { threads: number; deadlineMs: number; workerFile?: URL };

type Job = {
  request: ConversionRequest;
  done: (description: Description | null) => void;
  fail: (error: Error) => void;
};

const workerFile = new URL('./conversion-worker.ts', import.meta.url);
const resourceLimits = { maxOldGenerationSizeMb: 256, stackSizeMb: 4 };

/**
 * Converts long texts in a few worker threads, so that nothing else waits for them. A thread that misses the deadline
 * is ended, and the next text gets a new one. Threads begin with the first text and keep no process alive.
 */
export function createConversionPool(settings: ConversionSettings): ConversionPool {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const ready = new WeakSet<Worker>();
  let stopped = false;

  function next(): void {
    const job = waiting[0];
    if (!job || stopped) return;
    const worker = idle.pop() ?? (all.size < settings.threads ? startWorker() : null);
    if (!worker) return;
    waiting.shift();
    carryOut(worker, job);
  }

  function startWorker(): Worker {
    const worker = new Worker(settings.workerFile ?? workerFile, { resourceLimits });
    worker.unref();
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at !== -1) idle.splice(at, 1);
      next();
    });
    // An error ends the thread; who waits for it hears of it by a listener of its own.
    worker.on('error', () => {});
    return worker;
  }

  /** The deadline runs from the moment when the thread can work: starting it may take long on a busy machine. */
  function carryOut(worker: Worker, job: Job): void {
    const giveUp = () => {
      end();
      job.fail(new Error(`a text was not converted within ${settings.deadlineMs} ms`));
      void worker.terminate();
    };
    let timer = ready.has(worker) ? setTimeout(giveUp, settings.deadlineMs) : undefined;
    const end = () => {
      clearTimeout(timer);
      worker.off('message', hear).off('error', fail).off('exit', exit);
    };
    const fail = (error: unknown) => {
      end();
      job.fail(error instanceof Error ? error : new Error(String(error)));
    };
    // At the stop nothing goes out as plain text: another process takes the push up and converts it whole.
    const exit = () => {
      if (!stopped) fail(new Error('the converting thread ended'));
    };
    const hear = (message: unknown) => {
      if (message === 'ready') {
        ready.add(worker);
        timer = setTimeout(giveUp, settings.deadlineMs);
        return;
      }
      end();
      idle.push(worker);
      job.done((message as { description: Description | null }).description);
      next();
    };
    worker.on('message', hear).once('error', fail).once('exit', exit);
    worker.postMessage(job.request);
  }

  return {
    convert: (request) =>
      new Promise((done, fail) => {
        waiting.push({ request, done, fail });
        next();
      }),
    async stop() {
      stopped = true;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
