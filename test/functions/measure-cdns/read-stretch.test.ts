import { describe, expect, it } from 'vitest';
import { readStretch } from '../../../functions/measure-cdns/read-stretch.ts';

const HOUR_MS = 3_600_000;

describe('readStretch', () => {
  it('takes whole hours', () =>
    expect(readStretch({ fromAt: 0, toAt: HOUR_MS })).toEqual({ fromAt: 0, toAt: HOUR_MS }));

  it.each([
    null,
    {},
    { fromAt: 0, toAt: 1 },
    { fromAt: HOUR_MS, toAt: HOUR_MS },
    { fromAt: '0', toAt: HOUR_MS },
    { fromAt: 0, toAt: 32 * 24 * HOUR_MS },
  ])('refuses %j', event => expect(() => readStretch(event)).toThrow('whole hours'));
});
