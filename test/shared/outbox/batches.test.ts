import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../../shared/outbox/batches.ts';

const change = (id: string, ...tags: readonly string[]) => ({ id, tags, at: 0 });

describe('planBatches', () => {
  it('puts changes together while their tags fit into one purge, each tag once', () => {
    const changes = [change('1', 'a', 'b'), change('2', 'b'), change('3', 'c', 'd'), change('4', 'd')];
    expect(planBatches(changes, 3)).toEqual([
      { tags: ['a', 'b'], ids: ['1', '2'], changes: '1@0,2@0', refused: 0 },
      { tags: ['c', 'd'], ids: ['3', '4'], changes: '3@0,4@0', refused: 0 },
    ]);
  });

  it('leaves out what the edge would refuse, and forgets its change all the same', () => {
    expect(planBatches([change('1', 'a b', 'é', '', 'x'.repeat(257))])).toEqual([
      { tags: [], ids: ['1'], changes: '1@0', refused: 4 },
    ]);
  });

  it('loses nothing, keeps the order, and never names more than it may', () => {
    const tags = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(tags), fc.integer({ min: 4, max: 7 }), (lists, most) => {
        const changes = lists.map((list, at) => change(String(at), ...list));
        const batches = planBatches(changes, most);
        expect(batches.flatMap(({ ids }) => ids)).toEqual(changes.map(({ id }) => id));
        for (const batch of batches) {
          expect(batch.tags.length).toBeLessThanOrEqual(most);
          const named = new Set(batch.ids.flatMap(id => lists[Number(id)] ?? []));
          expect(new Set(batch.tags)).toEqual(named);
        }
      }),
    );
  });
});
