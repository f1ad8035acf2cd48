import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, crc32, equalsInConstantTime } from '../../../shared/primitives/bytes.ts';

describe('crc32', () => {
  it("gives RFC 1952's check value", () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  it("agrees with zlib's for every length and at every offset", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 7 }), (bytes, offset) => {
        const view = bytes.subarray(Math.min(offset, bytes.length));
        expect(crc32(view)).toBe(zlibCrc32(view));
      }),
      { numRuns: 500 },
    );
  });
});

describe('concatBytes', () => {
  it('puts one behind the other, in a buffer of its own', () => {
    const first = Uint8Array.of(1, 2);
    const joined = concatBytes([first, new Uint8Array(), Uint8Array.of(3, 4, 5).subarray(1)]);
    expect([...joined]).toEqual([1, 2, 4, 5]);
    joined[0] = 9;
    expect(first[0]).toBe(1);
    expect(concatBytes([]).byteLength).toBe(0);
  });
});

describe('equalsInConstantTime', () => {
  it('is equality', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (left, right) => {
        expect(equalsInConstantTime(left, right)).toBe(Buffer.compare(left, right) === 0);
        expect(equalsInConstantTime(left, left.slice())).toBe(true);
      }),
    );
  });

  it('is not fooled by a beginning or by zeros at the end', () => {
    expect(equalsInConstantTime(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
    expect(equalsInConstantTime(Uint8Array.of(1, 2, 0), Uint8Array.of(1, 2))).toBe(false);
    expect(equalsInConstantTime(Uint8Array.of(), Uint8Array.of(0))).toBe(false);
  });
});
