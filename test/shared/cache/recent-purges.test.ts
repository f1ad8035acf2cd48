import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecentPurges, formatPurged } from '../../../shared/cache/recent-purges.ts';
import { shortHash } from '../../../shared/primitives/short-hash.ts';

const hashes = (...tags: string[]) => tags.map(shortHash);
const line = (mark: string, ...tags: string[]) => `${mark} ${formatPurged(tags)}\n`;

function knowing(...lists: string[]) {
  const purges = createRecentPurges();
  for (const list of lists) purges.learn(list);
  return (since: string, until: string, ...tags: string[]) =>
    purges.mayHaveTouched(hashes(...tags), { since, until });
}

describe('recent purges', () => {
  const LIST = line('m3', 'c') + line('m2', 'b', 'a') + line('m1', 'd');

  it('tell which tags were purged since a mark', () => {
    const touched = knowing(LIST);
    expect(touched('m2', 'm3', 'a', 'b', 'd')).toBe(false);
    expect(touched('m2', 'm3', 'c')).toBe(true);
    expect(touched('m1', 'm3', 'a')).toBe(true);
    expect(touched('m1', 'm3', 'd')).toBe(false);
    expect(touched('m3', 'm3', 'a', 'b', 'c', 'd')).toBe(false);
  });

  it('prove nothing about marks that they do not have, nor since none', () => {
    const touched = knowing(LIST);
    expect(touched('m0', 'm3', 'x')).toBe(true);
    // Somebody left a mark and no line.
    expect(touched('m1', 'm4', 'x')).toBe(true);
    // The list may have begun anew since: it does not tell of all purges there ever were.
    expect(touched('', 'm3', 'x')).toBe(true);
    expect(touched('m3', 'm1', 'x')).toBe(true);
    expect(knowing('')('', '', 'x')).toBe(true);
  });

  it('are joined, list to list, where one goes back to the other', () => {
    const touched = knowing(LIST, line('m5', 'e') + line('m4', 'f') + line('m3', 'c'));
    expect(touched('m1', 'm5', 'd')).toBe(false);
    expect(touched('m1', 'm5', 'a')).toBe(true);
    expect(touched('m1', 'm5', 'f')).toBe(true);
  });

  it('are forgotten where there is a gap', () => {
    const touched = knowing(LIST, line('m5', 'e') + line('m4', 'f'));
    expect(touched('m1', 'm5', 'd')).toBe(true);
    expect(touched('m4', 'm5', 'd')).toBe(false);
  });

  it('are not disturbed by an older list that comes late', () => {
    const newer = line('m4', 'e') + LIST;
    const touched = knowing(newer, LIST, line('m1', 'd'));
    expect(touched('m1', 'm4', 'd')).toBe(false);
    expect(touched('m1', 'm4', 'e')).toBe(true);
  });

  it('take a purge of very many tags for one of everything', () => {
    const many = Array.from({ length: 17 }, (_, at) => `t${at}`);
    const touched = knowing(line('m3', 'a') + line('m2', ...many) + line('m1', 'b'));
    expect(touched('m1', 'm3', 'x')).toBe(true);
    expect(touched('m2', 'm3', 'x')).toBe(false);
  });

  it('are bounded', () => {
    const purges = createRecentPurges();
    for (let at = 1; at <= 12_000; at++) purges.learn(line(`m${at}`, `t${at}`) + line(`m${at - 1}`, 'x'));
    const since = (at: number) => purges.mayHaveTouched(hashes('y'), { since: `m${at}`, until: 'm12000' });
    expect([since(1), since(6_000), since(11_999)]).toEqual([true, true, false]);
  });

  it('never hide a purge, however the lists are cut and in whatever order they come', () => {
    const tag = fc.constantFrom('a', 'b', 'c', 'd', 'e', '*', 'x y');
    const cut = fc.record({ newest: fc.nat(14), lines: fc.integer({ min: 1, max: 6 }) });
    fc.assert(
      fc.property(
        fc.array(fc.array(tag, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 15 }),
        fc.array(cut, { minLength: 1, maxLength: 12 }),
        fc.array(tag, { minLength: 1, maxLength: 3 }),
        fc.tuple(fc.nat(14), fc.nat(14)),
        (history, cuts, asked, [one, other]) => {
          const lists = cuts.map(({ newest, lines }) => {
            const upTo = history.map((tags, at) => line(`m${at}`, ...tags)).slice(0, newest + 1);
            return upTo.slice(-lines).toReversed().join('');
          });
          const [since, until] = [Math.min(one, other), Math.max(one, other)];
          const isTouched = history
            .slice(since + 1, until + 1)
            .some(tags => tags.some(name => asked.includes(name)));
          expect(knowing(...lists)(`m${since}`, `m${until}`, ...asked) || !isTouched).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
