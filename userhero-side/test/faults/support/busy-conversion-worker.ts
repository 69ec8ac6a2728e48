import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** A thread whose texts are all poisoned: it says that it is at work, and never ends. */
parentPort?.on('message', () => {
  writeSync(1, 'converting\n');
  for (;;);
});
parentPort?.postMessage('ready');
