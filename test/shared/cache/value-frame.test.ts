import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TokenPair } from '../../../shared/cache/tokens.ts';
import { bindFrame, frameValue, type StoredValue, unframeValue } from '../../../shared/cache/value-frame.ts';

const token = fc.constantFrom('', '0123456789abcdef01234567');
const arbitrary = fc
  .record({
    key: fc.string({ unit: 'binary', maxLength: 20 }),
    body: fc.uint8Array({ maxLength: 50 }),
    tags: fc.uniqueArray(fc.stringMatching(/^[!-+\--~]{1,8}$/), { maxLength: 4 }),
    tokens: fc.array(fc.tuple(token, token), { minLength: 4, maxLength: 4 }),
    deadAt: fc.nat(),
  })
  .map(({ key, body, tags, tokens, deadAt }) => {
    const meta = { form: 'bytes', freshUntil: 1.5, staleUntil: 2 } as const;
    const stored: StoredValue = { key, body: Uint8Array.from(body), tags, deadAt, meta };
    const pairs: TokenPair[] = tokens.slice(0, tags.length);
    return { stored, pairs, bytes: bindFrame(frameValue(stored), pairs) };
  });

it('a frame gives back what it was made of', () => {
  fc.assert(
    fc.property(arbitrary, ({ stored, pairs, bytes }) => {
      expect(unframeValue(bytes)).toEqual({ stored, tokens: pairs });
    }),
  );
});

it('no frame that is cut can be read', () => {
  fc.assert(
    fc.property(arbitrary, fc.nat(), ({ bytes }, at) => {
      expect(unframeValue(bytes.subarray(0, at % bytes.length))).toBeUndefined();
    }),
  );
});

it('one byte that changed is seen, or it was one of the tokens', () => {
  fc.assert(
    fc.property(
      arbitrary,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      ({ stored, pairs, bytes }, at, flip) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at % bytes.length] = (damaged[at % bytes.length] ?? 0) ^ flip;
        const read = unframeValue(damaged);
        if (read) expect(read.stored).toEqual(stored);
        if (read) expect(read.tokens).not.toEqual(pairs);
      },
    ),
  );
});
