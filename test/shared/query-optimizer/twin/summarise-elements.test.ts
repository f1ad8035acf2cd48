import { describe, expect, it } from 'vitest';
import { summariseElements } from '../../../../shared/query-optimizer/twin/summarise-elements.ts';
import { columnStatistics } from './sources.ts';

const ROWS = 60_000;
const of = { rows: ROWS, isHashed: false };
const known = columnStatistics('doc', 'facets', { distinct: -1 });

/** Numbers that look like chance and are the same each time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return sides => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

const sampleOf = (value: (at: number) => readonly string[]) =>
  Array.from({ length: 101 }, (_, at) => value(at));

describe('what a sample says of all elements', () => {
  it('counts those of a value, and takes for common what was seen more than once', () => {
    const roll = dice(3);
    const bounds = sampleOf(at => ['every', at % 2 === 0 ? 'even' : 'odd', `own-${roll(1e9)}`]);
    const found = summariseElements({ common: [], bounds }, known, of);
    expect(found.perValue).toBe(3);
    expect(found.commonShares?.map(share => Math.round(share * 100))).toEqual([100, 50, 50]);
    expect(found.common[0]).toEqual(['every', expect.closeTo(1, 6)]);
  });

  it('weighs common values by their shares', () => {
    const statistics = columnStatistics('doc', 'facets', { distinct: 3, mostCommonFrequencies: [0.9, 0.05] });
    const common = [['a'], ['a', 'b', 'c']];
    const { perValue, common: shares } = summariseElements({ common, bounds: [['d']] }, statistics, of);
    expect(perValue).toBeCloseTo(0.9 + 3 * 0.05 + 0.05, 6);
    expect(new Map(shares).get('a')).toBeCloseTo(0.95, 6);
  });

  it('says of values, and not of rows without one, how many have an element', () => {
    const statistics = columnStatistics('doc', 'facets', { nullFraction: 0.5, mostCommonFrequencies: [0.3] });
    const { common } = summariseElements({ common: [['a']], bounds: [['b'], ['b']] }, statistics, of);
    expect(common).toEqual([
      ['a', expect.closeTo(0.6, 9)],
      ['b', expect.closeTo(0.4, 9)],
    ]);
  });

  it('takes all for common where every value is listed', () => {
    const statistics = columnStatistics('doc', 'facets', { distinct: 2, mostCommonFrequencies: [0.7, 0.3] });
    const { commonShares } = summariseElements({ common: [['a'], ['b']], bounds: [] }, statistics, of);
    expect(commonShares).toEqual([0.7, 0.3]);
  });

  it('tells a letter by its bytes', () => {
    const widthOf = (word: string) => summariseElements({ common: [], bounds: [[word]] }, known, of).width;
    expect(widthOf('слово') - widthOf('')).toBe(10);
  });

  it('foretells elements that have an end, although nearly each was new', () => {
    const roll = dice(7);
    const bounds = sampleOf(() => [`user${roll(2_000)}`, `user${roll(2_000)}`]);
    const { distinct } = summariseElements({ common: [], bounds }, known, of);
    expect(distinct).toBeGreaterThan(1_000);
    expect(distinct).toBeLessThan(ROWS / 3);
  });

  it('knows of many where each value has its own, and of no more than were seen where all came again', () => {
    const own = summariseElements({ common: [], bounds: sampleOf(at => [`own-${at}`]) }, known, of);
    expect(own.distinct).toBeGreaterThan(10_000);
    const same = summariseElements({ common: [], bounds: sampleOf(() => ['a', 'b']) }, known, of);
    expect(same.distinct).toBe(2);
  });

  it('tells four bytes of what is kept as a hash', () => {
    const bounds = sampleOf(at => [`long-element-${at}`]);
    expect(summariseElements({ common: [], bounds }, known, { ...of, isHashed: true }).width).toBe(4);
    expect(summariseElements({ common: [], bounds }, known, of).width).toBeGreaterThan(13);
  });
});
