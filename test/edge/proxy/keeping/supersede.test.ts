import { expect, test } from 'vitest';
import type { WhyNotKept } from '../../../../edge/proxy/keeping/keepable.ts';
import { dropSuperseded } from '../../../../edge/proxy/keeping/supersede.ts';
import type { Loading } from '../../../../edge/proxy/loading/load.ts';
import { cacheable, planOf } from '../../exchange.ts';

/** Which tags are purged when something is stored and the origin's newer answer is not kept. */
function purged(status: number, why: WhyNotKept, given: Partial<Loading> = {}, profile = 'safe') {
  const tags: string[][] = [];
  const loading = {
    exchange: cacheable({}, planOf({}, { HEADRACE_PROFILE: profile })),
    reading: { found: {} },
    reason: 'request',
    cache: { purge: async (named: string[]) => void tags.push(named) },
    waitUntil: () => {},
    ...given,
  } as unknown as Loading;
  dropSuperseded(loading, { status, why });
  return tags.flat();
}

const URL_TAGS = [',//shop.example/page', ',n//shop.example/page'];

test.each<[number, WhyNotKept]>([
  [200, 'no-store'],
  [200, 'body-size'],
  [404, 'no-freshness'],
  [499, 'no-freshness'],
])('%i, not kept for %s, drops the URL', (status, why) => {
  expect(purged(status, why)).toEqual(URL_TAGS);
});

test.each<[number, WhyNotKept]>([
  [200, 'cookie'],
  [200, 'authorization'],
  [200, 'header'],
  [200, 'method'],
  [200, 'request-no-store'],
  [400, 'no-freshness'],
  [405, 'status'],
  [429, 'no-freshness'],
  [500, 'no-freshness'],
])('%i, not kept for %s, drops nothing', (status, why) => {
  expect(purged(status, why)).toEqual([]);
});

test('by the letter of the RFC a 405 speaks for everyone', () => {
  expect(purged(405, 'no-freshness', {}, 'strict')).toEqual(URL_TAGS);
});

test('an answer that goes past the cache, or to nothing stored, drops nothing', () => {
  expect(purged(200, 'no-store', { reason: 'bypass' })).toEqual([]);
  expect(purged(200, 'no-store', { reading: { found: undefined } as Loading['reading'] })).toEqual([]);
});
