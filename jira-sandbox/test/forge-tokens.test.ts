import { rmSync } from 'node:fs';
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSandbox } from '../src/start-sandbox.ts';
import { send, startForTest } from './connect.ts';
import { buildFixtureApp } from './fixtures/build-fixture-app.ts';

let root: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  root = await buildFixtureApp();
  sandbox = await startForTest({ forge: { root, remoteUrl: 'http://127.0.0.1:9' } });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(root, { recursive: true });
});

const mint = async (wanted: Record<string, unknown> = {}) =>
  (await send(`${sandbox.url}/sandbox/api/forge/token`, 'POST', { site: 'acme', project: 'SHOP', ...wanted }))
    .body;

const keySet = async (): Promise<JSONWebKeySet> => (await send(sandbox.forge?.jwksUrl ?? '')).body;

async function verify(token: string) {
  return jwtVerify(token, createLocalJWKSet(await keySet()), {
    issuer: 'forge/invocation-token',
    audience: sandbox.forge?.appId,
    algorithms: ['RS256'],
  });
}

test('a true token is one that a strict verifier takes', async () => {
  const { token, claims } = await mint({ account: 'max' });
  expect((await verify(token)).payload).toEqual(claims);
  expect(claims.principal).toBe(sandbox.world.accounts[1]?.accountId);
  expect(claims.context.extension.project.key).toBe('SHOP');
});

test.each([
  ['signed by a stranger', { signedWith: 'stranger' }, errors.JWSSignatureVerificationFailed],
  ['with the public key as a secret', { signedWith: 'hs256' }, errors.JOSEAlgNotAllowed],
  ['unsigned', { signedWith: 'none' }, errors.JOSEAlgNotAllowed],
  ['expired', { expiresInSeconds: -30 }, errors.JWTExpired],
  ['of another issuer', { claims: { iss: 'somebody' } }, errors.JWTClaimValidationFailed],
  ['for another app', { claims: { aud: 'ari:cloud:ecosystem::app/other' } }, errors.JWTClaimValidationFailed],
  ['with an unknown key id', { header: { kid: 'unknown' } }, errors.JWKSNoMatchingKey],
])('a hostile token can be had: %s', async (_name, wanted, refusal) => {
  const { token } = await mint(wanted);
  await expect(verify(token)).rejects.toBeInstanceOf(refusal);
});

test('claims are merged deeply, and null takes one away', async () => {
  const { claims } = await mint({ claims: { context: { cloudId: 'other' }, principal: null } });
  expect(claims.context).toMatchObject({ cloudId: 'other', moduleKey: 'fixture-page' });
  expect(claims).not.toHaveProperty('principal');
});

test('a new key joins the old ones, or replaces them', async () => {
  const { token } = await mint();
  await send(`${sandbox.url}/sandbox/api/forge/rotate-keys`, 'POST', {});
  expect((await keySet()).keys).toHaveLength(2);
  await verify(token);
  await send(`${sandbox.url}/sandbox/api/forge/rotate-keys`, 'POST', { forgetOld: true });
  await expect(verify(token)).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
  await verify((await mint()).token);
});

test('the key set holds no private part', async () => {
  for (const key of (await keySet()).keys)
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});
