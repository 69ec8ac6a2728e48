import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts and decrypts secrets at rest. A box is keyId(8) ‖ nonce(12) ‖ tag(16) ‖ ciphertext. */
export type Cipher = {
  seal(plain: string): Uint8Array<ArrayBuffer>;
  open(box: Uint8Array): string;
  /** Whether a box was sealed with an older key and should be sealed again. */
  isOld(box: Uint8Array): boolean;
};

const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM with rotation: the first key seals, every key opens. The key's id (the start of its SHA-256)
 * travels with the box, so a key can be added in front and the old one removed once nothing uses it.
 */
export function createCipher(keys: readonly Buffer[]): Cipher {
  const ring = new Map(keys.map((key) => [keyId(key).toString('hex'), key]));
  const [current] = keys;
  if (!current) throw new Error('a cipher needs at least one key');
  const currentId = keyId(current);

  return {
    seal(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([currentId, nonce, cipher.getAuthTag(), body]));
    },
    open(box) {
      const bytes = Buffer.from(box);
      const id = bytes.subarray(0, keyIdBytes).toString('hex');
      const key = ring.get(id);
      if (!key) throw new Error(`no TOKEN_ENCRYPTION_KEY with the id ${id}; add the former key back`);
      const nonceEnd = keyIdBytes + nonceBytes;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(keyIdBytes, nonceEnd));
      decipher.setAuthTag(bytes.subarray(nonceEnd, nonceEnd + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceEnd + tagBytes)), decipher.final()]).toString(
        'utf8',
      );
    },
    isOld: (box) => !Buffer.from(box).subarray(0, keyIdBytes).equals(currentId),
  };
}

function keyId(key: Buffer): Buffer {
  return createHash('sha256').update(key).digest().subarray(0, keyIdBytes);
}
