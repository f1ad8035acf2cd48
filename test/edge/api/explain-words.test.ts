import { describe, expect, test } from 'vitest';
import { type Explained, wordsFor } from '../../../edge/api/explain-words.ts';
import type { StoredEntry } from '../../../edge/proxy/stored.ts';
import { computeFreshness } from '../../../shared/http/freshness.ts';
import { PROFILES } from '../../../shared/http/policy.ts';

const NOW = 1_800_000_000_000;
const entry = {} as StoredEntry;

function stored(cacheControl: string, ageMs = 0) {
  const receivedAt = NOW - ageMs;
  const fields = [['cache-control', cacheControl]] as const;
  const freshness = computeFreshness({
    status: 200,
    fields,
    policy: PROFILES.safe,
    requestedAt: receivedAt,
    receivedAt,
  });
  return { freshness, soft: false, now: NOW };
}
const NOTHING = { freshness: undefined, soft: false, now: NOW };

describe('the words for', () => {
  test('a fresh one say for how long, by what, and from where it is served', () => {
    expect(wordsFor({ kind: 'hit', entry, level: 'L1' }, stored('max-age=60', 18_000))).toBe(
      'It is fresh for 42 seconds, by max-age: served from the memory of this isolate (RFC 9111 §4.2).',
    );
    expect(wordsFor({ kind: 'hit', entry, level: 'L2' }, stored('s-maxage=1'))).toBe(
      'It is fresh for 1 second, by s-maxage: served from Redis (RFC 9111 §4.2).',
    );
  });

  test('a stale one say for how long it has been, or that it was purged', () => {
    const decision: Explained = { kind: 'revalidate', entry, reason: 'stale' };
    expect(wordsFor(decision, stored('max-age=10', 25_000))).toBe(
      'It is stale, 15 seconds past its time, by max-age: the origin is asked whether it still stands (RFC 9111 §4.3).',
    );
    expect(
      wordsFor({ kind: 'stale', entry, level: 'L1' }, { ...stored('max-age=60'), soft: true }),
    ).toContain('because it was purged softly');
  });

  test.each<[Explained, RegExp]>([
    [{ kind: 'fetch', reason: 'uri-miss' }, /^Nothing usable .*RFC 9111 §4\): the origin is asked\.$/],
    [{ kind: 'fetch', reason: 'vary-miss' }, /^Other variants .*§4\.1/],
    [{ kind: 'fetch', reason: 'bypass', detail: 'authorization' }, /Authorization.*§3\.5/],
    [{ kind: 'fetch', reason: 'bypass', detail: 'something-new' }, /\(something-new\)/],
    [{ kind: 'revalidate', entry, reason: 'request' }, /asks for confirmation.*§5\.2\.1/],
    [{ kind: 'pass', why: { forwarded: 'method' } }, /^Only GET and HEAD/],
    [{ kind: 'pass', why: { forwarded: 'bypass', detail: 'range' } }, /a part of what is not stored/],
    [{ kind: 'pass', why: { forwarded: 'bypass', detail: 'something-new' } }, /\(something-new\)/],
    [{ kind: 'unavailable' }, /504.*§5\.2\.1\.7/],
    [
      { kind: 'refuse', problem: { status: 421, code: 'X', title: 'No', detail: 'Because.' } },
      /^No: 421,.*Because\.$/,
    ],
  ])('%j', (explained, words) => {
    expect(wordsFor(explained, NOTHING)).toMatch(words);
  });
});
