import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { environmentSchema, readConfig } from './config.ts';

const key = Buffer.alloc(32, 1);
const good = {
  JIRA_WEBHOOK_SECRET: 'a-webhook-secret-of-some-length',
  ATLASSIAN_CLIENT_ID: 'client',
  ATLASSIAN_CLIENT_SECRET: 'hush-hush',
  TOKEN_ENCRYPTION_KEY: key.toString('base64'),
  AUTH_SECRET: 'an-auth-secret-of-at-least-32-characters',
};

function read(more: NodeJS.ProcessEnv = {}) {
  const result = readConfig({ ...good, ...more });
  if (!result.ok) throw new Error(result.faults.join('; '));
  return result.config;
}

function faultsOf(more: NodeJS.ProcessEnv): string[] {
  const result = readConfig({ ...good, ...more });
  return result.ok ? [] : result.faults;
}

describe('the environment', () => {
  it('has Atlassian’s addresses and the documented defaults', () => {
    expect(read()).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      atlassian: { authUrl: 'https://auth.atlassian.com', apiUrl: 'https://api.atlassian.com' },
      role: 'all',
      logLevel: 'info',
      retention: {
        deliveries: { days: 90, rows: 10_000_000 },
        activity: { days: 400, rows: 10_000_000 },
      },
    });
  });

  it.each(Object.keys(good))('without %s stops the service with its name', (name) => {
    expect(faultsOf({ [name]: undefined })).toEqual([`${name} is missing`]);
    expect(faultsOf({ [name]: '' })).toEqual([`${name} is missing`]);
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'userhero.co'],
    ['PUBLIC_URL', 'ftp://userhero.co'],
    ['DATABASE_URL', 'mysql://localhost/userhero'],
    ['JIRA_WEBHOOK_SECRET', 'short'],
    ['JIRA_WEBHOOK_SECRET', 'a-webhook-secret-of-some-length,short'],
    ['ATLASSIAN_AUTH_URL', 'auth.atlassian.com'],
    ['ATLASSIAN_API_URL', 'no url'],
    ['ATLASSIAN_POINTS_PER_HOUR', 'many'],
    ['ATLASSIAN_POINTS_PER_HOUR', '10000000000'],
    ['FORGE_JWKS_URL', 'no url'],
    ['TOKEN_ENCRYPTION_KEY', 'c2hvcnQ='],
    ['TOKEN_ENCRYPTION_KEY', `${key.toString('hex')},zz`],
    ['AUTH_SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['KEEP_DELIVERIES_DAYS', '0'],
    ['KEEP_ACTIVITY_ROWS', 'all'],
    ['ROLE', 'boss'],
  ])('with a wrong %s (%s) stops the service with its name and without its value', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} is wrong: `));
    if (/SECRET|KEY|DATABASE/.test(name)) expect(faults[0]).not.toContain(value);
  });

  it('is told all its faults at once', () => {
    expect(faultsOf({ ROLE: 'boss', AUTH_SECRET: '', PORT: '-1' })).toHaveLength(3);
  });

  it('takes several secrets and keys, for rotation, in base64 or hex', () => {
    const config = read({
      JIRA_WEBHOOK_SECRET: 'the-present-webhook-secret, the-former-webhook-secret',
      TOKEN_ENCRYPTION_KEY: `${Buffer.alloc(32, 2).toString('hex')}, ${key.toString('base64')}`,
    });
    expect(config.webhookSecrets).toEqual(['the-present-webhook-secret', 'the-former-webhook-secret']);
    expect(config.encryptionKeys).toEqual([Buffer.alloc(32, 2), key]);
  });

  it('may write addresses with a slash at the end', () => {
    expect(read({ PUBLIC_URL: 'https://userhero.co/' }).publicUrl).toBe('https://userhero.co');
  });
});

describe('.env.example', () => {
  const root = join(import.meta.dirname, '../..');
  const lines = readFileSync(join(root, '.env.example'), 'utf8').split('\n');
  const variable = /^(# )?([A-Z_]+)=(.*)$/;
  const named = lines.flatMap((line) => variable.exec(line)?.[2] ?? []);

  it('names every variable once, each below a comment that says what it is', () => {
    expect(named).toEqual(Object.keys(environmentSchema.shape));
    const bare = lines.filter((line, at) => variable.test(line) && !/^# [^=]+$/.test(lines[at - 1] ?? ''));
    expect(bare).toEqual([]);
  });

  it('leaves empty what has no default, so that a start names it', () => {
    const result = readConfig(parseEnv(lines.join('\n')));
    expect(result.ok ? [] : result.faults).toEqual(Object.keys(good).map((name) => `${name} is missing`));
  });

  it('shows the defaults as they are', () => {
    const shown = parseEnv(lines.map((line) => line.replace(/^# (?=[A-Z_]+=)/, '')).join('\n'));
    const { DATABASE_URL: _url, FORGE_APP_ID: _id, ...defaults } = shown;
    expect(read({ ...defaults, ...good })).toEqual(read());
  });

  it('has a row for each in docs/operations.md', () => {
    const operations = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    expect(named.filter((name) => !operations.includes(`\`${name}\``))).toEqual([]);
  });
});
