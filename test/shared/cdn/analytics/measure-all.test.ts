import { describe, expect, it } from 'vitest';
import { type CdnMeter, CdnUnmeasured, type CdnUse } from '../../../../shared/cdn/analytics/cdn-use.ts';
import { measureAll } from '../../../../shared/cdn/analytics/measure-all.ts';
import { CDN_RATES } from '../../../../shared/cdn/analytics/rates.ts';
import { stretchOf } from './asked.ts';

const rate = CDN_RATES.cloudfront;
const metered = (name: string, measure: CdnMeter['measure']) => ({
  meter: { name, vendor: 'cloudfront' as const, measure },
  rate,
});
const use: CdnUse = { requests: 100, bytes: 1e9, hits: 90, hitBytes: 1.2e9, errors: null };

describe('measureAll', () => {
  it('gives each its ratios, its price and its rate', async () => {
    const [row] = await measureAll([metered('a', async () => use)], stretchOf(24));
    expect(row).toEqual({
      name: 'a',
      vendor: 'cloudfront',
      state: 'measured',
      figures: {
        ...{ requests: 100, bytes: 1e9, hitRatio: 0.9, bytesHitRatio: 1, errorRatio: null },
        ...{ costUsd: 0.0851, savedUsd: 0.108, rate },
      },
    });
  });

  it('has no ratio of nothing', async () => {
    const none = { requests: 0, bytes: 0, hits: 0, hitBytes: 0, errors: 0 };
    const [row] = await measureAll([metered('a', async () => none)], stretchOf(24));
    expect(row?.figures).toMatchObject({ hitRatio: null, bytesHitRatio: null, errorRatio: null, costUsd: 0 });
  });

  it('says of each that does not tell why, and of the others what they did', async () => {
    const rows = await measureAll(
      [
        metered('refuses', () => Promise.reject(new CdnUnmeasured('It answered 403'))),
        metered(
          'hangs',
          (_, signal) =>
            new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        ),
        metered('tells', async () => use),
      ],
      stretchOf(24),
      30,
    );
    expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
      ['unmeasured', 'It answered 403'],
      ['unmeasured', 'It gave no answer in time.'],
      ['measured', undefined],
    ]);
  });
});
