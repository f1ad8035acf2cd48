import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLru, rememberedBytes } from '../../../shared/primitives/lru.ts';

describe('an LRU', () => {
  it('pushes out what was used longest ago when bytes run out', () => {
    const lru = createLru<string>({ maxBytes: 10, maxEntries: 100 });
    for (const key of ['a', 'b', 'c']) lru.set(key, key, 3);
    lru.get('a');
    lru.set('d', 'd', 4);
    expect(['a', 'b', 'c', 'd'].filter(key => lru.peek(key))).toEqual(['a', 'c', 'd']);
    expect(lru.size()).toEqual({ entries: 3, bytes: 10 });
  });

  it('pushes out what was used longest ago when entries run out', () => {
    const lru = createLru<number>({ maxBytes: 1_000, maxEntries: 2 });
    for (const [i, key] of ['a', 'b', 'c'].entries()) lru.set(key, i, 1);
    expect(['a', 'b', 'c'].map(key => lru.get(key))).toEqual([undefined, 1, 2]);
  });

  it('spares what was used once: the next time it has to be used again', () => {
    const lru = createLru<number>({ maxBytes: 1_000, maxEntries: 2 });
    lru.set('a', 1, 1);
    lru.get('a');
    lru.set('b', 2, 1);
    lru.set('c', 3, 1);
    expect(lru.peek('a')).toBe(1);
    lru.set('d', 4, 1);
    lru.set('e', 5, 1);
    expect(lru.peek('a')).toBeUndefined();
  });

  it('does not count a peek or a replacement as a use', () => {
    const lru = createLru<number>({ maxBytes: 1_000, maxEntries: 2 });
    lru.set('a', 1, 1);
    lru.set('b', 2, 1);
    lru.peek('a');
    lru.replace('a', 11);
    expect(lru.peek('a')).toBe(11);
    lru.set('c', 3, 1);
    expect(lru.peek('a')).toBeUndefined();
  });

  it('replaces only what is there', () => {
    const lru = createLru<number>({ maxBytes: 1_000, maxEntries: 2 });
    lru.replace('a', 1);
    expect(lru.get('a')).toBeUndefined();
    expect(lru.size()).toEqual({ entries: 0, bytes: 0 });
  });

  it('keeps nothing that is larger than everything', () => {
    const lru = createLru<number>({ maxBytes: 10, maxEntries: 10 });
    lru.set('a', 1, 11);
    expect(lru.size()).toEqual({ entries: 0, bytes: 0 });
  });

  it('tells once of each value that leaves, and why does not matter', () => {
    const left: [string, number][] = [];
    const onLeave = (key: string, value: number) => left.push([key, value]);
    const lru = createLru<number>({ maxBytes: 1_000, maxEntries: 2, onLeave });
    lru.set('a', 1, 1);
    lru.set('a', 2, 1);
    lru.set('b', 3, 1);
    lru.set('c', 4, 1);
    lru.delete('b');
    lru.delete('b');
    expect(left).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('never exceeds its bounds, and counts what it holds', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
    const step = fc.oneof(
      fc.record({ does: fc.constant('set' as const), key, bytes: fc.nat({ max: 12 }) }),
      fc.record({ does: fc.constantFrom('get' as const, 'delete' as const), key, bytes: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const held = new Map<string, number>();
        const onLeave = (name: string) => held.delete(name);
        const lru = createLru<number>({ maxBytes: 20, maxEntries: 3, onLeave });
        for (const { does, key: name, bytes } of steps) {
          if (does === 'set') {
            lru.delete(name);
            held.set(name, bytes);
            lru.set(name, bytes, bytes);
          } else lru[does](name);
          const total = [...held.values()].reduce((sum, cost) => sum + cost, 0);
          expect(lru.size()).toEqual({ entries: held.size, bytes: total });
          expect(total).toBeLessThanOrEqual(20);
          expect(held.size).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});

describe('the bytes of a remembered text', () => {
  it('are never fewer than its characters take, and grow with each', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), texts => {
        const characters = texts.reduce((sum, text) => sum + text.length, 0);
        expect(rememberedBytes(...texts)).toBeGreaterThanOrEqual(2 * characters);
        expect(rememberedBytes(...texts, 'x')).toBeGreaterThan(rememberedBytes(...texts));
      }),
    );
  });
});
