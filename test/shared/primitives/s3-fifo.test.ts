import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createS3Fifo } from '../../../shared/primitives/s3-fifo.ts';

const BOUNDS = { maxBytes: 1_000, maxEntries: 100 };

describe('a map that a scan cannot sweep', () => {
  it('keeps what is used while a hundred times as much passes by once', () => {
    const map = createS3Fifo<number>(BOUNDS);
    const hot = Array.from({ length: 50 }, (_, i) => `hot${i}`);
    for (const key of hot) map.set(key, 1, 1);
    for (const key of hot) map.get(key);
    for (let i = 0; i < 10_000; i++) map.set(`scan${i}`, 1, 1);
    expect(hot.filter(key => map.peek(key) !== undefined)).toHaveLength(50);
  });

  it('lets go of what was not used first', () => {
    const map = createS3Fifo<number>({ maxBytes: 1_000, maxEntries: 4 });
    for (const key of ['a', 'b', 'c', 'd']) map.set(key, 1, 1);
    map.get('a');
    map.set('e', 1, 1);
    expect(map.peek('a')).toBe(1);
    expect(map.peek('b')).toBeUndefined();
  });

  it('takes a key that comes back soon for one that is wanted', () => {
    const map = createS3Fifo<number>({ maxBytes: 1_000, maxEntries: 4 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) map.set(key, 1, 1);
    expect(map.peek('a')).toBeUndefined();
    map.set('a', 2, 1);
    for (const key of ['f', 'g', 'h', 'i', 'j']) map.set(key, 1, 1);
    expect(map.peek('a')).toBe(2);
  });

  it('tells what leaves, replaced or pushed out or deleted, once each', () => {
    const left: [string, number][] = [];
    const map = createS3Fifo<number>({ maxBytes: 10, maxEntries: 9, onLeave: (...what) => left.push(what) });
    map.set('a', 1, 4);
    map.set('a', 2, 4);
    map.replace('a', 3);
    map.set('b', 1, 8);
    map.delete('b');
    map.delete('b');
    expect(left).toEqual([
      ['a', 1],
      ['a', 3],
      ['b', 1],
    ]);
  });

  it('pushes out itself what is larger than everything', () => {
    const map = createS3Fifo<number>(BOUNDS);
    map.set('a', 1, 1_001);
    expect(map.size()).toEqual({ entries: 0, bytes: 0 });
  });

  it('never exceeds its bounds and never gives another key’s value, whatever is done', () => {
    const key = fc.integer({ min: 0, max: 30 }).map(String);
    const step = fc.oneof(
      fc.tuple(fc.constant('set' as const), key, fc.nat({ max: 60 })),
      fc.tuple(fc.constant('get' as const), key, fc.constant(0)),
      fc.tuple(fc.constant('delete' as const), key, fc.constant(0)),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), steps => {
        const held = new Map<string, number>();
        const map = createS3Fifo<string>({
          maxBytes: 200,
          maxEntries: 12,
          onLeave: name => held.delete(name),
        });
        for (const [kind, name, bytes] of steps) {
          if (kind === 'get') expect(map.get(name) ?? name).toBe(name);
          if (kind === 'delete') map.delete(name);
          if (kind === 'set') {
            held.set(name, bytes);
            map.set(name, name, bytes);
            // Told of the value before, the test's own record forgot the new one.
            if (map.peek(name) !== undefined) held.set(name, bytes);
          }
          const bytesHeld = [...held.values()].reduce((sum, cost) => sum + cost, 0);
          expect(map.size()).toEqual({ entries: held.size, bytes: bytesHeld });
          expect(bytesHeld).toBeLessThanOrEqual(200);
          expect(held.size).toBeLessThanOrEqual(12);
        }
      }),
    );
  });
});
