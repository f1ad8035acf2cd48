import { describe, expect, it } from 'vitest';
import { createWarmCache, type WarmCacheDeps } from '../../../functions/warm-cache/warm-cache.ts';
import type { WarmOutcome } from '../../../shared/warm/outcome.ts';

const NOW = 1_700_000_000_000;

interface Scene {
  readonly list?: string | null;
  readonly outcome?: (path: string) => WarmOutcome;
}

function createScene({ list = null, outcome = () => ({ kind: 'stored' }) }: Scene = {}) {
  const logged: object[] = [];
  const runs: { readonly paths: readonly string[]; readonly stopAt: number }[] = [];
  const warmer: WarmCacheDeps['warmer'] = {
    async warm(paths, stopAt) {
      runs.push({ paths, stopAt });
      return new Map(paths.map(path => [path, outcome(path)]));
    },
  };
  const deps = {
    readHotList: async () => list,
    warmer,
    clock: () => NOW,
    log: (entry: object) => logged.push(entry),
  };
  return { logged, runs, warmCache: createWarmCache(deps) };
}

describe('a scheduled run', () => {
  it('warms the list, leaves five seconds of its time, returns and logs the summary', async () => {
    const { warmCache, runs, logged } = createScene({ list: '/a\n/b\nhttp://evil.example/' });
    const summary = await warmCache.runList(60_000);
    expect(runs).toEqual([{ paths: ['/a', '/b'], stopAt: NOW + 55_000 }]);
    expect(summary).toEqual({ requested: 2, hits: 0, stored: 2, failed: 0, skipped: 0, ms: 0 });
    expect(logged).toEqual([{ ...summary, refused: 1 }]);
  });

  it('says that there is no list, which is no error', async () => {
    const { warmCache, logged } = createScene({ list: null });
    expect(await warmCache.runList(60_000)).toMatchObject({ requested: 0, failed: 0 });
    expect(logged[0]).toEqual({ note: 'There is no list of hot URLs: nothing to do' });
  });

  it('says how many paths were cut', async () => {
    const { warmCache, logged } = createScene({
      list: Array.from({ length: 1_250 }, (_, at) => `/${at}`).join('\n'),
    });
    expect(await warmCache.runList(60_000)).toMatchObject({ requested: 1_000 });
    expect(logged).toEqual([expect.objectContaining({ cut: 250 })]);
  });

  it('gives one example of what failed', async () => {
    const failing = (path: string): WarmOutcome => ({ kind: 'failed', reason: `no ${path}` });
    const { warmCache, logged } = createScene({ list: '/a\n/b', outcome: failing });
    expect(await warmCache.runList(60_000)).toMatchObject({ failed: 2 });
    expect(logged).toEqual([expect.objectContaining({ firstFailure: '/a: no /a' })]);
  });
});
