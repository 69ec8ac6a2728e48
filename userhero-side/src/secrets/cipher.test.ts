import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCipher } from './cipher.ts';

const [former, present] = [randomBytes(32), randomBytes(32)];

describe('a sealed secret', () => {
  it('opens to what it was, whatever it was', () => {
    const cipher = createCipher([present]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(cipher.open(cipher.seal(plain))).toBe(plain);
      }),
    );
  });

  it('never looks the same twice, nor shows the secret or the key', () => {
    const cipher = createCipher([present]);
    const [one, other] = [cipher.seal('a secret'), cipher.seal('a secret')].map((box) => Buffer.from(box));
    expect(one).not.toEqual(other);
    expect(one?.includes('a secret')).toBe(false);
    expect(one?.includes(present.subarray(0, 8))).toBe(false);
  });

  it('does not open when a single bit of it was changed', () => {
    const cipher = createCipher([present]);
    const box = cipher.seal('a secret');
    for (let at = 0; at < box.length; at += 1) {
      const bent = Uint8Array.from(box);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => cipher.open(bent)).toThrow();
    }
  });

  it('opens with a former key that is still listed, and is known as old', () => {
    const box = createCipher([former]).seal('a secret');
    const rotating = createCipher([present, former]);
    expect(rotating.open(box)).toBe('a secret');
    expect(rotating.isOld(box)).toBe(true);
    expect(rotating.isOld(rotating.seal('a secret'))).toBe(false);
  });

  it('names the missing key, and no secret, when its key is gone', () => {
    const box = createCipher([former]).seal('a secret');
    expect(() => createCipher([present]).open(box)).toThrow(
      /no TOKEN_ENCRYPTION_KEY with the id [0-9a-f]{16}/,
    );
  });
});

it('a cipher without a key is refused', () => {
  expect(() => createCipher([])).toThrow('at least one key');
});
