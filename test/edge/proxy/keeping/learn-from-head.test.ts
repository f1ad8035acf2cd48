import { expect, test } from 'vitest';
import { learnFromHead } from '../../../../edge/proxy/keeping/learn-from-head.ts';
import type { Loading } from '../../../../edge/proxy/loading/load.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { OriginAnswer } from '../../../../edge/proxy/origin/fetch-origin.ts';
import type { createLevels } from '../../../../shared/cache/levels.ts';
import type { Fields } from '../../../../shared/http/fields.ts';
import { cacheable, planOf } from '../../exchange.ts';
import { keepDepsOf } from '../../keep-deps.ts';

const STORED: Fields = [
  ['cache-control', 'max-age=60'],
  ['etag', '"v1"'],
];

/** What becomes of a stored page when HEAD is answered like this: writes and purges, in order. */
function learn(answer: { status?: number; fields?: Fields }, given: Partial<Loading> = {}) {
  const done: string[] = [];
  const entry = {
    key: 'k',
    meta: { status: 200, fields: STORED, freshness: {} },
    body: new Uint8Array(4),
    tags: [],
  };
  const cache = {
    write: async ({ value }: { value: { meta: { fields: Fields } } }) =>
      void done.push(`write ${JSON.stringify(Object.fromEntries(value.meta.fields))}`),
    purge: async (tags: string[], { soft }: { soft: boolean }) =>
      void done.push(`${soft ? 'soft' : 'hard'} ${tags}`),
  } as unknown as ReturnType<typeof createLevels>;
  const exchange = cacheable({ method: 'HEAD' });
  const loading = {
    exchange,
    reading: { lookup: lookupOf(exchange), found: { entry, level: 'L1' } },
    reason: 'stale',
    cache,
    waitUntil: () => {},
    ...given,
  } as unknown as Loading;
  const { status = 200, fields = STORED } = answer;
  const obtained = {
    answer: { status, fields, requestedAt: 0, receivedAt: 0 } as unknown as OriginAnswer,
    sent: [],
  };
  const kept = learnFromHead(loading, obtained, keepDepsOf(planOf()));
  return { kept, done };
}

const URL_TAG = ',//shop.example/page,,n//shop.example/page';

test('the same page is written anew with the fields of now', () => {
  const { kept, done } = learn({ fields: [...STORED, ['x-new', '1']] });
  expect(kept).toMatchObject({ storable: true });
  expect(done).toEqual([expect.stringMatching(/^write .*"x-new":"1"/)]);
});

test.each<[string, { status?: number; fields?: Fields }, string[]]>([
  ['another page drops it', { fields: [['etag', '"v2"']] }, [`hard ${URL_TAG}`]],
  ['another length drops it', { fields: [['content-length', '5']] }, [`hard ${URL_TAG}`]],
  ['a page that is gone drops it', { status: 410 }, [`hard ${URL_TAG}`]],
  ['an error says nothing', { status: 405 }, []],
])('%s', (_, answer, done) => {
  expect(learn(answer)).toEqual({ kept: undefined, done });
});

test('a page that must not be stored any more drops it', () => {
  const { kept, done } = learn({ fields: [['cache-control', 'no-store']] });
  expect([kept, done]).toEqual([{ storable: false, why: 'no-store' }, [`hard ${URL_TAG}`]]);
});

test('a GET, a request that goes past the cache, and one that finds nothing teach nothing', () => {
  expect(learn({}, { exchange: cacheable() })).toEqual({ kept: undefined, done: [] });
  expect(learn({}, { reason: 'bypass' })).toEqual({ kept: undefined, done: [] });
  expect(learn({}, { reading: { found: undefined } as Loading['reading'] })).toEqual({
    kept: undefined,
    done: [],
  });
});
