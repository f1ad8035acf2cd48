import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSortedSet } from '../../../../infra/local/redis/sorted-set.ts';

const inOrder = (scores: ReadonlyMap<string, number>) =>
  [...scores]
    .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    .map(([member, score]) => ({ member, score }));

it('stands in order whatever comes and goes', () => {
  const member = fc.nat({ max: 40 }).map(String);
  const steps = fc.array(fc.tuple(member, fc.option(fc.integer({ min: -3, max: 3 }))), { maxLength: 80 });
  fc.assert(
    fc.property(steps, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (given, from, count) => {
      const [sorted, expected] = [createSortedSet(), new Map<string, number>()];
      for (const [name, score] of given) {
        if (score === null) expect(sorted.remove(name)).toBe(expected.delete(name));
        else {
          sorted.put(name, score);
          expected.set(name, score);
        }
      }
      const all = inOrder(expected);
      expect(sorted.size).toBe(all.length);
      expect(sorted.slice(0)).toEqual(all);
      expect(sorted.slice(from, from + count)).toEqual(all.slice(from, from + count));
      expect(sorted.countBefore(({ score }) => score >= 0)).toBe(all.filter(({ score }) => score < 0).length);
      expect(all.map(({ member: name }) => sorted.rank(name))).toEqual(all.map((_, at) => at));
    }),
  );
});

it('stands in order with thousands, from the front, from behind and in between', () => {
  const [sorted, expected] = [createSortedSet(), new Map<string, number>()];
  const put = (name: string, score: number) => {
    sorted.put(name, score);
    expected.set(name, score);
  };
  for (let at = 0; at < 3_000; at++) put(`a${at}`, (at * 7_919) % 3_001);
  for (let at = 0; at < 1_500; at++) put(`b${at}`, -at);
  for (let at = 0; at < 3_000; at += 2) {
    sorted.remove(`a${at}`);
    expected.delete(`a${at}`);
  }
  const all = inOrder(expected);
  expect(sorted.slice(0)).toEqual(all);
  expect(sorted.slice(1_000, 2_500)).toEqual(all.slice(1_000, 2_500));
  expect(sorted.rank('a1')).toBe(all.findIndex(({ member }) => member === 'a1'));
  for (const { member } of all) sorted.remove(member);
  expect([sorted.size, sorted.slice(0), sorted.countBefore(() => false)]).toEqual([0, [], 0]);
});
