import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';
import { keptSecrets } from './kept-secrets.ts';

const root = resolve(import.meta.dirname, '../..');
const stopTimeoutMs = 20_000;

export type LocalFacts = Record<
  'userhero' | 'jira' | 'email' | 'password' | 'api-key' | 'webhook-secret',
  string
>;

/** Everything that `npm start` runs, with what it prints. `ended` resolves when a part dies by itself. */
export type Local = { facts: LocalFacts; stop(): Promise<void>; ended: Promise<string> };

export type LocalOptions = {
  dataDir: string;
  /** 0: any free one. */
  port: number;
  sandboxPort: number;
  environment: NodeJS.ProcessEnv;
};

/**
 * Starts the local Jira and the service with demo data as processes of their own, as they would run apart from
 * each other. Answers `null`, having said why, when one of them cannot start.
 */
export async function runLocally(options: LocalOptions): Promise<Local | null> {
  if (!build()) return null;
  const dataDir = resolve(options.dataDir);
  const secrets = keptSecrets(dataDir);
  const port = options.port === 0 ? await freePort() : options.port;
  const userhero = options.environment.PUBLIC_URL ?? `http://localhost:${port}`;

  const sandbox = launch('The local Jira', 'jira-sandbox/src/main.ts', {
    ...options.environment,
    USERHERO_DATA_DIR: dataDir,
    JIRA_SANDBOX_PORT: String(options.sandboxPort),
    FORGE_REMOTE_URL: userhero,
  });
  const said = await sandbox.saysUntilReady();
  const jira = said?.jira;
  if (!said || !jira) {
    await sandbox.stop();
    return null;
  }
  const service = launch('UserHero', 'userhero-side/src/demo/main.ts', {
    LOG_LEVEL: 'warn',
    ...options.environment,
    PORT: String(port),
    PUBLIC_URL: userhero,
    USERHERO_DATA_DIR: dataDir,
    JIRA_WEBHOOK_SECRET: secrets.webhookSecret,
    ATLASSIAN_CLIENT_ID: 'userhero-local',
    ATLASSIAN_CLIENT_SECRET: 'userhero-local-secret',
    ATLASSIAN_AUTH_URL: jira,
    ATLASSIAN_API_URL: jira,
    TOKEN_ENCRYPTION_KEY: secrets.encryptionKey,
    AUTH_SECRET: secrets.authSecret,
    ...(said['forge-app'] ? { FORGE_APP_ID: said['forge-app'], FORGE_JWKS_URL: said['forge-jwks'] } : {}),
    DEMO_EMAIL: secrets.email,
    DEMO_PASSWORD: secrets.password,
    DEMO_API_KEY: secrets.apiKey,
  });
  if ((await service.saysUntilReady()) === null) {
    await Promise.all([service.stop(), sandbox.stop()]);
    return null;
  }
  return {
    facts: {
      userhero,
      jira,
      email: secrets.email,
      password: secrets.password,
      'api-key': secrets.apiKey,
      'webhook-secret': secrets.webhookSecret,
    },
    async stop() {
      await service.stop();
      await sandbox.stop();
    },
    ended: Promise.race([service.died, sandbox.died]),
  };
}

function build(): boolean {
  const { status } = spawnSync(process.execPath, [join(root, 'userhero-side/build/build.ts')], {
    stdio: 'inherit',
  });
  return status === 0;
}

/** Runs a part; its errors are passed on, its `name: value` lines and `ready` are read. */
function launch(name: string, file: string, environment: NodeJS.ProcessEnv) {
  // Prisma's driver uses a call that pg has marked as deprecated; nobody here can act on that line.
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=DeprecationWarning', join(root, file)],
    {
      cwd: root,
      env: environment,
      // A group of its own: Ctrl-C reaches the parent alone, which stops the parts in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let stopping = false;
  const died = exited.then(() => (stopping ? new Promise<string>(() => {}) : name));

  return {
    died,
    /** The `name: value` lines by the time of `ready`; `null` when the part ends before. */
    async saysUntilReady(): Promise<Record<string, string> | null> {
      if (!child.stdout) return null;
      const said: Record<string, string> = {};
      const lines = createInterface({ input: child.stdout });
      const ready = new Promise<boolean>((done) => {
        lines.on('line', (line) => {
          const fact = /^([a-z-]+): (.+)$/.exec(line);
          if (line === 'ready') done(true);
          else if (fact?.[1] && fact[2]) said[fact[1]] = fact[2];
          else console.log(line);
        });
        void exited.then(() => done(false));
      });
      return (await ready) ? said : null;
    },
    async stop(): Promise<void> {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
