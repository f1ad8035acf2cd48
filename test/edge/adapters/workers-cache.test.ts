import { describe, expect, test } from 'vitest';
import { workersCacheOf } from '../../../edge/adapters/workers-cache.ts';
import type { PlatformCache } from '../../../edge/platform.ts';

type Call = Parameters<PlatformCache['purge']>[0];

/** As its documentation has it: one call names one kind, and an answer may say that it did not work. */
function fakeCache(success: () => boolean = () => true) {
  const calls: Call[] = [];
  const cache: PlatformCache = {
    async purge(call) {
      if (Object.keys(call).length !== 1) throw new TypeError('one kind at a time');
      calls.push(call);
      return { success: success() };
    },
  };
  return { calls, front: workersCacheOf({ cache }) };
}

describe('the cache in front', () => {
  test.each([
    [{ kind: 'everything' } as const, [{ purgeEverything: true }]],
    [{ kind: 'tags', tags: ['a', 'b', 'a'] } as const, [{ tags: ['a', 'b'] }]],
    [{ kind: 'paths', pathPrefixes: ['/a'] } as const, [{ pathPrefixes: ['/a'] }]],
    [{ kind: 'paths', pathPrefixes: [] } as const, []],
  ])('is told %j', async (scope, expected) => {
    const { calls, front } = fakeCache();
    expect(await front.purge(scope)).toBe('purged');
    expect(calls).toEqual(expected);
  });

  test('is told of many in parts', async () => {
    const { calls, front } = fakeCache();
    const tags = Array.from({ length: 250 }, (_, i) => `t${i}`);
    await front.purge({ kind: 'tags', tags });
    expect(calls.map(call => call.tags?.length)).toEqual([100, 100, 50]);
    expect(calls.flatMap(call => call.tags ?? [])).toEqual(tags);
  });

  test('that is not there is absent', async () => {
    expect(await workersCacheOf({}).purge({ kind: 'everything' })).toBe('absent');
  });

  test('that fails, or says that it did not work, is unreachable', async () => {
    const scope = { kind: 'everything' } as const;
    expect(await fakeCache(() => false).front.purge(scope)).toBe('unreachable');
    const failing = fakeCache(() => {
      throw new Error('busy');
    });
    expect(await failing.front.purge(scope)).toBe('unreachable');
  });
});
