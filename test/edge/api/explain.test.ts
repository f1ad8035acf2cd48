import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../edge/api/explain.ts';
import { createKnownSearch, searchRuleOf } from '../../../edge/proxy/keeping/known-search.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import type { Lookup } from '../../../shared/cache/entry.ts';
import type { CacheReading } from '../../../shared/cache/levels.ts';
import { planOf } from '../exchange.ts';

function explaining() {
  const looked: Lookup[] = [];
  const cache = {
    async look(lookup: Lookup): Promise<CacheReading<Stored>> {
      looked.push(lookup);
      const ticket = { mark: '', tokens: new Map(), at: 0, order: 0 };
      return {
        lookup,
        found: undefined,
        near: { entry: undefined, forks: { names: [], deadAt: 0 }, ticket },
        far: undefined,
      };
    },
  };
  const knownSearch = createKnownSearch();
  const plan = planOf({ hosts: { 'shop.example': 'default' } });
  const app = new Hono().post('/x', explain({ plan, cache, clock: () => 0, knownSearch }));
  const ask = async (body: unknown) => {
    const response = await app.request('http://shop.example/x', {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
  };
  return { ask, looked, knownSearch };
}

describe('explain', () => {
  test('looks for what the request itself would look for', async () => {
    const { ask, looked, knownSearch } = explaining();
    knownSearch.learn('http://shop.example/a', searchRuleOf([['no-vary-search', 'params=("x")']]));
    expect(await ask({ url: '/a?b=2&x=1&a=1' })).toMatchObject({
      status: 200,
      key: 'http://shop.example/a?a=1&b=2&x=1',
      decision: { kind: 'fetch', reason: 'uri-miss' },
    });
    expect(looked.map(({ base }) => base)).toEqual([
      expect.stringMatching(/^http:\/\/shop\.example\/a\?a=1&b=2 \{/),
    ]);
  });

  test('looks for nothing where the cache would not be asked', async () => {
    const { ask, looked } = explaining();
    expect(await ask({ url: 'http://other.example/' })).toMatchObject({
      decision: { kind: 'refuse', status: 421 },
    });
    expect(await ask({ url: '/', method: 'DELETE' })).toMatchObject({ decision: { kind: 'pass' } });
    expect(looked).toEqual([]);
  });

  test.each(['CONNECT', 'TRACE'])(
    '%s, which the platform refuses, is told as a wrong question',
    async method => {
      expect(await explaining().ask({ url: '/', method })).toMatchObject({
        status: 400,
        code: 'EXPLAIN_INVALID',
      });
    },
  );
});
