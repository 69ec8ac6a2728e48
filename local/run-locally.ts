import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { z } from 'zod';
import { freePort } from './free-port.ts';
import { keptSecrets } from './kept-secrets.ts';
import { portTaken } from './port-taken.ts';

const root = resolve(import.meta.dirname, '..');
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
  /** The checkout whose service is started, with all it needs built; this one by default. */
  serviceFolder?: string;
  /** Where the service finds Jira's REST API; at the local Jira itself by default. */
  apiUrl?: string;
};

/** What starts the service with demo data, where it lies now and where it lay in earlier revisions. */
const serviceFiles = ['local/demo/main.ts', 'userhero-side/src/demo/main.ts'];

/**
 * Starts the local Jira and the service with demo data as processes of their own, as they would run apart from
 * each other. Answers `null`, having said why, when one of them cannot start.
 */
export async function runLocally(options: LocalOptions): Promise<Local | null> {
  // Asked before anything starts: what has started would have to be stopped, and would say so.
  if (options.port !== 0 && (await freePort(options.port)) !== options.port) {
    console.error(portTaken(options.port));
    return null;
  }
  if (!(await build())) return null;
  const dataDir = resolve(options.dataDir);
  const secrets = keptSecrets(dataDir);
  const port = options.port === 0 ? await freePort() : options.port;
  const sandboxPort = await freePort(options.sandboxPort);
  const userhero = options.environment.PUBLIC_URL ?? `http://localhost:${port}`;
  const jira = `http://localhost:${sandboxPort}`;

  // Neither needs the other to start, so they start at the same time.
  const sandbox = launch('The local Jira', root, 'jira-sandbox/src/main.ts', {
    ...options.environment,
    USERHERO_DATA_DIR: dataDir,
    JIRA_SANDBOX_PORT: String(sandboxPort),
    FORGE_REMOTE_URL: userhero,
  });
  const folder = options.serviceFolder ?? root;
  const serviceFile = serviceFiles.find((file) => existsSync(join(folder, file))) ?? '';
  const service = launch('UserHero', folder, serviceFile, {
    LOG_LEVEL: 'warn',
    ...options.environment,
    PORT: String(port),
    PUBLIC_URL: userhero,
    USERHERO_DATA_DIR: dataDir,
    JIRA_WEBHOOK_SECRET: secrets.webhookSecret,
    ATLASSIAN_CLIENT_ID: 'userhero-local',
    ATLASSIAN_CLIENT_SECRET: 'userhero-local-secret',
    ATLASSIAN_AUTH_URL: jira,
    ATLASSIAN_API_URL: options.apiUrl ?? jira,
    FORGE_APP_ID: forgeAppId(),
    FORGE_JWKS_URL: `${jira}/.well-known/jwks.json`,
    TOKEN_ENCRYPTION_KEY: secrets.encryptionKey,
    AUTH_SECRET: secrets.authSecret,
    DEMO_EMAIL: secrets.email,
    DEMO_PASSWORD: secrets.password,
    DEMO_API_KEY: secrets.apiKey,
  });
  const ready = await Promise.all([sandbox.ready, service.ready]);
  if (ready.includes(false)) {
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

/** Builds what is not up to date; both at once, since each is mostly the start of a process. */
async function build(): Promise<boolean> {
  const scripts = ['userhero-side/build/build.ts', 'forge-app/build.ts'];
  const done = scripts.map((script) => {
    const child = spawn(process.execPath, [join(root, script)], { stdio: 'inherit' });
    return new Promise<boolean>((settle) => child.once('exit', (code) => settle(code === 0)));
  });
  return !(await Promise.all(done)).includes(false);
}

/** The app's id stands in its manifest; the service trusts tokens of that app alone. */
function forgeAppId(): string {
  const manifest = z.object({ app: z.object({ id: z.string() }) });
  return manifest.parse(parse(readFileSync(join(root, 'manifest.yml'), 'utf8'))).app.id;
}

/** Runs a part as a process; its errors are passed on, its `ready` is waited for. */
function launch(name: string, folder: string, file: string, environment: NodeJS.ProcessEnv) {
  // Prisma's driver uses a call that pg has marked as deprecated; nobody here can act on that line.
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=DeprecationWarning', join(folder, file)],
    {
      cwd: folder,
      env: environment,
      // A group of its own: Ctrl-C reaches the parent alone, which stops the parts in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  let stopping = false;
  const died = exited.then(() => (stopping ? new Promise<string>(() => {}) : name));

  const lines = child.stdout ? createInterface({ input: child.stdout }) : null;
  const ready = new Promise<boolean>((done) => {
    lines?.on('line', (line) => {
      if (line === 'ready') done(true);
      // What a part says of itself; the parent prints the facts of the whole.
      else if (!/^[a-z-]+: /.test(line)) console.log(line);
    });
    void exited.then(() => done(false));
  });

  return {
    died,
    /** `false`: the part ended before it was ready, and has said why. */
    ready,
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
