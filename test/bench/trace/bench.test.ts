import { expect, test } from 'vitest';
import { startOrigin } from '../../fakes/origin.ts';
import { runFixed } from './fixed.ts';
import { runReplay } from './replay.ts';
import { formatReport } from './telling/report.ts';
import { verdictsOf } from './telling/verdicts.ts';
import type { Replayed } from './traffic/traffic.ts';

/** It starts nine processes, which a busy machine takes its time for. */
const LONGEST_MS = 120_000;

const SMALL = { urls: 60, products: 300, isolates: 2, connections: 4, blockSize: 100 } as const;

test(
  'a small run of the fixed trace finds every body right, and tells what it took',
  async () => {
    const played: number[] = [];
    const result = await runFixed({ ...SMALL, requests: 300, onProgress: at => played.push(at) });
    expect(played).toEqual([100, 200, 300]);
    expect(result).toMatchObject({ violations: [], failures: [] });
    const writes = 300 - result.examined;
    expect(writes).toBeGreaterThan(0);
    expect(result.direct).toMatchObject({
      requests: 300,
      originRequests: 300,
      levels: undefined,
      redis: undefined,
    });
    expect(result.direct.queries).toBeGreaterThan(300);
    const { edge, limit } = result;
    expect(edge.originRequests).toBeLessThan(300);
    expect(edge.queries).toBeLessThan(result.direct.queries ?? 0);
    expect(edge.levels?.L1).toBeGreaterThan(0);
    expect(edge.levels?.L2).toBeGreaterThan(0);
    expect(edge.wireBytes).toBeLessThan(result.direct.wireBytes);
    expect(edge.redis?.billed).toBeGreaterThan(edge.redis?.commands ?? 0);
    expect(verdictsOf(result, false).isRight).toBe(true);
    const report = formatReport({
      ...result,
      limit: limit.byPage,
      played: 'A <short> run.',
      at: new Date(0),
      verdicts: [],
    });
    expect(report).toContain('A &lt;short&gt; run.');
    expect(report).not.toMatch(/(src|href)="(?!data:)|NaN|undefined|url\(/);
  },
  LONGEST_MS,
);

test(
  'replays traffic to the origin that was named, by its host’s name, and says how much came out equal',
  async () => {
    const origin = await startOrigin();
    const page = origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'the page' });
    const requests: Replayed[] = Array.from({ length: 12 }, (_, at) => ({
      method: at % 4 === 3 ? 'HEAD' : 'GET',
      path: page.path,
      headers: { accept: 'text/html' },
    }));
    const options = { isolates: 1, connections: 2, blockSize: 6, onProgress: () => {} };
    const result = await runReplay({
      ...options,
      requests,
      origin: new URL(origin.url),
      host: 'www.example.com',
    });
    await origin.stop();
    expect(result.direct).toMatchObject({ requests: 12, originRequests: 12, queries: undefined });
    expect(result.edge.hitRatio).toBeGreaterThan(0.5);
    expect(result.edge.originRequests).toBeLessThan(12);
    expect(result.equalRatio).toBe(1);
  },
  LONGEST_MS,
);
