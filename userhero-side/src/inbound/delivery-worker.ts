import pg from 'pg';
import { type ApplyPorts, applyBatch, batchSize } from './apply-batch.ts';

export type DeliveryWorker = { wake(): void; stop(): Promise<void> };

const channel = 'delivery_waiting';
/** Finds retries that have become due, and whatever a lost notification left behind. */
const sweepMs = 2_000;
const reconnectMs = 1_000;
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
  let listener: pg.Client | null = null;
  let reconnect: NodeJS.Timeout | undefined;

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
  const listen = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: ports.databaseUrl, keepAlive: true });
    client.on('notification', ({ payload }) => {
      if (payload === 'read') requestReadings();
      wake();
    });
    client.on('error', () => lost(client));
    client.on('end', () => lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      listener = client;
      wake();
    } catch (error) {
      ports.logError(error, 'not listening for deliveries; trying again');
      lost(client);
    }
  };
  const lost = (client: pg.Client): void => {
    if (listener === client) listener = null;
    client.removeAllListeners('end');
    if (stopped || reconnect) return;
    reconnect = setTimeout(() => {
      reconnect = undefined;
      void listen();
    }, reconnectMs);
  };

  void listen();
  const sweep = setInterval(() => {
    wake();
    requestReadings();
  }, sweepMs);
  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearTimeout(reconnect);
      await over;
      await readings;
      await listener?.end();
    },
  };
}
