import { describe, expect, it } from 'vitest';
import { parseBudget, resolveOptions } from '../../../shared/query-optimizer/options.ts';
import { relation, snapshotOf } from './snapshots.ts';

describe('the budget', () => {
  it.each([
    ['25%', { ratio: 0.25 }],
    ['0.5 %', { ratio: 0.005 }],
    ['500MB', { bytes: 524_288_000 }],
    ['2gb', { bytes: 2_147_483_648 }],
    ['100 B', { bytes: 100 }],
  ])('is read as people write it: %s', (text, budget) => {
    expect(parseBudget(text)).toEqual(budget);
  });

  it.each(['', '25', '-1%', '0%', 'MB', '1 PB', '1e9MB', '25%%'])('is not %s', text => {
    expect(parseBudget(text)).toBeUndefined();
  });

  it('is a quarter of the tables unless said: a partitioned table has no bytes of its own', () => {
    const relations = [
      relation('a', 'id', { bytes: 400 }),
      relation('b', 'id', { kind: 'partitioned', bytes: 0 }),
    ];
    expect(resolveOptions({}, snapshotOf({ relations }))).toMatchObject({ budgetBytes: 100, dataBytes: 400 });
    expect(resolveOptions({ budget: { bytes: 7 } }, snapshotOf({ relations }))).toMatchObject({
      budgetBytes: 7,
    });
  });
});
