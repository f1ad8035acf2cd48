import { expect, it } from 'vitest';
import { edgeRow } from '../../../edge/api/edge-row.ts';
import { edgeFigures } from '../../../shared/monitoring/edge-figures.ts';
import { mergeSamples } from '../../../shared/monitoring/tally.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

it('prices a day of the edge: its share of the month, its requests, its Redis; and what it spared the origin', () => {
  const figures = edgeFigures(mergeSamples([]), {
    lastingMs: DAY_MS,
    usdPer100kCommands: 0.2,
    breaker: 'absent',
  });
  const day = {
    requests: { ...figures.requests, total: 1_000_000, errorRatio: 0.01 },
    cache: { ...figures.cache, hitRatio: 0.8 },
    origin: { ...figures.origin, bytesFromCache: 90e9, bytesFromOrigin: 10e9, bytesOffloadRatio: 0.9 },
    redis: { ...figures.redis, billedCommands: 500_000 },
  };
  // By hand: 5 / 30 of a month, a million requests at 0.30, half a million commands at 0.2 for each 100,000; 90 GB at 0.09.
  expect(edgeRow(day, DAY_MS)).toMatchObject({
    name: 'edge',
    vendor: 'headrace',
    state: 'measured',
    figures: {
      ...{ requests: 1_000_000, bytes: 100e9, hitRatio: 0.8, bytesHitRatio: 0.9, errorRatio: 0.01 },
      ...{ costUsd: 1.4667, savedUsd: 8.1 },
    },
  });
});
