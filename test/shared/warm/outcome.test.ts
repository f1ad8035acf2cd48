import { describe, expect, it } from 'vitest';
import { decideOutcome, summarize } from '../../../shared/warm/outcome.ts';

describe('decideOutcome', () => {
  it.each([
    [200, 'Headrace; hit; ttl=42; detail=L1', 'hit'],
    [200, 'Headrace; hit; ttl=-3', 'hit'],
    [304, 'Headrace; hit', 'hit'],
    [200, 'Headrace; fwd=uri-miss; stored', 'stored'],
    [200, 'Headrace; fwd=stale; fwd-status=304; stored', 'stored'],
    [200, 'Headrace; fwd=uri-miss', 'passed'],
    [200, 'Headrace; fwd=bypass; detail=header', 'passed'],
    [404, 'Headrace; fwd=uri-miss', 'passed'],
    [301, null, 'passed'],
    [200, null, 'passed'],
  ])('%i with %j is %s', (status, field, kind) => expect(decideOutcome(status, field)).toEqual({ kind }));

  it.each([500, 502, 503, 504, 429])('%i is worth another try', status =>
    expect(decideOutcome(status, 'Headrace; hit')).toEqual({ kind: 'failed', reason: `answered ${status}` }),
  );

  it('believes only our own member, and of two the last', () => {
    expect(decideOutcome(200, 'Origin; hit, Headrace; fwd=uri-miss')).toEqual({ kind: 'passed' });
    expect(decideOutcome(200, 'Headrace; hit, Headrace; fwd=uri-miss; stored')).toEqual({ kind: 'stored' });
    expect(decideOutcome(200, 'HeadraceOther; hit')).toEqual({ kind: 'passed' });
  });

  it('is not misled by a word inside a string', () => {
    expect(decideOutcome(200, 'Headrace; fwd=uri-miss; key="/a; hit, Headrace; stored"')).toEqual({
      kind: 'passed',
    });
    expect(decideOutcome(200, 'Headrace; fwd=uri-miss; key="\\"; hit"')).toEqual({ kind: 'passed' });
  });
});

describe('summarize', () => {
  it('counts each kind; a skipped path was not requested', () => {
    const outcomes = [
      { kind: 'hit' },
      { kind: 'hit' },
      { kind: 'stored' },
      { kind: 'passed' },
      { kind: 'failed', reason: 'answered 503' },
      { kind: 'skipped' },
      { kind: 'skipped' },
    ] as const;
    expect(summarize(outcomes, 120)).toEqual({
      requested: 5,
      hits: 2,
      stored: 1,
      failed: 1,
      skipped: 2,
      ms: 120,
    });
  });
});
