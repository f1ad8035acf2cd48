import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../rules/modules.ts';

/** A browser's module: it has no types. */
const { hubOf, observedWords, partsOf } = await import(join(ROOT, 'edge/dashboard/page/sources.js'));
const none = { coalesced: 0, revalidated: 0, miss: 0, pass: 0, error: 0, refused: 0 };
const byLevel = { memory: { hits: 0 }, redis: { hits: 0 } };
const outcomes = { hit: 60, stale: 6, revalidated: 4, miss: 20, pass: 10, refused: 0 };
const looking = {
  hitRatio: null,
  byLevel,
  outcomes: { ...none, pass: 100 },
  observed: { hitRatio: 66 / 90, outcomes },
};
const serving = {
  hitRatio: 0.5,
  byLevel: { memory: { hits: 5 }, redis: { hits: 0 } },
  outcomes: { ...none, miss: 5 },
  observed: null,
};

describe('while the cache looks on', () => {
  it('the hub tells what it would have answered, and says so', () => {
    expect(hubOf(looking)).toEqual({ hitRatio: 66 / 90, says: 'would hit' });
    expect(hubOf(serving)).toEqual({ hitRatio: 0.5, says: 'hit ratio' });
  });

  it('a sentence tells it in words', () => {
    expect(observedWords(looking).replaceAll('\u202f', ' ')).toBe(
      'HEADRACE_MODE=observe: of 90 requests the cache would have answered 66 (73.3 %) without your origin; 10 more are not for a cache.',
    );
    expect(observedWords(serving)).toBe('');
  });

  it('what passes is not said to be unfit for a cache', () => {
    const hintOf = (cache: object) =>
      partsOf(cache).find(({ name }: { name: string }) => name === 'pass').hint;
    expect([hintOf(looking), hintOf(serving)]).toEqual(['the cache looks on', 'not for a cache']);
  });
});
