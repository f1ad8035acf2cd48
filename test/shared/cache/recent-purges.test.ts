import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPurged, parsePurges } from '../../../shared/cache/recent-purges.ts';
import { shortHash } from '../../../shared/primitives/short-hash.ts';

const hashes = (...tags: string[]) => tags.map(shortHash);
const line = (mark: string, ...tags: string[]) => `${mark} ${formatPurged(tags)}\n`;

describe('recent purges', () => {
  const purges = parsePurges(line('m3', 'c') + line('m2', 'b', 'a') + line('m1', 'd'), 'm3');

  it('tell which tags were purged since a mark', () => {
    expect(purges.mayHaveTouched('m2', hashes('a', 'b', 'd'))).toBe(false);
    expect(purges.mayHaveTouched('m2', hashes('c'))).toBe(true);
    expect(purges.mayHaveTouched('m1', hashes('a'))).toBe(true);
    expect(purges.mayHaveTouched('m1', hashes('d'))).toBe(false);
    expect(purges.mayHaveTouched('m3', hashes('a', 'b', 'c', 'd'))).toBe(false);
  });

  it('prove nothing since a mark that they do not have, nor since none', () => {
    expect(purges.mayHaveTouched('m0', hashes('x'))).toBe(true);
    // The list may have begun anew since: it does not tell of all purges there ever were.
    expect(purges.mayHaveTouched('', hashes('x'))).toBe(true);
  });

  it('prove nothing when they are those of another mark, or are none', () => {
    expect(parsePurges(line('m2', 'a'), 'm3').mayHaveTouched('m2', hashes('x'))).toBe(true);
    expect(parsePurges('', '').mayHaveTouched('', hashes('x'))).toBe(true);
    expect(parsePurges('', 'm').mayHaveTouched('m', hashes('x'))).toBe(true);
  });

  it('take a purge of very many tags for one of everything', () => {
    const many = Array.from({ length: 17 }, (_, at) => `t${at}`);
    const list = parsePurges(line('m3', 'a') + line('m2', ...many) + line('m1', 'b'), 'm3');
    expect(list.mayHaveTouched('m1', hashes('x'))).toBe(true);
    expect(list.mayHaveTouched('m2', hashes('x'))).toBe(false);
  });

  it('never hide a purge', () => {
    const tag = fc.constantFrom('a', 'b', 'c', 'd', 'e', '*', 'x y');
    fc.assert(
      fc.property(
        fc.array(fc.array(tag, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 }),
        fc.array(tag, { minLength: 1, maxLength: 3 }),
        fc.nat(12),
        (history, asked, at) => {
          const newestFirst = history.map((tags, place) => line(`m${place}`, ...tags)).toReversed();
          const list = parsePurges(newestFirst.join(''), `m${history.length - 1}`);
          const since = Math.min(at, history.length - 1);
          const purged = new Set(history.slice(since + 1).flat());
          const touched = asked.some(name => purged.has(name));
          expect(list.mayHaveTouched(`m${since}`, hashes(...asked)) || !touched).toBe(true);
        },
      ),
    );
  });
});
