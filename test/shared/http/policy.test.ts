import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../shared/http/policy.ts';

describe('the profiles', () => {
  it('safe: errors are short, and those one odd request can provoke are never stored', () => {
    expect(PROFILES.safe.errorTtlMaxSeconds).toBe(10);
    expect(PROFILES.safe.neverStoreStatuses).toEqual([405, 406, 415, 416, 417, 426, 431]);
    expect(PROFILES.safe).toMatchObject({
      heuristicErrors: false,
      credentials: 'explicit',
      staleDirectivesWin: true,
    });
  });

  it('strict: nothing the RFC allows is withheld, and nothing it forbids is done', () => {
    expect(PROFILES.strict).toMatchObject({
      honourRequestDirectives: true,
      errorTtlMaxSeconds: Number.POSITIVE_INFINITY,
      neverStoreStatuses: [],
      credentials: 'rfc',
      staleDirectivesWin: false,
      staleWhileRevalidateSeconds: 0,
    });
  });

  it('static: a reload does not reach the origin, the safety of errors stays', () => {
    const { honourRequestDirectives, errorTtlMaxSeconds, credentials } = PROFILES.static;
    expect({ honourRequestDirectives, errorTtlMaxSeconds, credentials }).toEqual({
      honourRequestDirectives: false,
      errorTtlMaxSeconds: 10,
      credentials: 'explicit',
    });
  });
});
