import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestText, hashText, hexOf } from '../../../shared/primitives/hash.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest();

describe('hashes', () => {
  it.each(['', 'a', 'Grüße, 東京 🚰', 'x'.repeat(100_000)])(
    'of a text are SHA-256, of its UTF-8',
    async text => {
      expect(Buffer.from(await digestText(text)).equals(sha256(text))).toBe(true);
      expect(await hashText(text)).toBe(sha256(text).toString('hex').slice(0, 40));
    },
  );

  it('hex has two digits a byte', () => {
    expect(hexOf(Uint8Array.of(0, 1, 15, 16, 255))).toBe('00010f10ff');
    expect(hexOf(new Uint8Array())).toBe('');
  });
});
