import { expect, it } from 'vitest';
import { parseRetryAfterMs } from '../../../shared/http/retry-after.ts';

const now = Date.UTC(2027, 0, 1, 12);

it.each<[string | null, number | undefined]>([
  ['120', 120_000],
  [' 0 ', 0],
  ['Fri, 01 Jan 2027 12:00:30 GMT', 30_000],
  ['Fri, 01 Jan 2027 11:00:00 GMT', 0],
  [null, undefined],
  ['', undefined],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
])('Retry-After: %j is %j', (field, ms) => {
  expect(parseRetryAfterMs(field, now)).toBe(ms);
});
