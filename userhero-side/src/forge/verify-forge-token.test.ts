import { createServer } from 'node:http';
import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ForgeTokenSettings, forgeKeys, verifyForgeToken } from './verify-forge-token.ts';

const appId = 'ari:cloud:ecosystem::app/6f1f4a0e-5d4c-4a53-9d5e-0b7f6f4f2c11';
const otherApp = 'ari:cloud:ecosystem::app/00000000-0000-4000-8000-000000000000';
const good = {
  iss: 'forge/invocation-token',
  aud: appId,
  app: { id: appId, installationId: 'ari:cloud:ecosystem::installation/1' },
  context: { cloudId: 'cloud-1', extension: { project: { id: '10001' } } },
  principal: '5b10a2844c20165700ede21g',
};

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let atlassian: Keys;
let attacker: Keys;
let settings: ForgeTokenSettings;

beforeAll(async () => {
  atlassian = await generateKeyPair('RS256', { extractable: true });
  attacker = await generateKeyPair('RS256', { extractable: true });
  settings = { appId, keys: createLocalJWKSet({ keys: [await publicJwk(atlassian, 'key-1')] }) };
});

async function publicJwk(keys: Keys, kid: string) {
  return { ...(await exportJWK(keys.publicKey)), kid, alg: 'RS256', use: 'sig' };
}

function sign(claims: JWTPayload, how: { keys?: Keys; kid?: string; expires?: string } = {}) {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: how.kid ?? 'key-1' })
    .setIssuedAt()
    .setExpirationTime(how.expires ?? '5m')
    .sign((how.keys ?? atlassian).privateKey);
}

function unsigned(header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.`;
}

it('a token of our app says whose site it is, who acts and in which Jira project', async () => {
  expect(await verifyForgeToken(settings, await sign(good))).toEqual({
    cloudId: 'cloud-1',
    accountId: '5b10a2844c20165700ede21g',
    ofFunction: false,
    installationId: 'ari:cloud:ecosystem::installation/1',
    jiraProjectId: '10001',
    issueId: null,
  });
});

describe('the token of a backend function, which has no context,', () => {
  const { context: _context, principal: _principal, ...bare } = good;
  const installedAt = (apiBaseUrl: string | undefined, ...others: string[]) =>
    sign({
      ...bare,
      app: {
        ...good.app,
        apiBaseUrl,
        installation: { contexts: others.map((one) => ({ name: 'jira', apiBaseUrl: one })) },
      },
    });
  const acme = 'https://api.atlassian.com/ex/jira/cloud-1';

  it('says whose site it is by the addresses of the installation, and neither who nor where', async () => {
    const caller = {
      cloudId: 'cloud-1',
      accountId: null,
      ofFunction: true,
      installationId: 'ari:cloud:ecosystem::installation/1',
      jiraProjectId: null,
      issueId: null,
    };
    expect(await verifyForgeToken(settings, await installedAt(acme))).toEqual(caller);
    expect(await verifyForgeToken(settings, await installedAt(undefined, acme))).toEqual(caller);
    const confluence = 'https://api.atlassian.com/ex/confluence/cloud-2';
    expect(await verifyForgeToken(settings, await installedAt(acme, confluence, acme))).toEqual(caller);
  });

  it.each([
    ['names no site', []],
    ['names a Confluence alone', ['https://api.atlassian.com/ex/confluence/cloud-1']],
    ['names two sites', [acme, 'https://api.atlassian.com/ex/jira/cloud-2']],
    ['names a site in passing', [`${acme}/rest/api/3`, 'https://example.org/?ex/jira/cloud-1']],
  ])('is refused when it %s', async (_, [first, ...others]) => {
    expect(await verifyForgeToken(settings, await installedAt(first, ...others))).toBeNull();
  });
});

it('an event that nobody caused has no account', async () => {
  const { principal: _, ...claims } = good;
  expect((await verifyForgeToken(settings, await sign(claims)))?.accountId).toBeNull();
});

it('a clock that differs by some seconds is put up with', async () => {
  expect(await verifyForgeToken(settings, await sign(good, { expires: '-10s' }))).not.toBeNull();
});

describe('a hostile token is refused:', () => {
  const hour = () => Math.floor(Date.now() / 1000) + 3600;
  const cases: [string, () => Promise<string>][] = [
    ['for another app', () => sign({ ...good, aud: otherApp })],
    ['for another app, though the audience is ours', () => sign({ ...good, app: { id: otherApp } })],
    ['without an audience', () => sign({ ...good, aud: undefined })],
    ['of another issuer', () => sign({ ...good, iss: 'forge/remote-token' })],
    ['signed by somebody else under a known key id', () => sign(good, { keys: attacker })],
    [
      'signed by somebody else under a key id of their own',
      () => sign(good, { keys: attacker, kid: 'key-2' }),
    ],
    ['expired', () => sign(good, { expires: '-5m' })],
    ['without an expiry', () => signWithoutExpiry()],
    ['not valid yet', () => sign({ ...good, nbf: hour() })],
    ['with the algorithm "none"', async () => unsigned({ alg: 'none' }, { ...good, exp: hour() })],
    [
      'with the algorithm "none" and a key id',
      async () => unsigned({ alg: 'none', kid: 'key-1' }, { ...good, exp: hour() }),
    ],
    ['signed with HS256 and the public key', () => signHmac()],
    ['without a context', () => sign({ ...good, context: undefined })],
    [
      'whose context is no object, though the installation names a site',
      () => sign({ ...good, context: 'cloud-1', app: { ...good.app, apiBaseUrl: 'https://a.b/ex/jira/c' } }),
    ],
    [
      'whose context names no site',
      () => sign({ ...good, context: { siteUrl: 'https://acme.atlassian.net' } }),
    ],
    ['whose site is empty', () => sign({ ...good, context: { cloudId: '' } })],
    ['with a changed body', () => tampered()],
    ['that is none', async () => 'not.a.token'],
  ];
  it.each(cases)('%s', async (_name, make) => {
    expect(await verifyForgeToken(settings, await make())).toBeNull();
  });

  async function signWithoutExpiry() {
    return new SignJWT(good).setProtectedHeader({ alg: 'RS256', kid: 'key-1' }).sign(atlassian.privateKey);
  }
  async function signHmac() {
    const secret = new TextEncoder().encode(await exportSPKI(atlassian.publicKey));
    return new SignJWT(good)
      .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
      .setExpirationTime('5m')
      .sign(secret);
  }
  async function tampered() {
    const [header, , signature] = (await sign(good)).split('.');
    const other = { ...good, exp: hour(), context: { cloudId: 'cloud-2' } };
    return `${header}.${Buffer.from(JSON.stringify(other)).toString('base64url')}.${signature}`;
  }
});

it('a deployment without a Forge app refuses every token', async () => {
  expect(await verifyForgeToken({ ...settings, appId: null }, await sign(good))).toBeNull();
});

it('keys are read once, and again when one of them is new; while they cannot be read, nothing is decided', async () => {
  const next = await generateKeyPair('RS256', { extractable: true });
  let reads = 0;
  let served: object[] | null = [await publicJwk(atlassian, 'key-1')];
  const server = createServer((_request, response) => {
    reads += 1;
    response.statusCode = served ? 200 : 503;
    response.end(JSON.stringify({ keys: served }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/jwks.json`;
  try {
    const cached = { appId, keys: forgeKeys(url, { cooldownDuration: 0 }) };
    expect(await verifyForgeToken(cached, await sign(good))).not.toBeNull();
    expect(await verifyForgeToken(cached, await sign(good))).not.toBeNull();
    expect(reads).toBe(1);

    served = [await publicJwk(next, 'key-2')];
    expect(await verifyForgeToken(cached, await sign(good, { keys: next, kid: 'key-2' }))).not.toBeNull();
    expect(reads).toBe(2);

    served = null;
    const fresh = { appId, keys: forgeKeys(url) };
    await expect(verifyForgeToken(fresh, await sign(good))).rejects.toThrow('cannot be read');
  } finally {
    server.close();
  }
});
