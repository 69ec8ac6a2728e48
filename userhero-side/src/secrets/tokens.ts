import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret with a prefix that tells people (and secret scanners) what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(24).toString('base64url')}`;
}

/** The form in which secrets that are only ever compared are stored. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function equalSecrets(left: string, right: string): boolean {
  return timingSafeEqual(hash('sha256', left, 'buffer'), hash('sha256', right, 'buffer'));
}

/** A check against secrets that stay the same; how long it takes tells at most a secret's length. */
export function createSecretCheck(secrets: readonly string[]): (candidate: string) => boolean {
  const known = secrets.map((secret) => Buffer.from(secret));
  return (candidate) => {
    const given = Buffer.from(candidate);
    return known
      .map((secret) => secret.length === given.length && timingSafeEqual(secret, given))
      .includes(true);
  };
}

/** Signs a text: `text.signature`. */
export function signText(text: string, key: string): string {
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

/** Returns the text of a signed one, or `null` when the signature is not ours. */
export function verifyText(signed: string, key: string): string | null {
  const dot = signed.lastIndexOf('.');
  if (dot < 0) return null;
  const text = signed.slice(0, dot);
  return equalSecrets(signed, signText(text, key)) ? text : null;
}
