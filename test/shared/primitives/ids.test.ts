import { describe, expect, it } from 'vitest';
import { randomHex, randomId } from '../../../shared/primitives/ids.ts';

describe('randomId', () => {
  it('is 96 bits in hex, and never the same', () => {
    const ids = Array.from({ length: 1_000 }, randomId);
    expect(ids.filter(id => !/^[0-9a-f]{24}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('randomHex', () => {
  it('is as many bytes as are asked for, two digits each', () => {
    expect(randomHex(8)).toMatch(/^[0-9a-f]{16}$/);
    expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/);
  });
});
