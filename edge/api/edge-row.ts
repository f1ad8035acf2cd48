/**
 * The edge among the CDNs: what Headrace itself did, from its own counts.
 *
 * Shape   figures of a window, its length -> a row as the other CDNs have
 * Units   US dollars
 * Errors  none (total)
 */

import type { CdnFigures } from '../../shared/api/cdn-figures.ts';
import type { Stats } from '../../shared/api/performance.ts';
import { priceUse, savedBy } from '../../shared/cdn/analytics/price.ts';
import { EDGE_RATE } from '../../shared/cdn/analytics/rates.ts';

type Row = CdnFigures['cdns'][number];

const NAMED = { name: 'edge', vendor: 'headrace' } as const;

export function edgeRow(
  { requests, cache, origin, redis }: Pick<Stats, 'requests' | 'cache' | 'origin' | 'redis'>,
  lastingMs: number,
): Row {
  const bytes = origin.bytesFromCache + origin.bytesFromOrigin;
  const use = { requests: requests.total, bytes, hits: null, hitBytes: origin.bytesFromCache, errors: null };
  const worker = priceUse(use, EDGE_RATE, lastingMs).costUsd ?? 0;
  const stored = (redis.billedCommands / 100_000) * redis.usdPer100kCommands;
  const { bytesPerGb: _, ...rate } = EDGE_RATE;
  return {
    ...NAMED,
    state: 'measured',
    figures: {
      requests: requests.total,
      bytes,
      hitRatio: cache.hitRatio,
      bytesHitRatio: origin.bytesOffloadRatio,
      errorRatio: requests.errorRatio,
      costUsd: Math.round((worker + stored) * 10_000) / 10_000,
      savedUsd: savedBy(origin.bytesFromCache),
      rate,
    },
  };
}

export function unmeasuredEdge(reason: string): Row {
  return { ...NAMED, state: 'unmeasured', reason };
}
