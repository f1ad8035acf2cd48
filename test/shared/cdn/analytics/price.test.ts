import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../../shared/cdn/analytics/cdn-use.ts';
import { priceUse, savedBy } from '../../../../shared/cdn/analytics/price.ts';
import { CDN_RATES, ORIGIN_RATE } from '../../../../shared/cdn/analytics/rates.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const use = { requests: 10_000_000, bytes: 500e9, hits: null, hitBytes: 400e9, errors: null };

describe('the price of a use', () => {
  it('is that of traffic, requests, and the share of the month', () => {
    // By hand: 500 GB at 0.085 and ten million at a cent for ten thousand; 500 GB at 0.083, ten million at 0.009, a day of 35.
    expect(priceUse(use, CDN_RATES.cloudfront, DAY_MS)).toEqual({ costUsd: 52.5, savedUsd: 36 });
    expect(priceUse(use, CDN_RATES['azure-front-door'], DAY_MS).costUsd).toBe(51.6667);
  });

  it('is of GiB where the vendor bills so', () => {
    const gibibyte = { ...use, requests: 0, bytes: 2 ** 30 };
    expect(priceUse(gibibyte, CDN_RATES.google, DAY_MS).costUsd).toBe(0.08);
  });

  it('is not known where the rate is a matter of contract, or the hits are not told', () => {
    const rate = { ...CDN_RATES.cloudflare, usdPerMonth: null };
    expect(priceUse({ ...use, hitBytes: null }, rate, DAY_MS)).toEqual({ costUsd: null, savedUsd: null });
    expect(savedBy(null)).toBeNull();
  });

  it.each([...Object.values(CDN_RATES), ORIGIN_RATE])(
    'has its source beside it: $source',
    ({ source, readOn }) => {
      expect(source).toMatch(/^https:\/\//);
      expect(readOn).toMatch(/^20\d\d-\d\d$/);
    },
  );
});

describe('shareOf', () => {
  it.each([
    [1_000, 3, 4, 750],
    [1_000, null, 4, null],
    [0, 0, 0, 0],
  ])('of %j, %j of %j: %j', (whole, part, of, share) => expect(shareOf(whole, part, of)).toBe(share));
});
