import { expect, test } from 'vitest';
import type { FlightOutcome } from '../../../../edge/proxy/loading/flights.ts';
import { createKnownVary } from '../../../../edge/proxy/loading/known-vary.ts';
import { load } from '../../../../edge/proxy/loading/load.ts';
import { watchLoad } from '../../../../edge/proxy/loading/watch-load.ts';
import { lookupOf } from '../../../../edge/proxy/lookup.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import { createLevels } from '../../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../../shared/cache/memory-store.ts';
import { cacheable, planOf } from '../../exchange.ts';
import { keepDepsOf } from '../../keep-deps.ts';

const clock = () => Date.UTC(2026, 0, 1);

/** Everything that was told, in order. */
async function told(answer: () => Response): Promise<(FlightOutcome | 'begun')[]> {
  const plan = planOf();
  const exchange = cacheable({}, plan);
  const memory = createMemoryStore<Stored>({ maxBytes: 1e6, maxEntries: 9, clock });
  const cache = createLevels<Stored>({ memory, onEvent: () => {} });
  const heard: (FlightOutcome | 'begun')[] = [];
  const watched = watchLoad(
    {
      exchange,
      reading: await cache.read(lookupOf(exchange)),
      cache,
      reason: 'uri-miss',
      waitUntil: () => {},
    },
    loading =>
      load(loading, {
        send: async () => answer(),
        clock,
        ...keepDepsOf(plan),
        knownVary: createKnownVary(),
      }),
    { begin: () => heard.push('begun'), settle: outcome => heard.push(outcome) },
  );
  const response = await watched.response;
  await response.text().catch(() => undefined);
  await watched.over;
  return heard;
}

const page =
  (headers: Record<string, string>, body = 'page', status = 200) =>
  () =>
    new Response(body, { headers, status });

test.each<[string, () => Response, FlightOutcome]>([
  ['a fresh page', page({ 'cache-control': 'max-age=60' }), { kind: 'stored', reusable: true }],
  [
    'a page that came stale from another cache',
    page({ 'cache-control': 'max-age=60', age: '60', etag: '"a"' }),
    { kind: 'stored', reusable: true },
  ],
  [
    'a page that is to be confirmed each time',
    page({ 'cache-control': 'no-cache', etag: '"a"' }),
    { kind: 'stored', reusable: false },
  ],
  ['a private page', page({ 'cache-control': 'private' }), { kind: 'unstored', status: 200 }],
  ['an error', page({}, 'down', 503), { kind: 'unstored', status: 503 }],
  [
    'a body that broke off',
    page({ 'cache-control': 'max-age=60', 'content-length': '9' }, 'half'),
    { kind: 'unstored', status: 200 },
  ],
])('%s is told once, after its beginning', async (_, answer, outcome) => {
  expect(await told(answer)).toEqual(['begun', outcome]);
});

test('no answer is told before the problem is', async () => {
  const refused = () => {
    throw new Error('refused');
  };
  expect(await told(refused)).toEqual([{ kind: 'failure', why: 'unreachable' }, 'begun']);
});
