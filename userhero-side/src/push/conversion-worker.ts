import { parentPort } from 'node:worker_threads';
import type { ConversionRequest } from './conversion-pool.ts';
import { toDescription } from './description.ts';

/** The other end of the conversion pool: one long text after another. */
parentPort?.on('message', ({ markdown, itemUrl, form }: ConversionRequest) => {
  parentPort?.postMessage({ description: toDescription(markdown, itemUrl, form) });
});
parentPort?.postMessage('ready');
