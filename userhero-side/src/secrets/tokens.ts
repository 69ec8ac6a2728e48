import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random secret with a prefix that tells people (and secret scanners) what it is. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(24).toString('base64url')}`;
}

/** The form in which secrets that are only ever compared are stored. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** The credentials of an `Authorization: Bearer …` header (RFC 6750), or `null` when it holds none. */
export function readBearer(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

/** Compares two secrets in a time that does not depend on where they differ; it may tell their length. */
export function equalSecrets(left: string, right: string): boolean {
  const [known, given] = [Buffer.from(left), Buffer.from(right)];
  return known.length === given.length && timingSafeEqual(known, given);
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
