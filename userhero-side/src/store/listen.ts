import pg from 'pg';

const reconnectMs = 1_000;

/**
 * Listens on a channel of PostgreSQL over a connection of its own. A broken connection is made again; `onNotice` is
 * called then too, without a payload, since notices may have been missed meanwhile.
 */
export function listenOn(
  databaseUrl: string,
  channel: string,
  {
    onNotice,
    logError,
  }: { onNotice(payload?: string): void; logError(error: unknown, message: string): void },
): { stop(): Promise<void> } {
  let stopped = false;
  let listener: pg.Client | null = null;
  let reconnect: NodeJS.Timeout | undefined;

  const listen = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    client.on('notification', ({ payload }) => onNotice(payload));
    client.on('error', () => lost(client));
    client.on('end', () => lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      listener = client;
      onNotice();
    } catch (error) {
      logError(error, `not listening for ${channel}; trying again`);
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
  return {
    async stop() {
      stopped = true;
      clearTimeout(reconnect);
      await listener?.end();
    },
  };
}
