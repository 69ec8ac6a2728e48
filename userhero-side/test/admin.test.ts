import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Project } from '@userhero/shared/contracts/project.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runAdmin } from '../src/admin/run-admin.ts';
import { startService } from '../src/compose.ts';
import { createLog } from '../src/http/log.ts';
import { migrate } from '../src/store/migrate.ts';
import { caller, until } from './support/call.ts';
import { freePort, type Harness, startHarness } from './support/harness.ts';
import { nodeEnvironment } from './support/node-environment.ts';
import { robin } from './support/seeded.ts';
import { authSecret, clientSecret, encryptionKey, webhookSecret } from './support/settings.ts';
import { signIn } from './support/sign-in.ts';
import {
  bodyOf,
  connectJira,
  itemBecomes,
  type List,
  moveInJira,
  projectOn,
  pushedItem,
  readAdapter,
} from './support/steps.ts';
import { withClient } from './support/template-database.ts';

const main = resolve(import.meta.dirname, '../src/admin-main.ts');
let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

type Ran = { code: number | null; out: string; err: string };

/** Runs `npm run admin -- …`; as a process where it reads its standard input, to which `input` is piped. */
function admin(words: string[], environment: Record<string, string> = {}, input?: string): Promise<Ran> {
  const env = { DATABASE_URL: harness.database.url, ...environment };
  if (words[0] !== 'create-owner') return adminHere(words, env);
  const flags = ['--disable-warning=DeprecationWarning', main];
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [...flags, ...words],
      { env: { ...nodeEnvironment(), ...env } },
      (error, out, err) => done({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    );
    if (input !== undefined) child.stdin?.end(input);
  });
}

async function adminHere(words: string[], env: Record<string, string>): Promise<Ran> {
  const ran = { out: '', err: '' };
  const code = await runAdmin(words, env, {
    print: (line) => {
      ran.out += `${line}\n`;
    },
    note: (line) => {
      ran.err += `${line}\n`;
    },
    stdin: process.stdin,
  });
  return { code, ...ran };
}

const fact = ({ out }: Ran, name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(out)?.[1] ?? '';
const owner = ['create-owner', '--name', 'Olga Owner', '--organization', 'Example'];

describe('npm run admin', () => {
  it('lets the first owner of a fresh database sign in, see the project and connect Jira', async () => {
    const url = new URL(inject('serverUrl'));
    url.pathname = `/admin_${randomUUID().replaceAll('-', '')}`;
    await withClient(inject('serverUrl'), (client) =>
      client.query(`CREATE DATABASE ${url.pathname.slice(1)}`),
    );
    const onFresh = { DATABASE_URL: url.href };
    const early = await admin([...owner, '--email', 'olga@example.com'], onFresh);
    expect(early).toMatchObject({ code: 1, out: '' });
    expect(early.err).toContain('npm run migrate');

    await migrate(url.href);
    const made = await admin([...owner, '--email', 'Olga@Example.com'], onFresh);
    expect([made.code, made.err]).toEqual([0, '']);
    const password = fact(made, 'password');
    harness.keepSecret(password);
    const project = await admin(
      ['create-project', '--organization', 'Example', '--name', 'Shop', '--plan', 'growth'],
      onFresh,
    );
    expect(project.code).toBe(0);

    const port = await freePort();
    const config = { ...harness.config, port, publicUrl: `http://localhost:${port}`, databaseUrl: url.href };
    const log = createLog('silent');
    const service = await startService(config, { databaseUrl: url.href, strictJira: true, log });
    try {
      const fresh = { ...harness, origin: config.publicUrl, nobody: caller(config.publicUrl, {}) };
      const olga = await signIn(fresh, { email: 'olga@example.com', password });
      const { items } = bodyOf(await olga<List<Project>>('GET', '/api/projects'));
      expect(items).toMatchObject([{ name: 'Shop', plan: 'growth', workflows: [{ name: 'Issues' }] }]);
      const { adapter } = await connectJira(fresh, { call: olga });
      expect(adapter.state).toBe('active');
    } finally {
      await service.stop();
    }
  });

  it('takes the password from standard input, and prints none then', async () => {
    const email = 'piped@example.com';
    const made = await admin([...owner, '--email', email], {}, 'a piped passphrase\n');
    expect([made.code, made.out.includes('pass')]).toEqual([0, false]);
    await signIn(harness, { email, password: 'a piped passphrase' });
    const short = await admin([...owner, '--email', 'short@example.com'], {}, 'short');
    expect(short).toMatchObject({ code: 1, out: '' });
    expect(short.err).toContain('8 to 128 characters');
    const none = await admin([...owner, '--email', 'none@example.com', '--password-stdin'], {}, '');
    expect([none.code, none.err]).toEqual([1, 'Standard input brought no password.\n']);
  });

  it('refuses an e-mail address that is taken, in whatever letters, or is none', async () => {
    const again = await admin([...owner, '--email', robin.email.toUpperCase()]);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toBe(`Somebody signs in with ${robin.email} already.\n`);
    const none = await admin([...owner, '--email', 'ada']);
    expect([none.code, none.err]).toEqual([1, '"ada" is no e-mail address.\n']);
  });

  it('changes a plan, and adapters pause and resume with it', async () => {
    const { adapter } = await connectJira(harness);
    const { id } = await projectOn(harness.robin, 'growth');
    const down = await admin(['set-plan', '--project', id, '--plan', 'starter']);
    expect(down).toMatchObject({ code: 0, out: expect.stringContaining('plan: starter (was growth)') });
    expect(await readAdapter(harness.robin, adapter.id)).toMatchObject({
      state: 'paused',
      pauseReason: 'plan',
    });
    await admin(['set-plan', '--project', id, '--plan', 'Growth']);
    expect((await readAdapter(harness.robin, adapter.id)).state).toBe('active');
    const unknown = await admin(['set-plan', '--project', id, '--plan', 'gold']);
    expect([unknown.code, unknown.err]).toEqual([
      1,
      'There is no plan "gold". Choose one of free, starter, growth, pro, pro-max.\n',
    ]);
  });

  it('ends the sessions of one person, and of nobody else', async () => {
    const email = 'leaver@example.com';
    const password = fact(await admin([...owner, '--email', email]), 'password');
    harness.keepSecret(password);
    const [leaver, stays] = [await signIn(harness, { email, password }), await signIn(harness, robin)];
    expect((await leaver('GET', '/api/me')).status).toBe(200);
    expect((await admin(['end-sessions', '--email', email])).out).toBe('sessions ended: 1\n');
    expect((await leaver('GET', '/api/me')).status).toBe(401);
    expect((await stays('GET', '/api/me')).status).toBe(200);
    expect((await admin(['end-sessions', '--email', 'nobody@example.com'])).code).toBe(1);
  });

  it.each([
    [['create-onwer'], 'There is no command "create-onwer".'],
    [['create-owner'], 'create-owner needs --email, --name, --organization.'],
    [['create-owner', '--emial', 'a@b.example'], 'create-owner has no option "--emial".'],
    [['create-owner', '--email'], '--email needs a value: the e-mail address to sign in with.'],
    [['create-owner', '--email', '--name', 'Ada'], '--email needs a value'],
    [['end-sessions', '--email=a@b.example', '--email=c@d.example'], '--email is given twice.'],
    [['end-sessions', 'ada@example.com'], '"ada@example.com" stands alone.'],
    [['end-sessions', '--constructor', 'x'], 'end-sessions has no option "--constructor".'],
  ])('says what is wrong with %j, and does nothing', async (words, sentence) => {
    const ran = await admin(words);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(sentence);
    expect(ran.err).not.toContain('at ');
  });

  it('helps with everything and with each command, without a database', async () => {
    const nowhere = { DATABASE_URL: 'postgresql://nobody:hidden-word@127.0.0.1:1/none' };
    const all = await admin(['--help'], nowhere);
    expect(all.code).toBe(0);
    const names = ['create-owner', 'create-project', 'set-plan', 'end-sessions', 'check-jira'];
    for (const name of names) {
      expect(all.out).toContain(name);
      expect(await admin([name, '--help'], nowhere)).toMatchObject({ code: 0, err: '' });
    }
    const unreachable = await admin([...owner, '--email', 'a@b.example'], nowhere);
    expect(unreachable.code).toBe(1);
    expect(unreachable.err).toMatch(/^The database at 127\.0\.0\.1:1 does not let us in: /);
    expect(unreachable.err).not.toContain('hidden-word');
    const lacksFile = await admin(['set-plan', '--project', 'a', '--plan', 'pro'], {
      DATABASE_URL: 'postgresql://x:hidden-word@127.0.0.1:1/x?sslrootcert=/no/such/file',
    });
    expect(lacksFile.err).toMatch(/^The database at .* does not let us in: ENOENT.* See whether it runs/);
  });
});

describe('npm run admin -- check-jira', () => {
  const environment = () => ({
    PORT: String(harness.config.port),
    PUBLIC_URL: harness.origin,
    JIRA_WEBHOOK_SECRET: webhookSecret,
    ATLASSIAN_CLIENT_ID: harness.config.atlassian.clientId,
    ATLASSIAN_CLIENT_SECRET: clientSecret,
    ATLASSIAN_AUTH_URL: harness.sandbox.url,
    ATLASSIAN_API_URL: harness.sandbox.url,
    TOKEN_ENCRYPTION_KEY: encryptionKey.toString('base64'),
    AUTH_SECRET: authSecret,
  });
  const check = (id: string) => admin(['check-jira', '--adapter', id], environment());

  it('is a list of ticks where everything works, and changes nothing in Jira', async () => {
    const { adapter, workflow } = await connectJira(harness);
    const { item, key } = await pushedItem(harness, workflow);
    await until('the webhook', async () =>
      harness.sandbox.world.sites.some((one) => one.dynamicWebhooks.length),
    );
    await moveInJira(harness, key, 'Done');
    await itemBecomes(harness.robin, item.id, 'resolved');
    const before = JSON.stringify(harness.sandbox.world.sites);
    const ran = await check(adapter.id);
    expect([ran.err, ran.out.includes('✗'), ran.code]).toEqual(['', false, 0]);
    expect(ran.out).toMatch(/✓ Ada Admin may create issues\.\n/);
    expect(ran.out).toMatch(/✓ The webhook to .* is registered, until \d{4}-\d{2}-\d{2}\.\n/);
    expect(ran.out).toMatch(/✓ The last event arrived at /);
    expect(JSON.stringify(harness.sandbox.world.sites)).toBe(before);
    const secrets = [
      clientSecret,
      webhookSecret,
      ...harness.sandbox.world.accessTokens.map(({ token }) => token),
    ];
    expect(secrets.filter((secret) => ran.out.includes(secret))).toEqual([]);
  });

  it('crosses out what is missing, each with its remedy', async () => {
    const { adapter } = await connectJira(harness, { account: 'max', project: 'MOB' });
    const permissions = { project: 'MOB', account: 'max', edit: false, link: false };
    bodyOf(await harness.jira('POST', '/sandbox/api/permissions', permissions));
    const ran = await check(adapter.id);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(
      /✗ Max Member may not edit issues .*\n {4}Give Max Member the permission "Edit Issues"/,
    );
    expect(ran.out).toMatch(/✗ Max Member may not link issues /);
    expect(ran.out).toContain('✗ No event has arrived yet.');
    bodyOf(
      await harness.jira('POST', '/sandbox/api/permissions', { ...permissions, edit: null, link: null }),
    );
    bodyOf(await harness.jira('POST', '/sandbox/api/grants/revoke', { account: 'max' }));
    const revoked = await check(adapter.id);
    expect([revoked.code, revoked.err]).toEqual([1, '']);
  });

  it('says which variables it needs, and which adapter there is not', async () => {
    const bare = await admin(['check-jira', '--adapter', 'x']);
    expect(bare.code).toBe(1);
    expect(bare.err).toContain('TOKEN_ENCRYPTION_KEY is missing');
    expect(await check('x')).toMatchObject({ code: 1, err: 'There is no adapter "x".\n' });
  });
});
