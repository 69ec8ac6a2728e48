import { listenOn } from '../store/listen.ts';
import { type ApplyPorts, applyBatch, batchSize } from './apply-batch.ts';

export type DeliveryWorker = { wake(): void; stop(): Promise<void> };

const channel = 'delivery_waiting';
/** Finds retries that have become due, and whatever a lost notification left behind. */
const sweepMs = 2_000;
const pauseAfterErrorMs = 500;
/** Batches at once while more waits than one holds: PostgreSQL writes one as the next is worked out. */
const mostLanes = 2;

/**
 * Applies deliveries as they arrive. PostgreSQL wakes it (LISTEN); the sweep is only a net under that. A broken
 * connection is made again, and everything that waited meanwhile is taken up.
 */
export function startDeliveryWorker(
  ports: ApplyPorts & { databaseUrl: string; requestReadings(): Promise<void> },
): DeliveryWorker {
  let stopped = false;
  let readings: Promise<void> = Promise.resolve();
  let readingsWait = false;
  let requested = false;
  let lanes = 0;
  let over: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    while (requested && !stopped) {
      requested = false;
      try {
        while (!stopped && (await applyBatch(ports)) === batchSize) openLane();
      } catch (error) {
        ports.logError(error, 'a batch of deliveries was not applied and will be tried again');
        await new Promise((done) => setTimeout(done, pauseAfterErrorMs));
      }
    }
    // In the same turn as the last look at `requested`, so that no wake falls in between.
    lanes -= 1;
  };
  const openLane = (): void => {
    if (lanes === mostLanes || stopped) return;
    lanes += 1;
    requested = true;
    const before = over;
    // One after the other: what is over is forgotten, however often the worker woke.
    over = run().then(() => before);
  };
  const wake = (): void => {
    requested = true;
    if (lanes === 0) openLane();
  };
  /** One at work and at most one behind it, which finds whatever has come meanwhile: a storm of events queues no more. */
  const requestReadings = (): void => {
    if (stopped || readingsWait) return;
    readingsWait = true;
    readings = readings
      .then(() => {
        readingsWait = false;
        return ports.requestReadings();
      })
      .catch((error: unknown) => ports.logError(error, 'readings were not asked for and will be'));
  };
  const listening = listenOn(ports.databaseUrl, channel, {
    onNotice(payload) {
      if (payload === 'read') requestReadings();
      wake();
    },
    logError: ports.logError,
  });

  const sweep = setInterval(() => {
    wake();
    requestReadings();
  }, sweepMs);
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await over;
      await readings;
      await listening.stop();
    },
  };
}
