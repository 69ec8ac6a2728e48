import { fstatSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who starts us with an open pipe and never writes to it must not make us wait for ever. */
const patienceMs = 1_500;

/**
 * What was piped to this process, to its end; `null` when nothing is connected, or when nothing comes and the caller
 * does not insist on waiting.
 */
export async function readInput(stdin: NodeJS.ReadStream, waits: boolean): Promise<string | null> {
  if (!waits && !isPiped()) return null;
  const parts: Buffer[] = [];
  let seen = false;
  const ended = new Promise<string>((done, fail) => {
    stdin.on('data', (part: Buffer) => {
      seen = true;
      parts.push(part);
    });
    stdin.once('end', () => done(Buffer.concat(parts).toString('utf8')));
    stdin.once('error', fail);
  });
  if (waits) return ended;
  const first = await Promise.race([ended, sleep(patienceMs).then(() => null)]);
  if (first !== null) return first;
  if (seen) return ended;
  stdin.destroy();
  return null;
}

function isPiped(): boolean {
  const input = fstatSync(0);
  return input.isFIFO() || input.isSocket() || input.isFile();
}
