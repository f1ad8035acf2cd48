import { expect, test } from 'vitest';
import { invalidatedTags } from '../../../edge/proxy/invalidate.ts';
import type { OriginAnswer } from '../../../edge/proxy/origin/fetch-origin.ts';
import type { Fields } from '../../../shared/http/fields.ts';
import { ORIGIN_URL, passing, planOf } from '../exchange.ts';

const plan = planOf({ routes: [{ match: '/list', key: { query: ['page'] } }] });
const tags = (fields: Fields, method = 'POST', status = 200) =>
  invalidatedTags(
    passing({ method, path: '/page?a=1' }, plan),
    { status, fields } as OriginAnswer,
    plan.routes,
  );

test('its own URL, and those on this site that the answer names, keyed as a request for them would be', () => {
  const fields: Fields = [
    ['location', '/list?page=2&sort=up'],
    ['content-location', `${ORIGIN_URL}/other`],
  ];
  expect(tags(fields)).toEqual([
    ',//shop.example/page?a=1',
    ',n//shop.example/page',
    ',//shop.example/list?page=2',
    ',n//shop.example/list',
    ',//shop.example/other',
    ',n//shop.example/other',
  ]);
});

test('groups of this site', () => {
  expect(tags([['cache-group-invalidation', '"a"']])).toContain(',,http://shop.example,a');
});

test('nothing for what failed', () => {
  expect(tags([['location', '/list']], 'POST', 409)).toEqual([]);
});
