import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapBounded } from '../../../shared/primitives/bounded.ts';

/** Work that ends when the test says so. */
function createGates() {
  const open: (() => void)[] = [];
  return { open, work: () => new Promise<void>(resolve => open.push(resolve)) };
}

const settle = () => new Promise(resolve => setImmediate(resolve));

describe('mapBounded', () => {
  it('gives every result at the place of its item, whatever ends first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 6 }), async (waits, concurrency) => {
        const results = await mapBounded(waits, concurrency, async turns => {
          for (let turn = 0; turn < turns; turn++) await null;
          return turns * 2;
        });
        expect(results).toEqual(waits.map(turns => turns * 2));
      }),
    );
  });

  it('has exactly so many under way as allowed, and begins the next when one ends', async () => {
    const { open, work } = createGates();
    const all = mapBounded([1, 2, 3, 4, 5], 2, work);
    await settle();
    expect(open).toHaveLength(2);
    open[0]?.();
    await settle();
    expect(open).toHaveLength(3);
    for (let next = 1; next < 5; next++) {
      open[next]?.();
      await settle();
    }
    await all;
    expect(open).toHaveLength(5);
  });

  it('begins nothing after a failure, and fails with it', async () => {
    const begun: number[] = [];
    const run = mapBounded([1, 2, 3, 4, 5, 6], 2, async item => {
      begun.push(item);
      await settle();
      if (item === 1) throw new RangeError('one');
    });
    await expect(run).rejects.toThrow('one');
    await settle();
    await settle();
    expect(begun).toEqual([1, 2]);
  });

  it('ends at once when there is nothing to do', async () => {
    expect(await mapBounded([], 4, async () => 1)).toEqual([]);
  });
});
