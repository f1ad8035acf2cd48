import { describe, expect, it } from 'vitest';
import { parseIdempotencyKey } from '../../../../edge/api/jobs/idempotency-key.ts';

describe('Idempotency-Key', () => {
  it.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5', '8e03978e-40d5'],
    ['"with space, comma"', 'with space, comma'],
    ['"a \\"quoted\\" \\\\ one"', 'a "quoted" \\ one'],
    [`"${'k'.repeat(255)}"`, 'k'.repeat(255)],
  ])('%s is a key', (field, key) => {
    expect(parseIdempotencyKey(field)).toEqual({ kind: 'key', key });
  });

  it.each(['', '""', '"open', 'two, keys', 'a b', 'ü', '"ü"', '"a\\b"', 'k'.repeat(256), 'a"b'])(
    '%s is wrong',
    field => {
      expect(parseIdempotencyKey(field)).toEqual({ kind: 'wrong' });
    },
  );

  it('may be left out', () => {
    expect(parseIdempotencyKey(undefined)).toEqual({ kind: 'none' });
  });
});
