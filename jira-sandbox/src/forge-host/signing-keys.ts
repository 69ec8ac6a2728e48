import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ForgeState, SigningKey } from './forge-state.ts';

const modulusBits = 2048;

/** A fresh RSA key; Forge signs invocation tokens with RS256. */
export function newSigningKey(kid: string = randomUUID()): SigningKey {
  const pair = generateKeyPairSync('rsa', { modulusLength: modulusBits });
  return {
    kid,
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/** The key that signs now. */
export function currentKey(state: ForgeState): SigningKey {
  const newest = state.keys.at(-1);
  if (newest) return newest;
  const first = newSigningKey();
  state.keys.push(first);
  return first;
}

/** Signs with a new key from now on; the old ones stay known unless they are to be forgotten. */
export function rotateKeys(state: ForgeState, forgetOld: boolean): SigningKey {
  const next = newSigningKey();
  if (forgetOld) state.keys = [];
  state.keys.push(next);
  return next;
}

/** The public half, as `/.well-known/jwks.json` answers it. */
export function keySet(state: ForgeState): { keys: Record<string, unknown>[] } {
  currentKey(state);
  return {
    keys: state.keys.map((one) => ({
      ...createPublicKey(one.publicPem).export({ format: 'jwk' }),
      kid: one.kid,
      use: 'sig',
      alg: 'RS256',
    })),
  };
}
