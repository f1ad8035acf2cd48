import { expect, test } from 'vitest';
import { decideKeepable } from '../../../../edge/proxy/keeping/keepable.ts';
import type { Fields } from '../../../../shared/http/fields.ts';
import { cacheable, planOf } from '../../exchange.ts';

const LIMITS = { maxBodyBytes: 100, maxHeaderBytes: 200 };
const decide = (fields: Fields, exchange = cacheable(), status = 200) =>
  decideKeepable(
    exchange,
    { method: 'GET', status, fields: [['cache-control', 'max-age=60'], ...fields], receivedAt: 0 },
    LIMITS,
  );

test('a fresh response is kept under its tags', () => {
  expect(
    decide([
      ['surrogate-key', 'a b'],
      ['cache-tag', 'c'],
    ]),
  ).toEqual({ storable: true, tags: ['a', 'b', 'c'] });
});

test.each<[string, Fields]>([
  ['set-cookie', [['set-cookie', 'a=1']]],
  ['tag-length', [['surrogate-key', 'x'.repeat(257)]]],
  ['body-size', [['content-length', '101']]],
  ['header-size', [['x-long', 'x'.repeat(200)]]],
])('%s is why one is not', (why, fields) => {
  expect(decide(fields)).toEqual({ storable: false, why });
});

test('a body exactly at the limit is kept', () => {
  expect(decide([['content-length', '100']]).storable).toBe(true);
});

test('an unknown header of the request counts until the response varies by it', () => {
  const exchange = cacheable({ headers: { 'x-strange': '1' } });
  expect(decide([], exchange)).toEqual({ storable: false, why: 'header' });
  expect(decide([['vary', 'X-Strange']], exchange).storable).toBe(true);
});

test('a cookie counts, unless the route has it in the key', () => {
  const headers = { cookie: 'sid=1' };
  expect(decide([], cacheable({ headers }))).toEqual({ storable: false, why: 'cookie' });
  const keyed = planOf({ routes: [{ match: '/*', key: { headers: ['Cookie'] } }] });
  expect(decide([], cacheable({ headers }, keyed)).storable).toBe(true);
});

test('more names to vary by than anyone needs, keyed ones among them, are why one is not', () => {
  const plan = planOf({ routes: [{ match: '/*', key: { headers: ['X-0', 'X-Keyed'] } }] });
  const vary = (count: number): Fields => [
    ['vary', Array.from({ length: count }, (_, i) => `x-${i}`).join()],
  ];
  expect(decide(vary(15), cacheable({}, plan)).storable).toBe(true);
  expect(decide(vary(16), cacheable({}, plan))).toEqual({ storable: false, why: 'vary-count' });
});

test('so are fifty variants that are there already', () => {
  const withVariants = (variants: number) => {
    const fields: Fields = [['cache-control', 'max-age=60']];
    const candidate = { method: 'GET', status: 200, fields, receivedAt: 0, variants };
    return decideKeepable(cacheable(), candidate, LIMITS);
  };
  expect(withVariants(49).storable).toBe(true);
  expect(withVariants(50)).toEqual({ storable: false, why: 'variant-count' });
});
