import { parentPort } from 'node:worker_threads';
import { toDescription } from '@userhero/shared/sync/description/to-description.ts';
import type { ConversionRequest } from './conversion-pool.ts';

/** The other end of the conversion pool: one long text after another. */
parentPort?.on('message', ({ markdown, itemUrl, form }: ConversionRequest) => {
  parentPort?.postMessage({ description: toDescription(markdown, itemUrl, form) });
});
parentPort?.postMessage('ready');
