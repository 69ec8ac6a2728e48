import { createServer } from 'node:net';

/** A port that is free now: the wished one, or any other where that is taken. 0 wishes for none. */
export async function freePort(wished = 0): Promise<number> {
  return (await tryPort(wished)) ?? (await tryPort(0)) ?? 0;
}

async function tryPort(port: number): Promise<number | null> {
  const probe = createServer();
  const listening = await new Promise<boolean>((done) => {
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => done(true));
  });
  const address = listening ? probe.address() : null;
  await new Promise<void>((done) => (listening ? probe.close(() => done()) : done()));
  return address !== null && typeof address !== 'string' ? address.port : null;
}
