import { describe, expect, it } from 'vitest';
import { randomId } from '../../../shared/primitives/ids.ts';

describe('randomId', () => {
  it('is 96 bits in hex, and never the same', () => {
    const ids = Array.from({ length: 1_000 }, randomId);
    expect(ids.filter(id => !/^[0-9a-f]{24}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
