import { describe, expect, it } from 'vitest';
import { isHeuristicallyCacheable, isServerFailure, isUnderstood } from '../../../shared/http/status.ts';

const ALL = Array.from({ length: 500 }, (_, index) => index + 100);

describe('status codes', () => {
  it('are heuristically cacheable as RFC 9110 §15.1 lists them, 206 left out', () => {
    expect(ALL.filter(isHeuristicallyCacheable)).toEqual([
      200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501,
    ]);
  });

  it('let a stale response stand in for four failures (RFC 5861 §4)', () => {
    expect(ALL.filter(isServerFailure)).toEqual([500, 502, 503, 504]);
  });

  it('are understood where RFC 9110 defines them, but neither interim, partial, 304 nor unknown', () => {
    expect([200, 302, 404, 429, 500].map(isUnderstood)).toEqual([true, true, true, false, true]);
    expect([100, 103, 206, 304, 299, 499, 599].some(isUnderstood)).toBe(false);
  });
});
